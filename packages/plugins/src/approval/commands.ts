import { type CheckContext, type CommandCheck, coreReasons, defineCommand } from '@guanxi/core'
import { deadline } from '@guanxi/core/time'
import { type Approval, approval } from './approval.ts'
import { approvalReasons } from './reasons.ts'
import { expiry, ownAllowed } from './settings.ts'

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength })
const id = { type: 'string', minLength: 36, maxLength: 36 }
const states = {
  pending: { 'zh-CN': '待审批', en: 'pending' },
  approved: { 'zh-CN': '已通过', en: 'approved' },
  rejected: { 'zh-CN': '已驳回', en: 'rejected' },
  withdrawn: { 'zh-CN': '已撤回', en: 'withdrawn' },
  expired: { 'zh-CN': '已过期', en: 'expired' },
} as const
const { make } = approvalReasons

/** What is asked for. An approver by name, by role, or both. */
export interface ApprovalRequest {
  readonly kind: string
  readonly title: string
  readonly details?: string
  readonly subject?: { readonly object: string; readonly id: string }
  readonly approverId?: string
  readonly approverRole?: string
}

/** Asks for an approval. It is due by the setting `approval.expiry`, in the requester's working time. */
export const requestApproval = defineCommand<ApprovalRequest, { id: string; dueAt: number }>({
  id: 'approval.request',
  roles: '*',
  input: {
    type: 'object',
    required: ['kind', 'title'],
    additionalProperties: false,
    properties: {
      kind: text(100),
      title: text(200),
      details: text(4_000),
      subject: { type: 'object', required: ['object', 'id'], additionalProperties: false, properties: { object: text(100), id } },
      approverId: text(200),
      approverRole: text(200),
    },
  },
  checks: [
    { id: 'approver', check: ({ approverId, approverRole }) => (approverId || approverRole ? null : make.approver_missing()) },
    {
      id: 'others',
      needs: ['approver'],
      check: async ({ approverId, approverRole, kind }, context) => {
        const alone = approverId === context.identity.id && !approverRole
        return alone && !(await mayDecideOwn(kind, context)) ? make.own_request() : null
      },
    },
  ],
  run: async (request, context) => {
    const time = await context.workingTime()
    const dueAt = deadline(time, context.now, await context.settings.get(expiry, { places: [request.kind] }))
    const made = await context
      .system(approval)
      .create({ ...request, state: 'pending', requestedBy: context.identity.id, dueAt, ownerId: context.identity.id })
    return { id: made.id, dueAt }
  },
})

interface Choice {
  readonly id: string
  readonly approve: boolean
  readonly note?: string
}

/** Decides about an approval, with a reason. */
export const decideApproval = defineCommand<Choice, { state: 'approved' | 'rejected' }>({
  id: 'approval.decide',
  roles: '*',
  input: {
    type: 'object',
    required: ['id', 'approve'],
    additionalProperties: false,
    properties: { id, approve: { type: 'boolean' }, note: text(2_000) },
  },
  checks: [
    ...openChecks<Choice>(),
    {
      id: 'approver',
      needs: ['exists'],
      check: async ({ id: asked }, context) => {
        const { approverId, approverRole } = await read(asked, context)
        const { id: me, roles = [] } = context.identity
        return approverId === me || (approverRole && roles.includes(approverRole)) ? null : make.not_approver()
      },
    },
    {
      id: 'others',
      needs: ['exists'],
      check: async ({ id: asked }, context) => {
        const { requestedBy, kind } = await read(asked, context)
        return requestedBy === context.identity.id && !(await mayDecideOwn(kind, context)) ? make.own_request() : null
      },
    },
    { id: 'note', severity: 'soft', check: ({ approve, note }) => (approve || note?.trim() ? null : make.note_required()) },
  ],
  run: async ({ id: asked, approve, note }, context) => {
    const state = approve ? 'approved' : 'rejected'
    const { version } = await read(asked, context)
    const decision = { state, note: note?.trim() || null, decidedBy: context.identity.id, decidedAt: context.now } as const
    await context.system(approval).update({ id: asked, version }, decision)
    return { state }
  },
})

/** Takes a request back before it is decided. */
export const withdrawApproval = defineCommand<{ readonly id: string }, null>({
  id: 'approval.withdraw',
  roles: '*',
  input: { type: 'object', required: ['id'], additionalProperties: false, properties: { id } },
  checks: [
    ...openChecks<{ readonly id: string }>(),
    {
      id: 'requester',
      needs: ['exists'],
      check: async ({ id: asked }, context) =>
        (await read(asked, context)).requestedBy === context.identity.id ? null : make.not_requester(),
    },
  ],
  run: async ({ id: asked }, context) => {
    const { version } = await read(asked, context)
    await context
      .system(approval)
      .update({ id: asked, version }, { state: 'withdrawn', decidedBy: context.identity.id, decidedAt: context.now })
    return null
  },
})

/** Marks what nobody decided in time; the host calls it as often as it likes. A late decision is refused whether it has run or not. */
export const expireApprovals = defineCommand<Record<string, never>, { expired: number }>({
  id: 'approval.expire',
  roles: ['admin'],
  input: { type: 'object', additionalProperties: false },
  checks: [],
  run: async (_, context) => {
    const due = { state: 'pending', dueAt: { lte: context.now } } as const
    const { ids } = await context.system(approval).updateMany({ where: due, maxAffected: 10_000 }, { state: 'expired' })
    return { expired: ids.length }
  },
})

function openChecks<I extends { readonly id: string }>(): CommandCheck<I>[] {
  return [
    {
      id: 'exists',
      check: async ({ id: asked }, { records }) =>
        (await records(approval).count({ where: { id: asked } })) === 1 ? null : coreReasons.make.record_missing(),
    },
    {
      id: 'open',
      needs: ['exists'],
      check: async ({ id: asked }, context) => {
        const { state, dueAt } = await read(asked, context)
        if (state !== 'pending' && state !== null) return make.approval_decided({ state: states[state] })
        return dueAt !== null && context.now >= dueAt ? make.approval_expired({ due: dueAt }) : null
      },
    },
  ]
}

function read(asked: string, { records }: CheckContext) {
  return records(approval).get(asked) as Promise<Approval & { readonly version: number }>
}

function mayDecideOwn(kind: string, { settings }: CheckContext): Promise<boolean> {
  return settings.get(ownAllowed, { places: [kind] })
}
