import type { Session } from '@guanxi/core'
import type { CompiledMapping } from '../compile/compiled.ts'
import { KeySet } from './key-set.ts'
import type { PendingRecords } from './pending-records.ts'
import type { BatchPlan } from './prepare-batch.ts'
import { reason } from './reason.ts'
import { isBlank, type RowPlan } from './row-plan.ts'
import { type BatchOutcome, writeBatch } from './write-batch.ts'

/** Carries the outcome out of a transaction that is not to be kept. */
class Undone extends Error {
  readonly outcome: BatchOutcome
  constructor(outcome: BatchOutcome) {
    super('undone')
    this.outcome = outcome
  }
}

/** Writes a batch for real, hooks and all, and takes it back: what it says is what an import would do. */
export async function rehearseBatch(
  session: Session,
  plan: BatchPlan,
  mapping: CompiledMapping,
  pending: PendingRecords,
): Promise<BatchOutcome> {
  try {
    return await session.transaction(async (inner): Promise<never> => {
      await pending.restore(
        inner,
        [...plan.stubs, ...plan.rows.map(({ first }) => ({ values: first })), ...plan.rows.map(({ last }) => ({ values: last }))].map(
          ({ values }) => values,
        ),
      )
      throw new Undone(await writeBatch(inner, plan, mapping, { kind: 'import', id: 'rehearsal' }))
    })
  } catch (error) {
    if (error instanceof Undone) return error.outcome
    throw error
  }
}

/** Values that the database would refuse to have twice, were the batches before this one not taken back. */
export class UniqueValues {
  readonly #seen = new Map<string, KeySet>()

  refuseRepeats(mapping: CompiledMapping, rows: readonly RowPlan[]): RowPlan[] {
    const unique = mapping.sources.filter(({ field }) => field.unique)
    if (unique.length === 0) return [...rows]
    return rows.map((row) => {
      if (row.reasons.length > 0) return row
      const repeated = unique.filter(({ field }) => {
        const value = row.last[field.name]
        return !isBlank(value) && !this.#setOf(`${mapping.definition.name}.${field.name}`).add(JSON.stringify(value))
      })
      const reasons = repeated.map(({ field, column }) => reason('DUPLICATE_VALUE', { field: column }, { column, field: field.name }))
      return reasons.length > 0 ? { ...row, reasons } : row
    })
  }

  #setOf(name: string): KeySet {
    const known = this.#seen.get(name) ?? new KeySet()
    this.#seen.set(name, known)
    return known
  }
}
