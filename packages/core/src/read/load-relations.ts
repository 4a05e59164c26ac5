import { directoryDefinition } from '../directory/path-definitions.ts'
import { type RelationNeeded, relationsTogether } from '../expression/facts.ts'
import type { Scope } from '../scope/scope.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { fieldOf } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { allChildren, childSet } from './children.ts'
import { expandRecords } from './expand.ts'
import { directoryRows } from './load-directory.ts'

type Row = { readonly id: string; readonly related?: Readonly<Record<string, unknown>> }

/** Brings along what an expression needs, level by level, each under the reader's own rights. */
export async function loadRelations(
  scope: Scope,
  tenant: Tenant,
  object: string,
  records: readonly Row[],
  needed: readonly RelationNeeded[],
): Promise<void> {
  const own = relationsTogether(needed.filter(({ path }) => path === firstStep(path)))
  if (own.length === 0 || records.length === 0) return
  const runtime = directoryDefinition(object) ? null : readableRuntime(scope, tenant, object)
  const isChildren = ({ path }: RelationNeeded): boolean => runtime?.definition.field.get(path)?.kind === 'children'
  const people = own.filter((one) => directoryDefinition(one.object))
  const names = own.filter((one) => !people.includes(one) && !isChildren(one)).map(({ path }) => path)
  if (runtime && names.length > 0) await expandRecords(scope, tenant, runtime, records, names)
  for (const one of people) await bringPeople(scope, records, one)
  for (const one of own.filter(isChildren)) await bringChildren(scope, tenant, object, records, one)
  for (const { path, object: next } of own) {
    const further = needed
      .filter((one) => one.path.startsWith(`${path}.`))
      .map((one) => ({ ...one, path: one.path.slice(path.length + 1) }))
    const rows = records.flatMap(({ related }) => (related?.[path] ?? []) as Row | Row[])
    await loadRelations(scope, tenant, next, rows, further)
  }
}

/** Children with the fields that are looked at: a customer may have more of them than a page may show. */
async function bringChildren(
  scope: Scope,
  tenant: Tenant,
  object: string,
  records: readonly Row[],
  { path, fields }: RelationNeeded,
): Promise<void> {
  const set = childSet(scope, tenant, object, fieldOf(readableRuntime(scope, tenant, object).definition, path, ''))
  const found = await allChildren(
    set,
    records.map(({ id }) => id),
    fields,
  )
  for (const row of records) Object.assign(row, { related: { ...row.related, [path]: found.get(row.id) ?? [] } })
}

/** A field of the tenant's admins is one step. */
const firstStep = (path: string): string => path.match(/^(custom\.)?[^.]+/)?.[0] ?? path

async function bringPeople(scope: Scope, records: readonly Row[], { path, object }: RelationNeeded): Promise<void> {
  const idOf = (row: Row): unknown => valueAt(row as unknown as Readonly<Record<string, unknown>>, path)
  const ids = records.map(idOf).filter((id) => typeof id === 'string')
  const found = await directoryRows(scope, object, ids)
  for (const row of records) {
    const id = idOf(row)
    const related = { ...row.related, [path]: typeof id === 'string' ? (found.get(id) ?? null) : null }
    Object.assign(row, { related })
  }
}

function valueAt(row: Readonly<Record<string, unknown>>, path: string): unknown {
  const admin = path.startsWith('custom.') ? path.slice('custom.'.length) : null
  return admin === null ? row[path] : (row.custom as Readonly<Record<string, unknown>> | undefined)?.[admin]
}
