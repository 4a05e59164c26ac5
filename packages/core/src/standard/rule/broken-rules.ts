import type { Session } from '../../crm/crm.ts'
import { defineJob, type Job } from '../../job/job.ts'
import { defineSchedule, type Schedule } from '../../job/schedule.ts'
import { defineMessage } from '../../template/define-message.ts'
import { words } from '../words.ts'

/** What whoever wrote a rule is told once it has broken. */
export const ruleBroken = defineMessage('standard.ruleBroken', {
  label: words('规则不起作用', 'A rule has broken'),
  purpose: 'work',
  data: { rule: 'words', fault: 'words' },
  title: words('规则「{rule}」现在不起作用', 'The rule “{rule}” does nothing now'),
  body: words(
    '{fault}保存不受影响。恢复缺少的字段，或在规则页改好再启用。',
    '{fault} Records can be saved. Bring back what is missing, or change the rule and switch it on again.',
  ),
})

async function tellOfBroken({ deciders, messages }: Session): Promise<void> {
  for (const { id, label, version, broken, by } of await deciders.noteBroken()) {
    const written = (await deciders.versions(id)).find((one) => one.version === version)
    const people = [...new Set([by, written?.by])].filter((one) => typeof one === 'string')
    if (!broken || people.length === 0) continue
    await messages.send({
      template: ruleBroken,
      to: people.map((person) => ({ person })),
      data: { rule: label, fault: broken.message },
      key: `broken/${id}/${broken.since}`,
      cause: { kind: 'rule', id },
    })
  }
}

/** Looks for rules that no longer fit, and tells once whoever wrote them or switched them on. */
export const checkRules: Job<object> = defineJob<object>({
  id: 'standard.check-rules',
  input: { type: 'object', additionalProperties: false },
  priority: 'low',
  concurrency: 1,
  // Together: a message that cannot be sent leaves them to be noticed again.
  run: (_, { session }) => session.transaction(tellOfBroken),
})

/** Every hour. */
export const checkRulesHourly = defineSchedule<object>({
  ...{ id: checkRules.id, job: checkRules, input: {}, times: { every: '1h' } },
}) as unknown as Schedule
