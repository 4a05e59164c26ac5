import type { CounterTake, WritePlan, WriteValues } from '@guanxi/core/store'
import { TENANT } from '../sql/bindings.ts'

/** Where a composed write's own values stand among the sources of a slot; the tenant is the first. */
export const own = { tenant: TENANT, id: -2, revision: -3, version: -4 } as const

const firstCounter = -5
const perCounter = 4

/** Sources of the counter at `index`. `total` is what the whole write takes from it, also where it is named twice. */
export function counterSources(index: number): { kind: number; key: number; total: number; capacity: number } {
  const kind = firstCounter - index * perCounter
  return { kind, key: kind - 1, total: kind - 2, capacity: kind - 3 }
}

/** Source of the id that the reference at `index` points to. */
export function referenceSource(plan: WritePlan, index: number): number {
  return firstCounter - plan.counters * perCounter - index
}

export function ownValues(values: WriteValues): unknown[] {
  const list: unknown[] = [values.tenant, values.id, values.revision, values.version]
  for (const take of values.counters) list.push(take.kind, take.key, totalOf(values.counters, take), take.capacity)
  for (const reference of values.references) list.push(reference)
  return list
}

export function totalOf(takes: readonly CounterTake[], { kind, key }: CounterTake): number {
  return takes.reduce((sum, take) => (take.kind === kind && take.key === key ? sum + take.amount : sum), 0)
}
