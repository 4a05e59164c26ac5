import type { TableSpec } from '@guanxi/core/store'
import { quote } from './identifier.ts'

/** Hops from tenant to tenant along the primary key, because DISTINCT would read the whole table. */
export function tenantsSql({ name }: TableSpec): string {
  const next = (condition: string): string => `SELECT "tenant_id" FROM ${quote(name)} ${condition}ORDER BY "tenant_id" LIMIT 1`
  const first = `SELECT (${next('')}) AS "tenant_id"`
  const step = `SELECT (${next('WHERE "tenant_id" > hop."tenant_id" ')}) FROM hop WHERE hop."tenant_id" IS NOT NULL`
  return `WITH RECURSIVE hop AS (${first} UNION ALL ${step}) SELECT "tenant_id" FROM hop WHERE "tenant_id" IS NOT NULL`
}
