import type { ColumnType, TableSpec } from '@guanxi/core/store'
import type { DdlDialect } from '../schema/ddl.ts'

const typeName: Readonly<Record<ColumnType, string>> = {
  text: 'TEXT',
  uuid: 'TEXT',
  integer: 'INTEGER',
  real: 'REAL',
  boolean: 'INTEGER',
  json: 'TEXT',
  log: 'TEXT',
}

const fewColumns = 2

export const sqliteDdl: DdlDialect = {
  columnType: (column) => typeName[column.type],
  // AUTOINCREMENT would write a page of its own at each insert; instead the newest row of such a table is never deleted.
  sequenceParts: () => ['"seq" INTEGER PRIMARY KEY'],
  // Rows that are little more than their key are kept in the key's own tree: one write instead of two.
  options: (table) => (isNarrow(table) ? ' WITHOUT ROWID' : ''),
  sequenceIndexes: () => [],
}

function isNarrow(table: TableSpec): boolean {
  if (table.clustered) return true
  return !table.sequence && table.columns.length - table.primaryKey.length <= fewColumns
}
