import type { RelationNeeded } from '../expression/facts.ts'
import type { Scope } from '../scope/scope.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { expandRecords } from './expand.ts'

type Row = { readonly id: string; readonly related?: Readonly<Record<string, unknown>> }

/** Brings along what an expression needs, level by level, each under the reader's own rights. */
export async function loadRelations(
  scope: Scope,
  tenant: Tenant,
  object: string,
  records: readonly Row[],
  needed: readonly RelationNeeded[],
): Promise<void> {
  const names = needed.map(({ path }) => path).filter((path) => !path.includes('.'))
  if (names.length === 0 || records.length === 0) return
  await expandRecords(scope, tenant, readableRuntime(scope, tenant, object), records, names)
  for (const { path, object: next } of needed.filter((one) => names.includes(one.path))) {
    const further = needed
      .filter((one) => one.path.startsWith(`${path}.`))
      .map((one) => ({ ...one, path: one.path.slice(path.length + 1) }))
    const rows = records.flatMap(({ related }) => (related?.[path] ?? []) as Row | Row[])
    await loadRelations(scope, tenant, next, rows, further)
  }
}
