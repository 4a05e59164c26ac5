import { crmError } from '@guanxi/core'
import { cellText } from '../convert/cell-content.ts'
import type { ImportMapping } from '../map/mapping.ts'
import type { Cell, TableRow } from '../table.ts'

const place = /\{([^{}]+)\}/g
const edges = /^[\s·\-–—,，/|]+|[\s·\-–—,，/|]+$/gu

/** Fills `{column}` places with the row's cells, their values mapped. What joined an empty place to its neighbour goes with it. */
export function templateCell(template: string, columns: readonly string[], mapping: ImportMapping): (row: TableRow) => Cell {
  const parts = [...template.matchAll(place)].map(([whole, column = '']) => ({
    whole,
    index: indexOf(columns, column),
    values: valuesOf(column, mapping),
  }))
  return (row) => {
    let text = template
    for (const { whole, index, values } of parts) {
      const cell = cellText(row.cells[index]).trim()
      text = text.replaceAll(whole, () => mapped(values, cell))
    }
    const trimmed = text.replace(edges, '')
    return trimmed === '' ? { kind: 'empty' } : { kind: 'text', text: trimmed }
  }
}

function mapped(values: Readonly<Record<string, string | null>> | undefined, cell: string): string {
  return values && Object.hasOwn(values, cell) ? (values[cell] ?? '') : cell
}

function valuesOf(column: string, { columns, values }: ImportMapping): Readonly<Record<string, string | null>> | undefined {
  const field = columns.find((each) => each.column === column)?.field
  return field === undefined ? undefined : values?.[field]
}

function indexOf(columns: readonly string[], column: string): number {
  const index = columns.indexOf(column)
  if (index < 0) throw crmError('IMPORT_COLUMN_UNKNOWN', { column })
  return index
}
