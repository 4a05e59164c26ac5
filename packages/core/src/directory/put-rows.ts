import type { RowsPlan, StoreSession } from '../store/port.ts'
import type { TableSpec } from '../store/schema.ts'
import { chunks } from './chunks.ts'

/** Rows of one shape in a tenant's table. */
export function rowsOf(table: TableSpec, columns: readonly string[]): RowsPlan {
  return { table, columns: ['tenant_id', ...columns] }
}

/** Inserts or replaces the tenant's rows. */
export async function putRows(session: StoreSession, plan: RowsPlan, tenant: string, rows: readonly (readonly unknown[])[]): Promise<void> {
  for (const chunk of chunks(rows)) {
    await session.put(
      plan,
      chunk.map((row) => [tenant, ...row]),
      'replace',
    )
  }
}
