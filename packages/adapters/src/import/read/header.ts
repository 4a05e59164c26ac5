import type { TableNotice } from '../table.ts'
import { columnLetter } from './column-letter.ts'
import type { WireCell, WireRow } from './message.ts'

/** The columns of a table: distinct names, one for every column that its first rows use. */
export function nameColumns(header: WireRow, width: number): { columns: string[]; notices: TableNotice[] } {
  const taken = new Set<string>()
  const notices: TableNotice[] = []
  const columns: string[] = []
  // Names that are given come first, so that no invented one takes theirs.
  const given = new Set(header.cells.map(headerText).filter((name) => name !== ''))
  for (let index = 0; index < width; index += 1) {
    const name = headerText(header.cells[index] ?? null)
    const letter = columnLetter(index)
    const column = distinct(name || letter, (candidate) => taken.has(candidate) || (candidate !== name && given.has(candidate)))
    if (name === '') notices.push({ code: 'IMPORT_COLUMN_UNNAMED', params: { letter, column } })
    else if (column !== name) notices.push({ code: 'IMPORT_COLUMN_REPEATED', params: { name, column } })
    taken.add(column)
    columns.push(column)
  }
  return { columns, notices }
}

function distinct(name: string, taken: (candidate: string) => boolean): string {
  if (!taken(name)) return name
  let count = 2
  while (taken(`${name} (${count})`)) count += 1
  return `${name} (${count})`
}

function headerText(cell: WireCell): string {
  if (cell === null) return ''
  if (typeof cell !== 'object') return String(cell).trim()
  const shown = cell[0] === 'formula' ? cell[2] : cell[1]
  return shown === null ? '' : String(shown).trim()
}

/** Hidden columns are read like the others, and a person should know. */
export function hiddenColumns(hidden: readonly (readonly [number, number])[], width: number): TableNotice[] {
  const letters = hidden
    .filter(([from]) => from < width)
    .map(([from, to]) => [columnLetter(from), columnLetter(Math.min(to, width - 1))])
    .map(([from, to]) => (from === to ? from : `${from}–${to}`))
  return letters.length === 0 ? [] : [{ code: 'IMPORT_COLUMNS_HIDDEN', params: { columns: letters.slice(0, 20).join(', ') } }]
}
