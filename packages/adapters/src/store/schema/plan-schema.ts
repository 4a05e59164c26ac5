import type { ColumnSpec, IndexSpec, SchemaPlan, TableSpec } from '@guanxi/core/store'
import type { FoundTable } from './catalog.ts'
import { addColumn, createIndex, createTable, type DdlDialect, indexColumns } from './ddl.ts'

/** Compares the tables with what the database has: additive statements, and in words what cannot be added. */
export function planSchema(dialect: DdlDialect, tables: readonly TableSpec[], found: ReadonlyMap<string, FoundTable>): SchemaPlan {
  const statements: string[] = []
  const conflicts: string[] = []
  for (const table of tables) {
    const existing = found.get(table.name)
    if (!existing) {
      statements.push(...createTable(dialect, table))
      continue
    }
    for (const column of table.columns) planColumn(dialect, table, column, existing, statements, conflicts)
    for (const index of table.indexes) planIndex(table, index, existing, statements, conflicts)
    planRest(table, existing, conflicts)
  }
  return { statements, conflicts }
}

function planColumn(
  dialect: DdlDialect,
  table: TableSpec,
  column: ColumnSpec,
  existing: FoundTable,
  statements: string[],
  conflicts: string[],
): void {
  const where = `${table.name}.${column.name}`
  const found = existing.columns.get(column.name)
  if (!found) {
    if (column.nullable) statements.push(addColumn(dialect, table, column))
    else conflicts.push(`${where} is missing and must not be null, so rows that are there already would have no value`)
    return
  }
  const type = dialect.columnType(column)
  if (found.type !== type) conflicts.push(`${where} is ${found.type}, not ${type}`)
  if (found.nullable && !column.nullable) conflicts.push(`${where} may be null, but must not`)
  if (!found.nullable && column.nullable) conflicts.push(`${where} must not be null, but may`)
}

function planIndex(table: TableSpec, index: IndexSpec, existing: FoundTable, statements: string[], conflicts: string[]): void {
  const found = existing.indexes.get(index.name)
  if (!found) {
    statements.push(createIndex(table, index))
    return
  }
  const columns = indexColumns(index)
  if (!serves(found.columns, columns)) {
    conflicts.push(`index ${index.name} is on (${found.columns.join(', ')}), not on (${columns.join(', ')})`)
  }
  if (found.unique !== Boolean(index.unique)) conflicts.push(`index ${index.name} is ${found.unique ? '' : 'not '}unique`)
  const isAsMeant = index.only === 'set' || found.partial === (index.only === 'live')
  if (!isAsMeant) conflicts.push(`index ${index.name} is over ${found.partial ? 'some' : 'all'} rows`)
}

/** An index made before they all ended with the id serves as well. */
function serves(found: readonly string[], columns: readonly string[]): boolean {
  const has = found.join()
  return has === columns.join() || `${has},id` === columns.join()
}

/** The key, and columns of somebody else that our inserts could not fill. */
function planRest(table: TableSpec, existing: FoundTable, conflicts: string[]): void {
  if (!table.sequence && existing.primaryKey.join() !== table.primaryKey.join()) {
    conflicts.push(`the primary key of ${table.name} is (${existing.primaryKey.join(', ')}), not (${table.primaryKey.join(', ')})`)
  }
  const known = new Set(table.columns.map((column) => column.name))
  for (const [name, column] of existing.columns) {
    if (known.has(name) || column.nullable || column.hasDefault) continue
    if (table.sequence && (name === 'seq' || name === 'xid')) continue
    conflicts.push(`${table.name}.${name} is not ours and must not be null`)
  }
}
