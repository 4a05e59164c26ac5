import { crmError } from '../error/crm-error.ts'
import type { FieldDefinition } from '../object/definition.ts'
import type { Scope } from '../scope/scope.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { fieldOf } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { selectRows } from './select-rows.ts'

type Row = Record<string, unknown> & { readonly id: string }

/** The child records behind a field of an object. */
export interface ChildSet {
  /** Children of these records that the reader may see, by id. */
  select(ids: readonly string[], limit: number, fields?: readonly string[]): Promise<Row[]>
  /** The record a child belongs to. */
  parentOf(child: Row): unknown
}

/** Finds children by the field that points back. Where it may point to any object, only those that point to this one belong to it. */
export function childSet(scope: Scope, tenant: Tenant, object: string, field: FieldDefinition): ChildSet {
  const child = readableRuntime(scope, tenant, field.to ?? '')
  const by = fieldOf(child.definition, field.by, '/expand')
  const [column, second] = 'columns' in by.storage ? by.storage.columns : []
  if (!column) throw crmError('PARAMETER_INVALID', { name: 'expand', reason: `“${field.name}” has no way back` }, { path: '/expand' })
  const where = second && {
    where: (params: { add: (value: unknown) => number }) =>
      ({ op: 'eq', operand: { column: second.name, nullable: true }, param: params.add(object) }) as const,
  }
  return {
    select: (ids, limit, fields) =>
      selectRows(scope, tenant, child, { column: column.name, ids, limit, ...(fields && { fields: [...fields, by.name] }), ...where }),
    parentOf: (row) => idOf(row[by.name]),
  }
}

/** What a reference holds, or a pointer to any object. */
const idOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : value)

/** Children of one record that an expression is evaluated over here; a database has no such limit. */
export const mostChildren = 10_000

/** All children of the records by parent, with the fields that are needed. Many are read in several goes. */
export async function allChildren(
  set: ChildSet,
  ids: readonly string[],
  fields: readonly string[],
): Promise<ReadonlyMap<unknown, readonly Row[]>> {
  const found = await set.select(ids, mostChildren + 1, fields)
  if (found.length <= mostChildren) return Map.groupBy(found, set.parentOf)
  if (ids.length === 1) throw crmError('LIMIT_EXCEEDED', { what: 'children of one record', limit: mostChildren })
  const half = ids.length >> 1
  const first = await allChildren(set, ids.slice(0, half), fields)
  return new Map([...first, ...(await allChildren(set, ids.slice(half), fields))])
}
