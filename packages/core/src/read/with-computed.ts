import { Params, valuesShape } from '../expression/shape.ts'
import type { ComputedField } from '../logic/object-logic.ts'
import { adminName } from '../object/ext-codec.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { computedValues, isReadable } from './computed.ts'
import { contextOf } from './context.ts'

type Values = Record<string, unknown>

/**
 * A record just written, with its fields that are computed on read. What can be told from the record is told from it; one more read only
 * where other records are needed. `isNew`: nobody points to it yet.
 */
export function withComputed(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  record: Values,
  isNew: boolean,
): Values | Promise<Values> {
  const fields = runtime.logic?.read ?? []
  return fields.length === 0 ? record : withFields(scope, tenant, runtime, record, isNew, fields)
}

async function withFields(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  record: Values,
  isNew: boolean,
  fields: readonly ComputedField[],
): Promise<Values> {
  const context = contextOf(scope, tenant)
  const alone = isNew ? { ...record, related: childless(fields) } : record
  const read: ComputedField[] = []
  const told: Values = {}
  for (const one of fields) {
    if (!isReadable(scope, tenant, runtime.definition.name, one.field)) told[one.field.name] = null
    else if (isTold(one, runtime, isNew)) told[one.field.name] = one.evaluate(alone, context)
    else read.push(one)
  }
  if (read.length > 0) Object.assign(told, await readValues(scope, tenant, runtime, read, record.id))
  return placed(record, fields, told)
}

/** Does it need nothing but the record, or of a new one the records that point to it? */
function isTold({ facts }: ComputedField, { definition }: ObjectRuntime, isNew: boolean): boolean {
  return facts.relationsNeeded.every(({ path }) => isNew && definition.field.get(path)?.kind === 'children')
}

const childless = (fields: readonly ComputedField[]): Values =>
  Object.fromEntries(fields.flatMap(({ facts }) => facts.relationsNeeded.flatMap(({ path, many }) => (many ? [[path, []] as const] : []))))

async function readValues(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  fields: readonly ComputedField[],
  id: unknown,
): Promise<Values> {
  const codec = runtime.codecFor(fields.map(({ field }) => field.name))
  const params = new Params(scope.actor.tenant)
  params.add(id)
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
  const found = row ? codec.decodeValues(row) : {}
  return Object.fromEntries(fields.map(({ field }) => [field.name, valueIn(found, field.name, adminName(field)) ?? null]))
}

const valueIn = (record: Values, name: string, admin: string | null): unknown =>
  admin === null ? record[name] : (record.custom as Values | undefined)?.[admin]

function placed(record: Values, fields: readonly ComputedField[], values: Values): Values {
  const own: Values = {}
  const custom: Values = {}
  for (const { field } of fields) {
    const admin = adminName(field)
    if (admin === null) own[field.name] = values[field.name]
    else custom[admin] = values[field.name]
  }
  return { ...record, ...own, custom: { ...(record.custom as Values), ...custom } }
}
