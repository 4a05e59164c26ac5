import type { WritePlan, WriteValues } from '@guanxi/core/store'
import { placeChange } from '../write/place-values.ts'
import { changePlaces, rowsLaidOut, satellitePlaces, type WritePlaces } from '../write/places.ts'

/*
 * The values of an insert as one JSON array: pg looks at each value of a statement by itself, measures it and copies it, which for
 * fifty of them costs more than one text of all. The change's values are a long text of their own and stay one.
 */

const [tenant, revision, id, changeValues, array] = ['$1', '$2', '$3', '$4', '$5']
const beforeSatellites = 5

/** The places of an insert. */
export function packedPlaces(plan: WritePlan): WritePlaces {
  let packed = 0
  let sent = beforeSatellites
  const next = (): string => `(${array}::jsonb ->> ${packed++})`
  const text = (): string => `$${++sent}`
  const several = (count: number): string[] => Array.from({ length: count }, next)
  const set = several(plan.set.length)
  const change = several(changePlaces)
  const digest = next()
  const counters = Array.from({ length: plan.counters }, () => ({ kind: next(), key: next(), amount: next(), capacity: next() }))
  const references = several(plan.references.length)
  const satellites = plan.satellites.map((satellite) => satellitePlaces(satellite, next, text))
  const policy = { sql: 'true', slots: [] }
  return {
    tenant,
    revision,
    id,
    version: '',
    set,
    ext: '',
    policy,
    counters,
    references,
    change,
    values: changeValues,
    digest,
    satellites,
    count: sent,
  }
}

/** The values of an insert in the order of its places. */
export function packedValues(plan: WritePlan, values: WriteValues): unknown[] {
  const { change, set } = values
  const packed: unknown[] = [...set]
  packed.length = placeChange(change, packed, packed.length)
  packed.push(change.digest)
  for (const { kind, key, amount, capacity } of values.counters) packed.push(kind, key, amount, capacity)
  for (const reference of values.references) packed.push(reference)
  const texts: string[] = []
  for (const [index, satellite] of plan.satellites.entries()) {
    const rows = values.satellites[index] ?? []
    if (rowsLaidOut(satellite) === null) texts.push(JSON.stringify(rows))
    else for (const row of rows) packed.push(...row)
  }
  return [values.tenant, values.revision, values.id, change.values, JSON.stringify(packed), ...texts]
}
