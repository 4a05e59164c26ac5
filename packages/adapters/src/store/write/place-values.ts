import type { ChangeValues, WritePlan, WriteValues } from '@guanxi/core/store'
import { fill } from '../sql/bindings.ts'
import type { Dialect } from '../sql/dialect.ts'
import { rowsLaidOut, type WritePlaces } from './places.ts'

const emptyRows = '[]'

/** The values of a composed write in the order of its places. */
export function placeValues(dialect: Dialect, plan: WritePlan, { policy, count }: WritePlaces, values: WriteValues): unknown[] {
  const placed: unknown[] = new Array(count)
  let at = 0
  placed[at++] = values.tenant
  placed[at++] = values.revision
  placed[at++] = values.id
  if (plan.op === 'update') placed[at++] = values.version
  for (const value of values.set) placed[at++] = dialect.value(value)
  if (plan.mergeExt) placed[at++] = values.ext ?? '{}'
  if (policy.slots.length > 0) {
    fill(dialect, policy.slots, [values.tenant], values.policy ?? [], placed, at)
    at += policy.slots.length
  }
  for (const take of values.counters) {
    placed[at++] = take.kind
    placed[at++] = take.key
    placed[at++] = take.amount
    placed[at++] = take.capacity
  }
  for (const reference of values.references) placed[at++] = reference
  at = placeChange(values.change, placed, at)
  if (plan.diff === 'given') {
    placed[at++] = values.change.values
    placed[at++] = values.change.digest
  }
  for (const [index, satellite] of plan.satellites.entries()) {
    const rows = values.satellites[index] ?? []
    if (rowsLaidOut(satellite) === null) placed[at++] = rows.length > 0 ? JSON.stringify(rows) : emptyRows
    else for (const row of rows) for (const value of row) placed[at++] = dialect.value(value)
  }
  return placed
}

/** In the order of the places of the change row; what the database knows itself is not sent. Returns where the next value goes. */
export function placeChange(change: ChangeValues, placed: unknown[], start: number): number {
  let at = start
  placed[at++] = change.id
  placed[at++] = change.object
  placed[at++] = change.op
  placed[at++] = change.at
  placed[at++] = change.recordedAt
  placed[at++] = change.actorKind
  placed[at++] = change.actorId
  placed[at++] = change.cause
  placed[at++] = change.authors
  placed[at++] = change.salt
  return at
}
