import type { AsOf, ColumnType, TableSpec } from '@guanxi/core/store'
import { quote } from './identifier.ts'
import type { Scope } from './scope.ts'

/**
 * The table as it was: each named column is the old value of the first change after the instant, else the current one. A sub-select in
 * place of the table, so that conditions and groups need not know.
 */
export function pastSql(scope: Scope, table: TableSpec, { at, columns }: AsOf): string {
  const past = new Set(columns)
  const shown = table.columns.map(({ name, type }) =>
    past.has(name) ? `${pastColumn(scope, name, type, at)} AS ${quote(name)}` : `p.${quote(name)}`,
  )
  return `(SELECT ${shown.join(', ')} FROM ${quote(table.name)} p WHERE p."tenant_id" = ${scope.bindings.tenant()})`
}

function pastColumn({ dialect, bindings }: Scope, name: string, type: ColumnType, at: number): string {
  const pair = dialect.changeOf(`c."values"`, name)
  const first =
    `(SELECT ${pair} FROM "crm_change" c WHERE c."tenant_id" = ${bindings.tenant()} AND c."record_id" = p."id" ` +
    `AND c."at" > ${bindings.add(at)} AND ${pair} IS NOT NULL ORDER BY c."at", c."seq" LIMIT 1)`
  return dialect.oldValue(first, `p.${quote(name)}`, type)
}
