import { lowerCondition } from '../expression/lower/lower-term.ts'
import { placesOf } from '../expression/lower/places.ts'
import { allOf, Params } from '../expression/shape.ts'
import { fieldValue } from '../object/field-value.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { Order, SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { contextAt } from '../sweep/conditions.ts'
import { definitionsOf } from '../tenant/definitions-of.ts'
import type { Locked } from '../write/locked-read.ts'
import { storageValues } from '../write/storage-values.ts'
import type { CompiledAllocation } from './compile.ts'

/** Where a page of records ends, in the order of the decider: what the next one goes on from. */
export type Place = readonly unknown[]

/** Which records are to be given, with the parameters of the one statement it is for. */
export function wanted(scope: Scope, decider: CompiledAllocation, at: number): { readonly where: Predicate; readonly params: Params } {
  const params = new Params(scope.actor.tenant)
  const context = contextAt(scope, decider.tenant, at)
  const places = placesOf(definitionsOf(decider.tenant), () => undefined)
  const live: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }
  const { subjects, part } = decider
  const conditions = [subjects, ...(part ? [part] : [])].map(({ node }) => lowerCondition(node, places, params, context))
  return { where: allOf([live, ...conditions]) ?? live, params }
}

/** Records to be given, page by page in the decider's order; locked where they are to be written. */
export class SubjectPages {
  readonly #scope: Scope
  readonly #decider: CompiledAllocation
  readonly #limit: number
  readonly #first: { readonly plan: SelectPlan; readonly values: readonly unknown[] }
  readonly #next: SelectPlan

  constructor(scope: Scope, decider: CompiledAllocation, at: number, { limit, lock }: { readonly limit: number; readonly lock: boolean }) {
    const { runtime } = decider
    const { where, params } = wanted(scope, decider, at)
    const order = orderTerms(decider)
    const plan: SelectPlan = {
      table: runtime.definition.table,
      columns: runtime.codec.columns,
      where,
      order,
      limit: params.add(limit),
      revision: false,
      lock,
    }
    this.#scope = scope
    this.#decider = decider
    this.#limit = limit
    this.#first = { plan, values: [...params.values] }
    this.#next = { ...plan, after: order.map(() => params.add(null)) }
  }

  /** The records after a place; fewer than a whole page are the last. */
  async read(after: Place | null): Promise<{ readonly records: readonly Locked[]; readonly isLast: boolean }> {
    const { plan, values } = this.#first
    const session = sessionOf(this.#scope)
    const rows = await (after === null ? session.selectValues(plan, values) : session.selectValues(this.#next, [...values, ...after]))
    const { codec } = this.#decider.runtime
    const records = rows.map((row) => codec.decodeValues(row) as unknown as Locked)
    return { records, isLast: records.length < this.#limit }
  }
}

/** How many there are. */
export async function countSubjects(scope: Scope, decider: CompiledAllocation, at: number): Promise<number> {
  const { where, params } = wanted(scope, decider, at)
  const plan = { table: decider.runtime.definition.table, where, groups: [], limit: params.add(1), revision: false }
  const [row] = await sessionOf(scope).aggregate({ ...plan, measures: [{ as: 'all', fn: 'count' }] }, params.values)
  return Number(row?.all ?? 0)
}

function orderTerms({ order }: CompiledAllocation): readonly Order[] {
  const terms = order.flatMap(({ field: { storage }, descending }): Order[] =>
    'columns' in storage ? storage.columns.map(({ name }) => ({ operand: { column: name, nullable: true }, descending })) : [],
  )
  return [...terms, { operand: { column: 'id', nullable: false }, descending: false }]
}

/** The place of a record. */
export function placeOf({ order }: CompiledAllocation, record: Locked): Place {
  return [...order.map(({ field }) => storageValues(field, fieldValue(record, field))[0] ?? null), record.id]
}
