import type { ColumnSpec, IndexSpec, TableSpec } from '@guanxi/core/store'
import { quote, quoteAll } from '../sql/identifier.ts'

/** What differs between the engines in the shape of a table. */
export interface DdlDialect {
  columnType(column: ColumnSpec): string
  /** Columns that the store fills itself, and the key of an append-only table. */
  sequenceParts(table: TableSpec): string[]
  /** What comes after the closing bracket. */
  options(table: TableSpec): string
  /** Indexes that an append-only table needs besides its own. */
  sequenceIndexes(table: TableSpec): string[]
}

/** The statements that make a table and its indexes. */
export function createTable(dialect: DdlDialect, table: TableSpec): string[] {
  const columns = table.columns.map((column) => columnSql(dialect, column))
  const parts = table.sequence ? [...columns, ...dialect.sequenceParts(table)] : [...columns, primaryKeySql(table)]
  const create = `CREATE TABLE IF NOT EXISTS ${quote(table.name)} (${parts.join(', ')})${dialect.options(table)}`
  const sequenceIndexes = table.sequence ? dialect.sequenceIndexes(table) : []
  return [create, ...sequenceIndexes, ...table.indexes.map((index) => createIndex(table, index))]
}

export function primaryKeySql(table: TableSpec): string {
  return `CONSTRAINT ${quote(`${table.name}_pkey`)} PRIMARY KEY (${quoteAll(table.primaryKey)})`
}

export function addColumn(dialect: DdlDialect, table: TableSpec, column: ColumnSpec): string {
  return `ALTER TABLE ${quote(table.name)} ADD COLUMN ${columnSql(dialect, column)}`
}

export function createIndex(table: TableSpec, index: IndexSpec): string {
  const columns = quoteAll(indexColumns(index))
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ${quote(index.name)} ON ${quote(table.name)} (${columns})${rowsOf(index)}`
}

/** The columns of an index, the tenant's included. */
export function indexColumns({ columns, everyTenant }: IndexSpec): string[] {
  return everyTenant ? [...columns] : ['tenant_id', ...columns]
}

function rowsOf({ only, columns }: IndexSpec): string {
  if (only === 'live') return ' WHERE "deleted_at" IS NULL'
  return only === 'set' ? ` WHERE ${quote(columns[0] ?? '')} IS NOT NULL` : ''
}

function columnSql(dialect: DdlDialect, column: ColumnSpec): string {
  return `${quote(column.name)} ${dialect.columnType(column)}${column.nullable ? '' : ' NOT NULL'}`
}
