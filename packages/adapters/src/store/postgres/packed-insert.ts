import type { WritePlan, WriteValues } from '@guanxi/core/store'
import { placeChange } from '../write/place-values.ts'
import { changePlaces, type WritePlaces } from '../write/places.ts'

/*
 * The values of an insert as one JSON array: pg looks at each value of a statement by itself, measures it and copies it, which for
 * fifty of them costs more than one text of all. The change's values are a long text of their own and stay one.
 */

const [tenant, revision, id, changeValues, array] = ['$1', '$2', '$3', '$4', '$5']
const beforeSatellites = 5

/** The places of an insert without counters and references. */
export function packedPlaces(plan: WritePlan): WritePlaces {
  const element = (index: number): string => `(${array}::jsonb ->> ${index})`
  const { length } = plan.set
  return {
    tenant,
    revision,
    id,
    version: '',
    set: plan.set.map((_, index) => element(index)),
    ext: '',
    policy: { sql: 'true', slots: [] },
    counters: [],
    references: [],
    change: Array.from({ length: changePlaces }, (_, index) => element(length + index)),
    values: changeValues,
    digest: element(length + changePlaces),
    satellites: plan.satellites.map((_, index) => `$${beforeSatellites + index + 1}`),
    count: beforeSatellites + plan.satellites.length,
  }
}

/** The values of such an insert in the order of its places. */
export function packedValues(plan: WritePlan, values: WriteValues): unknown[] {
  const { change, set } = values
  const packed: unknown[] = [...set]
  const end = placeChange(change, packed, packed.length)
  packed[end] = change.digest
  const placed: unknown[] = [values.tenant, values.revision, values.id, change.values, JSON.stringify(packed)]
  for (let index = 0; index < plan.satellites.length; index++) placed.push(JSON.stringify(values.satellites[index] ?? []))
  return placed
}
