import type { ObjectDefinition } from '@guanxi/core'
import type { RowResult } from './job.ts'
import type { BatchPlan } from './prepare-batch.ts'
import type { RowPlan } from './row-plan.ts'
import type { BatchOutcome } from './write-batch.ts'

/** What became of each row, in the order of the file. */
export function rowResults(
  file: string,
  definition: ObjectDefinition,
  { rows }: BatchPlan,
  { updated, unchanged, refused }: BatchOutcome,
): RowResult[] {
  const changed = new Set(updated)
  const same = new Set(unchanged)
  const outcomeOf = (row: RowPlan): RowResult['outcome'] => {
    if (refused.has(row)) return 'refuse'
    if (changed.has(row)) return 'update'
    return same.has(row) ? 'unchanged' : 'create'
  }
  return rows.map((row) => {
    const outcome = outcomeOf(row)
    const recordId = outcome === 'refuse' ? null : row.id
    return { file, row: row.row.number, outcome, recordId, reasons: refused.get(row) ?? [], ...shownOf(row, definition) }
  })
}

/** By what a reader knows a row: the name of its record, and what was put right in it. */
export function shownOf({ first, last, marks }: RowPlan, { nameField }: ObjectDefinition): Pick<RowResult, 'name' | 'marks'> {
  const name = nameField === null ? null : (last[nameField] ?? first[nameField])
  return { name: typeof name === 'string' ? name : null, marks }
}
