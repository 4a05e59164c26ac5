import type { Cell, ImportFile, ImportMapping, Table } from '@guanxi/adapters/import'
import { openTable } from '@guanxi/adapters/import'

/** A file on disk, as an import takes it. */
export function fileAt(path: string, mapping: ImportMapping): ImportFile {
  return { name: path.split('/').at(-1) ?? path, mapping, open: () => openTable({ path }) }
}

/** A file that was never on disk: texts, or cells as a spreadsheet holds them. */
export function fileOf(
  name: string,
  mapping: ImportMapping,
  columns: readonly string[],
  rows: readonly (readonly (string | number | boolean | Cell)[])[],
): ImportFile {
  return { name, mapping, open: async () => tableOf(columns, rows) }
}

/** A table in memory, in batches as a reader gives them. */
export function tableOf(columns: readonly string[], rows: readonly (readonly (string | number | boolean | Cell)[])[]): Table {
  return {
    format: { type: 'csv', encoding: 'utf-8', delimiter: ',' },
    sheet: null,
    sheets: [],
    columns,
    notices: [],
    size: rows.length,
    async *rows() {
      for (let start = 0; start < rows.length; start += 500) {
        const part = rows.slice(start, start + 500)
        yield { rows: part.map((cells, index) => ({ number: start + index + 2, cells: cells.map(cellOf) })), bytes: start + part.length }
      }
    },
    close: async () => {},
  }
}

function cellOf(value: string | number | boolean | Cell): Cell {
  if (typeof value === 'object') return value
  if (typeof value === 'number') return { kind: 'number', number: value, date: false }
  if (typeof value === 'boolean') return { kind: 'boolean', boolean: value }
  return value === '' ? { kind: 'empty' } : { kind: 'text', text: value }
}
