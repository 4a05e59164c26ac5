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
  // Without AUTOINCREMENT a number could be given twice after the newest rows were deleted, and consumers would miss the second.
  sequenceParts: () => ['"seq" INTEGER PRIMARY KEY AUTOINCREMENT'],
  // Rows that are little more than their key are kept in the key's own tree: one write instead of two.
  options: (table) => (isNarrow(table) ? ' WITHOUT ROWID' : ''),
  sequenceIndexes: () => [],
}

function isNarrow(table: TableSpec): boolean {
  return !table.sequence && table.columns.length - table.primaryKey.length <= fewColumns
}
