import type { RawRow, TableSpec } from '@guanxi/core/store'
import type { FoundColumn, FoundIndex, FoundTable } from '../schema/catalog.ts'
import { quote } from '../sql/identifier.ts'
import type { SqliteLink } from './link.ts'

/** Reads the state of the given tables only. */
export async function readCatalog(link: SqliteLink, tables: readonly TableSpec[]): Promise<Map<string, FoundTable>> {
  const found = new Map<string, FoundTable>()
  for (const { name } of tables) {
    const info = await pragma(link, `table_info(${quote(name)})`)
    if (info.length > 0) found.set(name, await readTable(link, name, info))
  }
  return found
}

async function readTable(link: SqliteLink, name: string, info: readonly RawRow[]): Promise<FoundTable> {
  const columns = new Map<string, FoundColumn>()
  for (const column of info) {
    const hasDefault = column.dflt_value !== null
    columns.set(String(column.name), { type: String(column.type), nullable: column.notnull === 0, hasDefault })
  }
  const keys = info.filter((column) => Number(column.pk) > 0).sort((left, right) => Number(left.pk) - Number(right.pk))
  const indexes = new Map<string, FoundIndex>()
  for (const index of await pragma(link, `index_list(${quote(name)})`)) {
    if (index.origin === 'c') indexes.set(String(index.name), await readIndex(link, index))
  }
  return { columns, primaryKey: keys.map((column) => String(column.name)), indexes }
}

async function readIndex(link: SqliteLink, index: RawRow): Promise<FoundIndex> {
  const parts = await pragma(link, `index_info('${String(index.name).replaceAll("'", "''")}')`)
  return {
    columns: parts.map((part) => String(part.name)),
    unique: index.unique === 1,
    partial: index.partial === 1,
  }
}

function pragma(link: SqliteLink, call: string): Promise<RawRow[]> {
  return link.all({ sql: `PRAGMA ${call}`, label: 'catalog' }, [])
}
