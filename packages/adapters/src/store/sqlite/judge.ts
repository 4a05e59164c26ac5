import type { Guard, RawRow, WriteOutcome, WritePlan, WriteValues } from '@guanxi/core/store'
import { refusedBy } from '../write/outcome.ts'
import { totalOf } from './own-values.ts'

/** The refusal that the guards read call for, naming every guard that fails, or null. */
export function refusal(plan: WritePlan, row: RawRow, values: WriteValues): WriteOutcome | null {
  const failed: Guard[] = []
  if (values.revision !== null && row.__revision !== values.revision) failed.push('revision')
  if (plan.op === 'update') failed.push(...failedByRow(plan, row, values.version))
  const full = fullCounters(row, values)
  if (full.length > 0) failed.push('counter')
  const missing = plan.references.flatMap((_, index) => (row[`__reference${index}`] === 1 ? [] : [index]))
  if (missing.length > 0) failed.push('reference')
  return failed.length === 0 ? null : refusedBy(failed, full, missing)
}

/** Of a row that is not there, only that can be said. */
function failedByRow(plan: WritePlan, row: RawRow, version: number | null): Guard[] {
  if (row.__version === null) return ['found']
  const failed: Guard[] = []
  if (plan.state !== 'any' && (row.__deleted_at === null) !== (plan.state === 'live')) failed.push('state')
  if (version !== null && row.__version !== version) failed.push('version')
  if (plan.policy && row.__policy !== 1) failed.push('policy')
  return failed
}

function fullCounters(row: RawRow, { counters }: WriteValues): number[] {
  return counters.flatMap((take, index) => {
    const hasRoom = take.capacity === null || Number(row[`__used${index}`]) + totalOf(counters, take) <= take.capacity
    return hasRoom ? [] : [index]
  })
}
