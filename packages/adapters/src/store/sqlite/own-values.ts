import type { CounterTake, WritePlan, WriteValues } from '@guanxi/core/store'
import { TENANT } from '../sql/bindings.ts'

/** Source of the record's id: of a write's own values it comes right after the tenant. */
export const idSource = TENANT - 1

const firstCounter = idSource - 1
const perCounter = 2

/** Sources of the counter at `index`. */
export function counterSources(index: number): { readonly kind: number; readonly key: number } {
  const kind = firstCounter - index * perCounter
  return { kind, key: kind - 1 }
}

/** Source of the id that the reference at `index` points to. */
export function referenceSource(plan: WritePlan, index: number): number {
  return firstCounter - plan.counters * perCounter - index
}

export function ownValues(values: WriteValues): unknown[] {
  const list: unknown[] = [values.tenant, values.id]
  for (const take of values.counters) list.push(take.kind, take.key)
  for (const reference of values.references) list.push(reference)
  return list
}

/** What the whole write takes from a counter: one that is named twice is judged by the sum. */
export function totalOf(takes: readonly CounterTake[], { kind, key }: CounterTake): number {
  return takes.reduce((sum, take) => (take.kind === kind && take.key === key ? sum + take.amount : sum), 0)
}
