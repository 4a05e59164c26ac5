import { type BeforeChange, before, type HookContext } from '../../hook/hook.ts'
import { type Lead, type LeadStatus, lead } from '../object/lead.ts'

type Patch = Partial<Lead> & { ownerId?: string | null }

const held: readonly LeadStatus[] = ['owned', 'following']

/** Keeps status and owner in step, and the times and counts that follow from them. */
export const lifeCycle = before(
  lead,
  {
    id: 'lead-life-cycle',
    on: ['create', 'update'],
    fields: ['status', 'ownerId'],
    reads: ['status', 'ownerId', 'cycleNo', 'returnCount', 'firstValidFollowUpAt'],
    after: ['standard:lead-converted'],
  },
  (change, context) => change.set(change.operation === 'create' ? received(change, context) : moved(change, context)),
)

function received(change: BeforeChange<Lead>, context: HookContext): Patch {
  const { next } = change
  const now = next.updatedAt ?? context.now
  const status = next.status === 'raw' && next.ownerId ? 'owned' : (next.status ?? 'raw')
  const ownerId = ownerIn(status, next.ownerId ?? null, context)
  return {
    status,
    ownerId,
    ...(held.includes(status) && { ownedSince: now }),
    ...(status === 'following' && { firstValidFollowUpAt: now }),
    receivedAt: next.receivedAt ?? now,
    statusSince: now,
  }
}

function moved(change: BeforeChange<Lead>, context: HookContext): Patch {
  const { previous, next } = change
  if (!previous) return {}
  const now = next.updatedAt ?? context.now
  const from = previous.status ?? 'raw'
  const to = statusAfter(change)
  const ownerId = ownerIn(to, next.ownerId ?? null, context)
  const newOwner = held.includes(to) && ownerId !== previous.ownerId
  return {
    ...(to !== next.status && { status: to }),
    ...(ownerId !== (next.ownerId ?? null) && { ownerId }),
    ...(to !== from && { statusSince: now }),
    ...(newOwner && { ownedSince: now, firstValidFollowUpAt: null }),
    ...(to === 'following' && (newOwner || !next.firstValidFollowUpAt) && { firstValidFollowUpAt: now }),
    ...(to === 'pooled' && from !== 'pooled' && { ownedSince: null, firstValidFollowUpAt: null }),
    ...(to === 'pooled' && held.includes(from) && { returnCount: (previous.returnCount ?? 0) + 1 }),
    ...(from === 'invalid' && to === 'pooled' && { cycleNo: (previous.cycleNo ?? 1) + 1, invalidReason: null }),
  }
}

/** Giving, passing on or taking away an owner is a move too. */
function statusAfter(change: BeforeChange<Lead>): LeadStatus {
  const { previous, next, touched } = change
  const status = next.status ?? 'raw'
  if (!previous || status !== previous.status || !touched.has('ownerId') || next.ownerId === previous.ownerId) return status
  if (!next.ownerId) return held.includes(status) ? 'pooled' : status
  return status === 'raw' || status === 'pooled' || status === 'following' ? 'owned' : status
}

/** Nobody owns what is in the pool; moving a lead to "owned" without naming anybody means: to me. */
function ownerIn(status: LeadStatus, ownerId: string | null, { actor }: HookContext): string | null {
  if (status === 'pooled') return null
  if (!held.includes(status)) return ownerId
  return ownerId ?? (actor.kind === 'user' ? actor.id : null)
}
