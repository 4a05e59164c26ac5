import { crmError } from '@guanxi/core'
import { chunks } from './chunks.ts'
import type { ExportColumn, ExportRow, Rows } from './column.ts'
import { withGuard } from './formula-guard.ts'
import { type TypedValue, typedValue } from './typed-value.ts'

export interface CsvOptions {
  /** `,` unless said. */
  readonly delimiter?: string
  /** The byte order mark by which Excel knows UTF-8; on unless said. */
  readonly bom?: boolean
}

/**
 * Quoted is whatever a reader might guess the delimiter to be, so that the guess is right, and the two beginnings of a file that Excel
 * takes for something else.
 */
const quoted = /[",;\t|\r\n]|^\s|\s$|^[Ss][Ee][Pp]=|^ID/

/** A CSV file in UTF-8 with lines as Excel writes them. Texts that could be formulas are guarded by an apostrophe. */
export function writeCsv(columns: readonly ExportColumn[], rows: Rows<ExportRow>, options: CsvOptions = {}): AsyncIterable<Uint8Array> {
  const { delimiter = ',', bom = true } = options
  if ([...delimiter].length !== 1 || /["\r\n]/.test(delimiter)) throw crmError('IMPORT_DELIMITER')
  return chunks(lines(columns, rows, delimiter, bom))
}

async function* lines(columns: readonly ExportColumn[], rows: Rows<ExportRow>, delimiter: string, bom: boolean): AsyncGenerator<string> {
  const line = (values: readonly TypedValue[]): string => {
    const cells = values.map((value) => quote(plainText(value), delimiter))
    // A line of nothing is no row.
    return `${cells.length === 1 && cells[0] === '' ? '""' : cells.join(delimiter)}\r\n`
  }
  yield (bom ? '\ufeff' : '') + line(columns.map(({ name }) => ({ kind: 'text', text: name })))
  for await (const row of rows) yield line(columns.map((column, index) => typedValue(column, row[index])))
}

function plainText(value: TypedValue): string {
  switch (value.kind) {
    case 'empty':
      return ''
    case 'text':
      return withGuard(value.text.replaceAll('\0', '\ufffd'))
    case 'number':
      return value.digits
    case 'boolean':
      return value.boolean ? 'TRUE' : 'FALSE'
    case 'date':
      return value.iso
  }
}

function quote(text: string, delimiter: string): string {
  return quoted.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text
}
