import { before } from '../../hook/hook.ts'
import { lead } from '../object/lead.ts'

/** A converted lead is read-only: only the way back, alone, may change it. */
export const keepConverted = before(lead, { id: 'lead-converted', on: ['update', 'delete'], reads: ['status'] }, (change, context) => {
  if (change.previous?.status !== 'converted') return
  const undoing = change.operation === 'update' && change.next.status === 'following' && change.touched.size === 1
  if (!undoing) context.reject('STANDARD_LEAD_CONVERTED')
})
