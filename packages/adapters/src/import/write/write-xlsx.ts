import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { chunks } from './chunks.ts'
import type { ExportColumn, ExportRow, Rows } from './column.ts'
import { contentTypes, packageRelationships, workbook, workbookRelationships } from './xlsx/parts.ts'
import { sheetXml } from './xlsx/sheet.ts'
import { stylesOf } from './xlsx/styles.ts'

/** The same rows make the same bytes, whenever they are written. */
const entry = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 }

/** An xlsx file with one sheet. Texts stay texts, however much they look like formulas; numbers and dates are what they are. */
export async function* writeXlsx(sheetName: string, columns: readonly ExportColumn[], rows: Rows<ExportRow>): AsyncGenerator<Uint8Array> {
  const styles = stylesOf(columns)
  const zip = new ZipFile()
  const add = (part: string, xml: string): void => zip.addBuffer(Buffer.from(xml), part, entry)
  add('[Content_Types].xml', contentTypes)
  add('_rels/.rels', packageRelationships)
  add('xl/workbook.xml', workbook(sheetName))
  add('xl/_rels/workbook.xml.rels', workbookRelationships)
  add('xl/styles.xml', styles.xml)
  const sheet = Readable.from(chunks(sheetXml(columns, rows, styles)), { objectMode: false })
  const output = zip.outputStream as Readable
  const fail = (error: Error): void => void output.destroy(error)
  sheet.on('error', fail)
  zip.on('error', fail)
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', entry)
  zip.end()
  try {
    yield* output as AsyncIterable<Uint8Array>
  } finally {
    sheet.destroy()
  }
}
