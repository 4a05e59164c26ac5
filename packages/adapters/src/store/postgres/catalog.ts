import type { RawRow, TableSpec } from '@guanxi/core/store'
import type { FoundColumn, FoundIndex, FoundTable } from '../schema/catalog.ts'
import type { PostgresLink } from './link.ts'
import { statement } from './prepared-names.ts'

const columnsOf = statement(
  'SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default, is_identity FROM information_schema.columns ' +
    'WHERE table_schema = current_schema() AND table_name = ANY($1::text[]) ORDER BY ordinal_position',
  'catalog',
)

const indexesOf = statement(
  'SELECT t.relname AS table_name, i.relname AS index_name, x.indisunique, x.indisprimary, x.indpred IS NOT NULL AS partial, ' +
    'array_to_string(ARRAY(SELECT pg_get_indexdef(x.indexrelid, at, true) FROM generate_series(1, x.indnkeyatts) at ORDER BY at), chr(10)) AS columns ' +
    'FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid ' +
    'JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = current_schema() AND t.relname = ANY($1::text[])',
  'catalog',
)

/** Reads the state of the given tables only. */
export async function readCatalog(link: PostgresLink, tables: readonly TableSpec[]): Promise<Map<string, FoundTable>> {
  const names = tables.map((table) => table.name)
  const { rows: columns } = await link.query(columnsOf, [names])
  const { rows: indexes } = await link.query(indexesOf, [names])
  const columnsByTable = Map.groupBy(columns, (row) => String(row.table_name))
  const indexesByTable = Map.groupBy(indexes, (row) => String(row.table_name))
  const found = new Map<string, FoundTable>()
  for (const [name, rows] of columnsByTable) found.set(name, foundTable(rows, indexesByTable.get(name) ?? []))
  return found
}

function foundTable(columns: readonly RawRow[], indexes: readonly RawRow[]): FoundTable {
  const primary = indexes.find((row) => row.indisprimary === true)
  const others = indexes.filter((row) => row !== primary)
  return {
    columns: new Map(columns.map((row) => [String(row.column_name), foundColumn(row)])),
    primaryKey: primary ? indexColumns(primary) : [],
    indexes: new Map(others.map((row): [string, FoundIndex] => [String(row.index_name), foundIndex(row)])),
  }
}

function foundColumn(row: RawRow): FoundColumn {
  const collation = row.collation_name === null ? '' : ` COLLATE "${row.collation_name}"`
  return {
    type: `${row.data_type}${collation}`,
    nullable: row.is_nullable === 'YES',
    hasDefault: row.column_default !== null || row.is_identity === 'YES',
  }
}

function foundIndex(row: RawRow): FoundIndex {
  return { columns: indexColumns(row), unique: row.indisunique === true, partial: row.partial === true }
}

/** PostgreSQL quotes a name only where it must. */
function indexColumns(row: RawRow): string[] {
  return String(row.columns)
    .split('\n')
    .map((column) => column.replace(/^"(.*)"$/, '$1'))
}
