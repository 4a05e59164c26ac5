import type { RowResult } from './job.ts'
import type { BatchPlan } from './prepare-batch.ts'
import type { RowPlan } from './row-plan.ts'
import type { BatchOutcome } from './write-batch.ts'

/** What became of each row, in the order of the file. */
export function rowResults(file: string, { rows }: BatchPlan, { updated, unchanged, refused }: BatchOutcome): RowResult[] {
  const changed = new Set(updated)
  const same = new Set(unchanged)
  const outcomeOf = (row: RowPlan): RowResult['outcome'] => {
    if (refused.has(row)) return 'refuse'
    if (changed.has(row)) return 'update'
    return same.has(row) ? 'unchanged' : 'create'
  }
  return rows.map((row) => {
    const outcome = outcomeOf(row)
    return { file, row: row.row.number, outcome, recordId: outcome === 'refuse' ? null : row.id, reasons: refused.get(row) ?? [] }
  })
}
