import type { ObjectDefinition } from '@guanxi/core'
import { cellText } from '../convert/cell-content.ts'
import type { Cell } from '../table.ts'
import { type HeaderDetails, readHeader } from './header.ts'
import { isId, isImportable } from './target.ts'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A column of a file that was exported here. `field` null = shown there, but not to be imported. */
export interface ExportedColumn extends HeaderDetails {
  readonly field: string | null
}

/**
 * The columns of a file that was exported from this object, by position; null for any other file. Such a file has a column of the
 * records' ids; rows that people have added have none.
 */
export function exportedColumns(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  definition: ObjectDefinition,
): ReadonlyMap<number, ExportedColumn> | null {
  const found = new Map<number, ExportedColumn>()
  let hasIds = false
  for (const [index, column] of columns.entries()) {
    const header = readHeader(column, definition)
    if (!header) continue
    const { field, ...details } = header
    const ids: boolean = isId(field) && !hasIds && areIds(rows.map((row) => cellText(row[index]).trim()))
    hasIds ||= ids
    const wanted = ids || isImportable(field)
    found.set(index, { ...details, field: wanted ? field.name : null })
  }
  return hasIds ? found : null
}

function areIds(texts: readonly string[]): boolean {
  const filled = texts.filter((text) => text !== '')
  return filled.length > 0 && filled.every((text) => uuid.test(text))
}
