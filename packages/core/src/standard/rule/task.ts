import { defineAction } from '../../rule/action.ts'
import { addDays } from '../../time/local-date.ts'
import { activity } from '../object/activity.ts'
import { words } from '../words.ts'

/** What a task says. */
interface Task {
  readonly title: string
  readonly days?: number
  readonly owner?: string | null
}

/** A task is an activity with a next step: about the record, for its owner unless said. */
export const task = defineAction<Task>({
  id: 'standard.task',
  label: words('建一条待办', 'Create a task'),
  help: words('记在记录的活动里，默认交给记录的负责人。', 'Among the record’s activities; its owner’s unless somebody else is named.'),
  objects: ['lead', 'customer', 'contact', 'deal'],
  params: {
    type: 'object',
    additionalProperties: false,
    required: ['title'],
    properties: {
      title: { type: 'string', minLength: 1, maxLength: 200, 'x-text': true, 'x-label': words('要做什么', 'What is to be done') },
      days: { type: 'integer', minimum: 0, maximum: 3_650, default: 0, 'x-label': words('几天之内', 'Within how many days') },
      owner: { type: ['string', 'null'], 'x-expression': true, 'x-person': true, 'x-label': words('交给谁', 'For whom') },
    },
  },
  async run(cases, context) {
    const today = (await context.workingTime()).dateAt(context.now)
    await context.records(activity).createMany(
      cases.map(({ object, id, record, params: { title, days = 0, owner } }) => ({
        kind: 'note' as const,
        subject: { object, id },
        summary: title.slice(0, 200),
        nextStep: title.slice(0, 200),
        nextStepOn: addDays(today, days),
        ownerId: owner ?? (record.ownerId as string | null | undefined) ?? null,
      })),
    )
  },
})
