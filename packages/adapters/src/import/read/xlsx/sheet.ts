import { columnIndex } from '../column-letter.ts'
import { ReadFailure } from '../failure.ts'
import type { ReadLimits } from '../limits.ts'
import type { WireCell, WireRow } from '../message.ts'
import { rowLimits } from '../row-limits.ts'
import { type CellContext, cellOf, type RawCell } from './cell.ts'
import { isTrue } from './workbook.ts'
import { parseXml, type XmlHandlers } from './xml.ts'

export interface SheetReader {
  readonly handlers: XmlHandlers
  /** Rows finished since it was last called. */
  take(): WireRow[]
  /** First and last index of hidden columns, known before the first row. */
  readonly hidden: readonly (readonly [number, number])[]
}

/** Rows with values, a piece of the sheet at a time. `<dimension>` is not believed, hence not read. */
export async function* sheetRows(bytes: AsyncIterable<Buffer>, reader: SheetReader, part: string): AsyncGenerator<WireRow[]> {
  for await (const _ of parseXml(part, bytes, reader.handlers)) yield reader.take()
}

export function sheetReader(context: CellContext, limits: ReadLimits): SheetReader {
  const counted = rowLimits(limits)
  const hidden: [number, number][] = []
  let rows: WireRow[] = []
  let seen = 0
  let number = 0
  let cells: WireCell[] = []
  let cell: RawCell | null = null
  let inData = false
  let into: 'value' | 'formula' | 'inline' | null = null
  let pronounced = 0

  function openRow(r: string | undefined): void {
    const next = r === undefined ? number + 1 : Number(r)
    seen += 1
    if (!Number.isInteger(next) || next <= number) throw new ReadFailure('IMPORT_FILE_DAMAGED', { part: `${context.part} ${number + 1}` })
    if (seen > limits.rows || next > limits.rows) throw new ReadFailure('IMPORT_ROWS', { limit: limits.rows })
    number = next
    cells = []
  }

  function place(raw: RawCell): void {
    const index = raw.reference === '' ? cells.length : columnIndex(raw.reference)
    if (index < 0) throw new ReadFailure('IMPORT_FILE_DAMAGED', { part: `${context.part} ${raw.reference.slice(0, 20)}` })
    const value = cellOf(raw, context)
    if (value !== null && index >= limits.columns) throw new ReadFailure('IMPORT_COLUMNS', { row: number, limit: limits.columns })
    if (index >= limits.columns) return
    while (cells.length < index) cells.push(null)
    cells[index] = value
  }

  const open: XmlHandlers['open'] = (name, attributes) => {
    if (name === 'sheetData') inData = true
    else if (name === 'col' && isTrue(attributes.hidden)) hidden.push([Number(attributes.min) - 1, Number(attributes.max) - 1])
    else if (inData) openInData(name, attributes)
  }

  function openInData(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') {
      cell = { reference: attributes.r ?? '', type: attributes.t ?? '', style: attributes.s ?? '', value: '', inline: '', formula: null }
    } else if (name === 'v') into = 'value'
    else if (name === 't') into = pronounced === 0 ? 'inline' : null
    else if (name === 'f') {
      into = 'formula'
      if (cell) cell.formula = ''
    } else if (name === 'rPh') pronounced += 1
    else if (name === 'row') openRow(attributes.r)
  }

  const text = (found: string): void => {
    if (!cell || !into) return
    const whole = into === 'formula' ? (cell.formula ?? '') + found : cell[into] + found
    // Seven letters may stand for one.
    if (whole.length > limits.cellCharacters * 7) {
      throw new ReadFailure('IMPORT_CELL', { cell: cell.reference || String(number), limit: limits.cellCharacters })
    }
    cell[into] = whole
  }

  const close = (name: string): void => {
    into = null
    if (name === 'c' && cell) {
      place(cell)
      cell = null
    } else if (name === 'rPh') pronounced -= 1
    else if (name === 'row') {
      const filled = counted.filled(number, cells)
      if (filled) rows.push({ number, cells: filled })
    } else if (name === 'sheetData') inData = false
  }

  return {
    handlers: { open, text, close },
    hidden,
    take() {
      const taken = rows
      rows = []
      return taken
    },
  }
}
