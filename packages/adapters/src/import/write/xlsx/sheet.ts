import { crmError } from '@guanxi/core'
import { columnLetter } from '../../read/column-letter.ts'
import type { ExportColumn, ExportRow, Rows } from '../column.ts'
import { looksLikeFormula } from '../formula-guard.ts'
import { type TypedValue, typedValue } from '../typed-value.ts'
import { main, xmlHeader } from './parts.ts'
import { type Styles, style } from './styles.ts'
import { xString } from './xml-text.ts'

/** What Excel allows. */
const most = { rows: 1_048_576, characters: 32_767 }
/** Before it Excel's calendar has a day that never was. */
const firstDate = '1900-03-01'
const dayMs = 86_400_000
const dayZero = Date.UTC(1899, 11, 30)

/** A sheet as XML: a bold first row that stays in sight, then the rows. */
export async function* sheetXml(columns: readonly ExportColumn[], rows: Rows<ExportRow>, styles: Styles): AsyncGenerator<string> {
  const letters = columns.map((_, index) => columnLetter(index))
  const own = columns.map(styles.of)
  yield `${xmlHeader}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" `
  yield 'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  if (columns.length > 0) yield `<cols>${columns.map((column, index) => columnXml(column, index, own[index] ?? 0)).join('')}</cols>`
  yield '<sheetData><row r="1">'
  for (const [index, { name }] of columns.entries()) {
    yield textCell(`${letters[index]}1`, name, style.header, { row: 1, column: name })
  }
  yield '</row>'
  let number = 1
  for await (const row of rows) {
    number += 1
    if (number > most.rows) throw crmError('EXPORT_ROWS', { limit: most.rows })
    const cells = columns.map((column, index) => {
      const at = { row: number, column: column.name }
      return cellXml(`${letters[index]}${number}`, typedValue(column, row[index]), own[index] ?? 0, at)
    })
    yield `<row r="${number}">${cells.join('')}</row>`
  }
  yield '</sheetData></worksheet>'
}

function columnXml({ type }: ExportColumn, index: number, own: number): string {
  const width = type === 'datetime' ? 20 : type === 'text' ? 18 : 13
  return `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${own}" customWidth="1"/>`
}

interface Place {
  readonly row: number
  readonly column: string
}

function cellXml(reference: string, value: TypedValue, own: number, at: Place): string {
  switch (value.kind) {
    case 'empty':
      return ''
    case 'boolean':
      return `<c r="${reference}" t="b"><v>${value.boolean ? 1 : 0}</v></c>`
    case 'number':
      if (value.exact) return `<c r="${reference}" s="${own}"><v>${value.digits}</v></c>`
      return textCell(reference, value.digits, style.text, at)
    case 'date':
      if (value.iso >= firstDate) return `<c r="${reference}" s="${own}"><v>${serial(value.iso)}</v></c>`
      return textCell(reference, value.iso, style.text, at)
    case 'text':
      return textCell(reference, value.text, style.text, at)
  }
}

function textCell(reference: string, text: string, own: number, at: Place): string {
  const formula = looksLikeFormula(text)
  // The style guards; an apostrophe is only doubled where reading would take it for a guard.
  const written = formula && text.startsWith("'") ? `'${text}` : text
  if (written.length > most.characters) throw crmError('EXPORT_CELL', { ...at, limit: most.characters })
  const used = formula && own === style.text ? style.guarded : own
  return `<c r="${reference}" s="${used}" t="inlineStr"><is><t xml:space="preserve">${xString(written)}</t></is></c>`
}

function serial(iso: string): number {
  return (Date.parse(iso.length > 10 ? `${iso.replace(' ', 'T')}Z` : iso) - dayZero) / dayMs
}
