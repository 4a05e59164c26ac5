import { crmError } from '../error/crm-error.ts'
import type { FieldDefinition } from '../object/definition.ts'
import { fieldValue } from '../object/field-value.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { fieldOf, type ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { childSet } from './children.ts'
import { selectRows } from './select-rows.ts'

/** Bounds of expanding: fields at once, and children of all records of a page together. */
export const expandLimits = { fields: 10, children: 1_000 } as const

/** Children of many records may point to any number of others. */
const idsAtOnce = 1_000

type Row = Record<string, unknown> & { readonly id: string }

/** Brings along what the named fields point to, one level: one query per field, each under the reader's own rights. */
export async function expandRecords(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  records: readonly { id: string }[],
  names: readonly string[],
): Promise<void> {
  if (names.length > expandLimits.fields)
    throw crmError('LIMIT_EXCEEDED', { what: 'expanded fields', limit: expandLimits.fields }, { path: '/expand' })
  const rows = records as readonly Row[]
  for (const row of rows) (row as Record<string, unknown>).related = {}
  for (const name of names) {
    const field = fieldOf(runtime.definition, name, '/expand')
    const related = await relatedOf(scope, tenant, runtime.definition.name, field, rows)
    for (const row of rows) (row.related as Record<string, unknown>)[name] = related(row)
  }
}

type Related = (row: Row) => unknown

async function relatedOf(scope: Scope, tenant: Tenant, object: string, field: FieldDefinition, rows: readonly Row[]): Promise<Related> {
  switch (field.kind) {
    case 'reference':
      return referenced(scope, tenant, field, rows)
    case 'links':
      return linked(scope, tenant, field, rows)
    case 'children':
      return children(scope, tenant, object, field, rows)
    case 'anyReference':
      return pointed(scope, tenant, field, rows)
    case 'user':
      return people(scope, field, rows)
    default:
      throw crmError('PARAMETER_INVALID', { name: 'expand', reason: `“${field.name}” points to nothing` }, { path: '/expand' })
  }
}

async function referenced(scope: Scope, tenant: Tenant, field: FieldDefinition, rows: readonly Row[]): Promise<Related> {
  const found = await byIds(scope, tenant, field.to ?? '', unique(rows.map((row) => fieldValue(row, field))))
  return (row) => found.get(fieldValue(row, field) as string) ?? null
}

async function linked(scope: Scope, tenant: Tenant, field: FieldDefinition, rows: readonly Row[]): Promise<Related> {
  const idsOf = (row: Row): string[] => (fieldValue(row, field) as string[] | null) ?? []
  const found = await byIds(scope, tenant, field.to ?? '', unique(rows.flatMap(idsOf)))
  return (row) => idsOf(row).flatMap((id) => found.get(id) ?? [])
}

async function pointed(scope: Scope, tenant: Tenant, field: FieldDefinition, rows: readonly Row[]): Promise<Related> {
  const pointer = (row: Row) => fieldValue(row, field) as { object: string; id: string } | null
  const byObject = Map.groupBy(
    rows.flatMap((row) => pointer(row) ?? []),
    ({ object }) => object,
  )
  const found = new Map<string, Map<string, Row>>()
  for (const [object, pointers] of byObject) found.set(object, await byIds(scope, tenant, object, unique(pointers.map(({ id }) => id))))
  return (row) => {
    const to = pointer(row)
    return (to && found.get(to.object)?.get(to.id)) ?? null
  }
}

async function people(scope: Scope, field: FieldDefinition, rows: readonly Row[]): Promise<Related> {
  const ids = unique(rows.map((row) => fieldValue(row, field)))
  const found = new Map(
    (await scope.kernel.directory.people(scope.actor.tenant, { ids, limit: Math.max(ids.length, 1) }, sessionOf(scope))).map((person) => [
      person.id,
      { id: person.id, name: person.name },
    ]),
  )
  return (row) => found.get(fieldValue(row, field) as string) ?? null
}

async function children(scope: Scope, tenant: Tenant, object: string, field: FieldDefinition, rows: readonly Row[]): Promise<Related> {
  const set = childSet(scope, tenant, object, field)
  const found = await set.select(
    rows.map((row) => row.id),
    expandLimits.children + 1,
  )
  if (found.length > expandLimits.children)
    throw crmError('LIMIT_EXCEEDED', { what: 'expanded children', limit: expandLimits.children }, { path: '/expand' })
  const byParent = Map.groupBy(found, set.parentOf)
  return (row) => byParent.get(row.id) ?? []
}

/** Records the reader may see; what they may not see is as if it were not there. */
async function byIds(scope: Scope, tenant: Tenant, object: string, ids: readonly string[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  if (ids.length === 0 || !mayRead(scope, object)) return found
  const runtime = readableRuntime(scope, tenant, object)
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    const some = ids.slice(start, start + idsAtOnce)
    for (const row of await selectRows(scope, tenant, runtime, { column: 'id', ids: some, limit: some.length })) found.set(row.id, row)
  }
  return found
}

function mayRead(scope: Scope, object: string): boolean {
  return scope.privileged || scope.kernel.access.judge(scope.actor, 'read', object).allowed
}

function unique(ids: readonly unknown[]): string[] {
  return [...new Set(ids.filter((id): id is string => typeof id === 'string'))]
}
