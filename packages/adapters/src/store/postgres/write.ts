import { type Guard, type RawRow, StoreFailure, type WriteOutcome, type WritePlan, type WriteValues } from '@guanxi/core/store'
import { checkValues } from '../write/check-values.ts'
import { refusedBy, unchanged, written, writtenAs } from '../write/outcome.ts'
import { placeValues } from '../write/place-values.ts'
import type { CompiledWrite } from './compile-write.ts'
import { ensureBalances } from './counters.ts'
import { postgresDialect } from './dialect.ts'
import type { PostgresLink } from './link.ts'
import { packedValues } from './packed-insert.ts'

/** Runs a composed write: one round trip, where it is refused two, and up to two more where one of several counters is new. */
export async function runWrite(link: PostgresLink, compiled: CompiledWrite, given: WriteValues): Promise<WriteOutcome> {
  checkValues(compiled.plan, given)
  const { plan } = compiled
  const isInsert = plan.op === 'insert'
  const values = isInsert ? { ...given, change: compiled.complete(given) } : given
  const places = isInsert ? packedValues(plan, values) : placeValues(postgresDialect, plan, compiled.places, values)
  if (compiled.silent) {
    const { rowCount } = await link.query(compiled.silent, places)
    if (rowCount === 1) return written
    if (plan.counters === 0 && plan.references.length === 0) return refusedBy(['revision'])
  }
  const first = await judged(link, compiled, places)
  if (first.__counted !== false) return outcome(plan, first)
  const { counters } = values
  await link.query(ensureBalances, [values.tenant, counters.map((take) => take.kind), counters.map((take) => take.key)])
  const second = await judged(link, compiled, places)
  if (second.__counted === false) throw new StoreFailure('A counter could not be set up.', true)
  return outcome(plan, second)
}

async function judged(link: PostgresLink, compiled: CompiledWrite, places: readonly unknown[]): Promise<RawRow> {
  const { rows } = await link.query(compiled.judged, places)
  const [row] = rows
  if (!row) throw new StoreFailure('A write gave no verdict.', false)
  return row
}

const namedGuards: readonly Guard[] = ['revision', 'found', 'state', 'version', 'policy']

function outcome(plan: WritePlan, verdict: RawRow): WriteOutcome {
  const refused = namedGuards.filter((guard) => verdict[`__${guard}`] === false)
  const full = plan.counters > 0 ? failedAt(verdict, '__room', plan.counters) : []
  const missing = plan.references.length > 0 ? failedAt(verdict, '__reference', plan.references.length) : []
  if (full.length > 0) refused.push('counter')
  if (missing.length > 0) refused.push('reference')
  if (refused.length > 0) return refusedBy(refused, full, missing)
  if (verdict.__differs === false) return unchanged(rowOf(plan, verdict))
  return plan.returning.length === 0 ? written : writtenAs(rowOf(plan, verdict))
}

function failedAt(verdict: RawRow, name: string, count: number): number[] {
  return Array.from({ length: count }, (_, index) => index).filter((index) => verdict[`${name}${index}`] === false)
}

function rowOf(plan: WritePlan, verdict: RawRow): RawRow {
  const row: RawRow = {}
  for (const column of plan.returning) row[column] = verdict[column]
  return row
}
