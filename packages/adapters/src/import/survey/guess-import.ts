import type { FieldDefinition, ObjectDefinition } from '@guanxi/core'
import { cellText } from '../convert/cell-content.ts'
import { splitCurrency } from '../convert/currency.ts'
import { narrow } from '../convert/width.ts'
import { type ColumnGuess, emptyWords } from '../map/guess-mapping.ts'
import { readHeader } from '../map/header.ts'
import type { ColumnMapping, ImportMapping } from '../map/mapping.ts'
import { bareName } from '../map/synonyms.ts'
import type { TableRow } from '../table.ts'

/** A whole mapping from the guesses and the first rows: what a person starts from. */
export function guessImport(definition: ObjectDefinition, guesses: readonly ColumnGuess[], rows: readonly TableRow[]): ImportMapping {
  const columns = guesses.flatMap(({ column, field }, index): ColumnMapping[] => {
    const found = field === null ? undefined : definition.field.get(field)
    return found ? [{ column, field: found.name, ...optionsFor(found, column, definition, rows, index) }] : []
  })
  // What was exported here is told apart by its ids, and every word in it is meant.
  if (guesses.some(({ field, reason }) => field === 'id' && reason === 'exported')) return { object: definition.name, columns, key: ['id'] }
  const empty = wordsForNothing(rows)
  const key = guessKey(definition, guesses, rows)
  return { object: definition.name, columns, ...(key && { key: [key] }), ...(empty.length > 0 && { empty }) }
}

/** The currency is written into the mapping, so that nobody finds out later which one was assumed. */
function optionsFor(
  field: FieldDefinition,
  column: string,
  definition: ObjectDefinition,
  rows: readonly TableRow[],
  index: number,
): Pick<ColumnMapping, 'options'> {
  const { currency, zone } = readHeader(column, definition) ?? {}
  if (field.kind === 'instant' && zone !== undefined) return { options: { zone } }
  if (field.kind !== 'money') return {}
  if (currency !== undefined) return { options: { currency } }
  const found = rows.map(({ cells }) => splitCurrency(narrow(cellText(cells[index]))).currency).find((currency) => currency !== null)
  return { options: { currency: found ?? 'CNY' } }
}

function wordsForNothing(rows: readonly TableRow[]): string[] {
  const found = new Set<string>()
  for (const { cells } of rows) {
    for (const cell of cells) if (cell.kind === 'text' && emptyWords.has(cell.text.trim())) found.add(cell.text.trim())
  }
  return [...found]
}

/** A unique field, else one whose name says that it tells records apart, if in these rows it does. */
function guessKey(definition: ObjectDefinition, guesses: readonly ColumnGuess[], rows: readonly TableRow[]): string | null {
  const mapped = guesses.flatMap(({ column, field }, index) => {
    const found = field === null ? undefined : definition.field.get(field)
    return found ? [{ column, field: found, index }] : []
  })
  const unique = mapped.find(({ field }) => field.unique)
  if (unique) return unique.field.name
  const named = mapped.find(({ column, field, index }) => isNumbering(column, field) && isDistinct(rows, index))
  return named?.field.name ?? null
}

function isNumbering(column: string, { kind }: FieldDefinition): boolean {
  return (kind === 'text' || kind === 'integer') && /(id|no|number|code|编号|编码|单号|号码)$/.test(bareName(column))
}

function isDistinct(rows: readonly TableRow[], index: number): boolean {
  const texts = rows.map(({ cells }) => cellText(cells[index]).trim())
  return texts.length > 0 && !texts.includes('') && new Set(texts).size === texts.length
}
