import { Params, valuesShape } from '../expression/shape.ts'
import { adminName } from '../object/ext-codec.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { computedValues } from './computed.ts'

type Values = Record<string, unknown>

/** A record just written, with its fields that are computed on read: one more read where the object has such fields. */
export async function withComputed(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, record: Values): Promise<Values> {
  if (!runtime.definition.hasLogic) return record
  const names = runtime.definition.fields.flatMap(({ name, formula }) => (formula?.mode === 'read' ? [name] : []))
  if (names.length === 0) return record
  const codec = runtime.codecFor(names)
  const params = new Params(scope.actor.tenant)
  params.add(record.id)
  const values = computedValues(scope, tenant, runtime, codec.computed, params)
  const plan = runtime.selects.get(`computed${valuesShape(values)}`, () => ({
    table: runtime.definition.table,
    columns: codec.columns,
    values,
    where: { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 },
    order: [],
    revision: false,
  }))
  const [row] = await sessionOf(scope).selectValues(plan, params.values)
  if (!row) return record
  const read = codec.decodeValues(row)
  const own = codec.computed.filter((field) => adminName(field) === null).map(({ name }) => [name, read[name]] as const)
  const custom = { ...(record.custom as Values), ...(read.custom as Values) }
  return { ...record, ...Object.fromEntries(own), custom }
}
