import { crmError } from '../error/crm-error.ts'
import type { SelectPlan, StoreSession } from '../store/port.ts'
import { jobTable } from '../store/system-tables.ts'
import type { ClaimedJob } from './claimed-job.ts'

const heldPlan: SelectPlan = {
  table: jobTable,
  columns: ['lease'],
  where: { op: 'eq', operand: { column: 'lease', nullable: true }, param: 1 },
  order: [],
  revision: false,
}
const lockedPlan: SelectPlan = { ...heldPlan, lock: true }

/**
 * Throws JOB_LOST when another worker has the job. In a transaction the job's row stays locked to its end, so that nobody can take the
 * job over between the question and the commit.
 */
export async function requireHeld(session: StoreSession, { tenant, lease, job }: ClaimedJob): Promise<void> {
  const [row] = await session.select(session.transactional ? lockedPlan : heldPlan, [tenant, lease])
  if (!row) throw crmError('JOB_LOST', { job })
}
