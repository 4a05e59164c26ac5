import { allOf, Params, shapeOf, valuesShape } from '../expression/shape.ts'
import { authorise, type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { computedValues } from './computed.ts'
import { policyPredicate } from './policy.ts'

/** Which rows, by what one of their columns holds. */
export interface Picked {
  readonly column: string
  readonly ids: readonly string[]
  readonly limit: number
  /** Fields that are read; all unless said. */
  readonly fields?: readonly string[]
  /** What else must be so. */
  readonly where?: (params: Params) => Predicate
}

type Row = Record<string, unknown> & { readonly id: string }

/** Live rows of an object that the reader may see, by id. */
export async function selectRows(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, picked: Picked): Promise<Row[]> {
  const reach = authorise(scope, 'read', runtime.definition.name)
  const { column, ids } = picked
  const params = new Params(scope.actor.tenant)
  const live: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }
  const where = allOf([
    { op: 'in', operand: { column, nullable: column !== 'id' }, param: params.add(ids) },
    picked.where?.(params),
    live,
    policyPredicate(reach, scope, params),
  ])
  const limit = params.add(picked.limit)
  const codec = runtime.codecFor(picked.fields)
  const values = computedValues(scope, tenant, runtime, codec.computed, params)
  const plan = runtime.selects.get(
    `expand|${picked.fields?.join() ?? '*'}|${shapeOf(where)}${valuesShape(values)}`,
    (): SelectPlan => ({
      table: runtime.definition.table,
      columns: codec.columns,
      ...(values.length > 0 && { values }),
      where,
      order: [{ operand: { column: 'id', nullable: false }, descending: false }],
      limit,
      revision: false,
    }),
  )
  const rows = await sessionOf(scope).selectValues(plan, params.values)
  return rows.map((row) => codec.decodeValues(row) as Row)
}
