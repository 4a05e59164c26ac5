import { check } from '../../hook/hook.ts'
import { lead } from '../object/lead.ts'
import { mayMove, moveParams } from './moves.ts'

/** Refuses moves the life cycle does not know, and an invalid mark without its reason. */
export const checkMove = check(
  lead,
  { id: 'lead-move', on: ['create', 'update'], fields: ['status', 'invalidReason'], reads: ['status', 'invalidReason'] },
  (change) => {
    const to = change.next.status
    if (!to) return
    const from = change.previous?.status
    if (!from && to === 'converted') return change.invalid('status', 'STANDARD_LEAD_STARTS_CONVERTED')
    if (from && !mayMove(from, to)) return change.invalid('status', 'STANDARD_LEAD_MOVE', moveParams(from, to))
    if (to === 'invalid' && !change.next.invalidReason) change.invalid('invalidReason', 'STANDARD_INVALID_REASON_REQUIRED')
  },
)
