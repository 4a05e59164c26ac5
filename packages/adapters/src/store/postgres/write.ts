import { type Guard, type RawRow, StoreFailure, type WriteOutcome, type WritePlan, type WriteValues } from '@guanxi/core/store'
import { fill } from '../sql/bindings.ts'
import { checkValues } from '../write/check-values.ts'
import { refusedBy, unchanged, written, writtenAs } from '../write/outcome.ts'
import type { CompiledWrite } from './compile-write.ts'
import { ensureBalances } from './counters.ts'
import { postgresDialect } from './dialect.ts'
import type { PostgresLink } from './link.ts'

const emptyRows = '[]'

/** Runs a composed write: one round trip, or three where a counter is taken for the first time. */
export async function runWrite(link: PostgresLink, compiled: CompiledWrite, values: WriteValues): Promise<WriteOutcome> {
  checkValues(compiled.plan, values)
  const places = placeValues(compiled, values)
  const first = await judged(link, compiled, places)
  if (first.__counted !== false) return outcome(compiled.plan, first)
  const { counters } = values
  await link.query(ensureBalances, [values.tenant, counters.map((take) => take.kind), counters.map((take) => take.key)])
  const second = await judged(link, compiled, places)
  if (second.__counted === false) throw new StoreFailure('A counter could not be set up.', true)
  return outcome(compiled.plan, second)
}

async function judged(link: PostgresLink, compiled: CompiledWrite, places: readonly unknown[]): Promise<RawRow> {
  const { rows } = await link.query(compiled.statement, places)
  const [row] = rows
  if (!row) throw new StoreFailure('A write gave no verdict.', false)
  return row
}

function placeValues(compiled: CompiledWrite, values: WriteValues): unknown[] {
  const { plan } = compiled
  const places: unknown[] = new Array(compiled.valueCount)
  let at = 0
  places[at++] = values.tenant
  places[at++] = values.revision
  places[at++] = values.id
  if (plan.op === 'update') places[at++] = values.version
  for (const value of values.set) places[at++] = value
  if (plan.mergeExt) places[at++] = values.ext ?? '{}'
  if (compiled.policySlots.length > 0) {
    fill(postgresDialect, compiled.policySlots, [values.tenant], values.policy ?? [], places, at)
    at += compiled.policySlots.length
  }
  for (const take of values.counters) {
    places[at++] = take.kind
    places[at++] = take.key
    places[at++] = take.amount
    places[at++] = take.capacity
  }
  for (const reference of values.references) places[at++] = reference
  at = placeChange(compiled, values, places, at)
  for (let index = 0; index < plan.satellites.length; index++) {
    const rows = values.satellites[index]
    places[at++] = rows && rows.length > 0 ? JSON.stringify(rows) : emptyRows
  }
  return places
}

/** In the order of the places of the change row; what the database knows itself is not sent. */
function placeChange({ plan }: CompiledWrite, { change }: WriteValues, places: unknown[], start: number): number {
  let at = start
  places[at++] = change.id
  places[at++] = change.object
  places[at++] = change.op
  places[at++] = change.at
  places[at++] = change.recordedAt
  places[at++] = change.actorKind
  places[at++] = change.actorId
  places[at++] = change.cause
  places[at++] = change.authors
  places[at++] = change.salt
  if (plan.diff === 'given') {
    places[at++] = change.values
    places[at++] = change.digest
  }
  return at
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
