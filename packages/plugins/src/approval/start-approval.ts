import { defineAction } from '@guanxi/core'
import { deadline } from '@guanxi/core/time'
import { approval } from './approval.ts'
import { expiry } from './settings.ts'

/** What is asked for, and whom. */
interface Start {
  readonly title: string
  readonly kind?: string
  readonly approverId?: string | null
  readonly approverRole?: string
}

const words = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength })

/** A rule asks for an approval about the record, in the name of the one who saved. */
export const startApproval = defineAction<Start>({
  id: 'approval.start',
  label: words('发起审批', 'Ask for an approval'),
  help: words('以保存者的名义发起，审批人写人或角色。', 'In the name of the one who saved; the approver is a person or a role.'),
  params: {
    type: 'object',
    additionalProperties: false,
    required: ['title'],
    anyOf: [{ required: ['approverId'] }, { required: ['approverRole'] }],
    properties: {
      title: { ...text(200), 'x-text': true, 'x-label': words('标题', 'Title') },
      kind: { ...text(100), default: 'rule', 'x-label': words('审批事项', 'Matter') },
      approverId: { ...text(200), 'x-expression': true, 'x-person': true, 'x-label': words('审批人', 'Approver') },
      approverRole: { ...text(200), 'x-label': words('审批角色', 'Approvers with the role') },
    },
  },
  async run(cases, context) {
    const time = await context.workingTime()
    const requests = cases.map(async ({ object, id, params }) => {
      const { title, kind = 'rule', approverId = null, approverRole = null } = params
      const within = await context.settings.get(expiry, { places: [kind] })
      return {
        ...{ kind, title: title.slice(0, 200), subject: { object, id }, approverId, approverRole },
        ...{
          state: 'pending' as const,
          requestedBy: context.actor.id,
          ownerId: context.actor.id,
          dueAt: deadline(time, context.now, within),
        },
      }
    })
    await context.system(approval).createMany(await Promise.all(requests))
  },
})
