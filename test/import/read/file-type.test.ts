import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFile, refusal } from '../support/read-file.ts'
import { textRow, workbookOf } from '../support/workbook.ts'
import { zipOf } from '../support/zip.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-type-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** An OLE container whose directory names one stream. */
function compoundFile(stream: string): Buffer {
  const bytes = Buffer.alloc(2048)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(1, 48)
  bytes.write('Root Entry', 1024, 'utf16le')
  bytes.write(stream, 1152, 'utf16le')
  return bytes
}

describe('the type of a file', () => {
  it('is told by its content, never by its name', async () => {
    const path = join(folder, 'table.csv')
    await writeFile(path, workbookOf({ rows: textRow(1, ['a']) + textRow(2, ['1']) }))
    expect((await readFile({ path })).format.type).toBe('xlsx')
    const other = join(folder, 'table.xlsx')
    await writeFile(other, 'a\n1\n')
    expect((await readFile({ path: other })).format.type).toBe('csv')
  })

  it.each([
    ['an old Excel file', compoundFile('Workbook'), 'IMPORT_FILE_OLD_EXCEL'],
    ['a cut-off old Excel file', compoundFile('Workbook').subarray(0, 100), 'IMPORT_FILE_OLD_EXCEL'],
    ['attack:I04 an xlsx with a password', compoundFile('EncryptedPackage'), 'IMPORT_FILE_ENCRYPTED'],
    [
      'a binary workbook',
      workbookOf({
        parts: [
          {
            name: '_rels/.rels',
            data: '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
          },
        ],
      }),
      'IMPORT_FILE_OLD_EXCEL',
    ],
    ['a zip of something else', zipOf([{ name: 'word/document.xml', data: '<w/>' }]), 'IMPORT_FILE_TYPE'],
    ['an empty zip', zipOf([]), 'IMPORT_FILE_TYPE'],
    ['a PDF', Buffer.from('%PDF-1.7\nabc'), 'IMPORT_FILE_TYPE'],
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'IMPORT_FILE_TYPE'],
    ['some other binary', Buffer.from([1, 0, 0, 7, 0, 0, 0, 9, 0, 8, 0, 0]), 'IMPORT_FILE_TYPE'],
    ['a web page that calls itself .xls', Buffer.from('\n<html><table><tr><td>a</td></tr></table></html>'), 'IMPORT_FILE_TYPE'],
    ['XML', Buffer.from('\ufeff<?xml version="1.0"?><Workbook/>'), 'IMPORT_FILE_TYPE'],
    ['nothing', Buffer.alloc(0), 'IMPORT_FILE_EMPTY'],
    ['blank lines', Buffer.from('\n\r\n,,,\n'), 'IMPORT_FILE_EMPTY'],
    ['an empty sheet', workbookOf({ rows: '' }), 'IMPORT_FILE_EMPTY'],
  ])('%s is refused', async (_, bytes, code) => {
    expect((await refusal(bytes)).code).toBe(code)
  })

  it('needs a file that is there and is a file', async () => {
    expect(await refusal({ path: join(folder, 'missing.csv') })).toEqual({ code: 'IMPORT_FILE_UNREADABLE', reason: 'ENOENT' })
    expect(await refusal({ path: folder })).toEqual({ code: 'IMPORT_FILE_UNREADABLE', reason: 'not a file' })
  })
})
