import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openTable } from '../../../packages/adapters/src/import/read/index.ts'
import { plainRows, readFile, refusal } from '../support/read-file.ts'
import { textRow, workbookOf, workbookParts } from '../support/workbook.ts'
import { zipOf } from '../support/zip.ts'

const rows = textRow(1, ['a', 'b']) + textRow(2, ['1', '2'])
const sheet = 'xl/worksheets/sheet1.xml'
const withSheet = (data: string, more: object = {}): Buffer => workbookOf({ rows, parts: [{ name: sheet, data, ...more }] })

describe('a bomb of an xlsx file', () => {
  it('attack:I03 refuses a small file that unpacks to a sheet of a hundred megabytes', async () => {
    const bomb = withSheet(`<worksheet><sheetData>${`<row>${'<c><v>1</v></c>'.repeat(100)}</row>`.repeat(66_000)}</sheetData></worksheet>`)
    expect(bomb.length).toBeLessThan(1_000_000)
    expect(await refusal(bomb)).toEqual({ code: 'IMPORT_RATIO', part: sheet, limit: 200 })
  })

  it('attack:I03 refuses by what is declared before anything is unpacked', async () => {
    const bomb = workbookOf({ rows, parts: [{ name: 'xl/media/image1.png', data: 'x', claims: 600 * 1024 * 1024 }] })
    expect(await refusal(bomb)).toEqual({ code: 'IMPORT_INFLATED', limit: 500 * 1024 * 1024 })
  })

  it('attack:I03 refuses by what is counted where less is declared', async () => {
    const data = `<worksheet><sheetData>${rows}</sheetData></worksheet>`
    expect(await refusal(withSheet(data, { claims: 20 }))).toEqual({ code: 'IMPORT_FILE_DAMAGED', part: sheet })
    expect(await refusal(withSheet(data, { claims: 2_000 }))).toEqual({ code: 'IMPORT_FILE_DAMAGED', part: sheet })
  })

  it('attack:I03 never unpacks a zip inside of a zip', async () => {
    const inner = zipOf([{ name: 'bomb', data: Buffer.alloc(50_000_000) }])
    expect(await plainRows(workbookOf({ rows, parts: [{ name: 'xl/embeddings/inner.zip', data: inner }] }))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })

  it('attack:I03 refuses 10,000 parts', async () => {
    const parts = Array.from({ length: 10_000 }, (_, index) => ({ name: `xl/${index}.xml`, data: '' }))
    expect(await refusal(workbookOf({ rows, parts }))).toEqual({ code: 'IMPORT_ENTRIES', limit: 2_000 })
  })

  it('attack:I03 does not believe in the rows and columns that a sheet claims', async () => {
    expect(
      await plainRows(withSheet(`<worksheet><dimension ref="A1:XFD1048576"/><sheetData>${rows}</sheetData></worksheet>`)),
    ).toHaveLength(2)
  })

  it('attack:I03 passes over a million rows without values, and stops at the limit', async () => {
    const empties = (count: number): Buffer =>
      workbookOf({ rows: rows + Array.from({ length: count }, (_, index) => `<row r="${index + 3}"/>`).join('') })
    expect((await readFile(empties(1_000_000))).rows).toHaveLength(1)
    expect(await refusal(empties(100), { limits: { rows: 101 } })).toEqual({ code: 'IMPORT_ROWS', limit: 101 })
  })

  it('attack:I03 counts shared strings each time they are shown', async () => {
    const strings = `<si><t>${'x'.repeat(30_000)}</t></si>`
    const many = Array.from({ length: 2_000 }, (_, index) => `<row r="${index + 3}"><c t="s"><v>0</v></c></row>`).join('')
    const limits = { inflatedBytes: 10_000_000 }
    expect(await refusal(workbookOf({ strings, rows: rows + many }), { limits })).toEqual({ code: 'IMPORT_INFLATED', limit: 10_000_000 })
  })

  it('attack:I03 refuses more shared strings than fit into memory, short ones too', async () => {
    const limits = { sharedStrings: 1_000 }
    const refused = { code: 'IMPORT_SHARED_STRINGS', limit: 1_000 }
    expect(await refusal(workbookOf({ rows, strings: `<si><t>${'x'.repeat(985)}</t></si>` }), { limits })).toEqual(refused)
    expect(await refusal(workbookOf({ rows, strings: '<si/>'.repeat(63) }), { limits })).toEqual(refused)
    expect((await readFile(workbookOf({ rows, strings: '<si/>'.repeat(62) }), { limits })).rows).toHaveLength(1)
  })

  it('attack:I03 gives up when the thread runs out of memory, and the host goes on', async () => {
    const strings = Array.from({ length: 300_000 }, (_, index) => `<si><t>text number ${index} of many</t></si>`).join('')
    expect(await refusal(workbookOf({ rows, strings }), { limits: { memory: 16 } })).toEqual({ code: 'IMPORT_MEMORY' })
    expect(await plainRows('a\n1\n')).toEqual([['a'], ['1']])
  })
})

describe('a hostile xlsx file', () => {
  it('attack:I04 refuses document types, and with them entities from outside and of a billion laughs', async () => {
    const refused = { code: 'IMPORT_FILE_FORBIDDEN', part: `${sheet}: DOCTYPE` }
    const outside = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    const laughs = '<!DOCTYPE worksheet [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY x "&b;&b;&b;">]>'
    for (const type of [outside, laughs, '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">']) {
      expect(await refusal(withSheet(`${type}<worksheet><sheetData><row><c t="str"><v>&x;</v></c></row></sheetData></worksheet>`))).toEqual(
        refused,
      )
    }
  })

  it('attack:I04 knows no entities but those of XML', async () => {
    const data = '<worksheet><sheetData><row><c t="str"><v>&x;</v></c></row></sheetData></worksheet>'
    expect(await refusal(withSheet(data))).toEqual({ code: 'IMPORT_FILE_DAMAGED', part: sheet })
  })

  it.each(['../../evil.xml', '/etc/evil.xml', 'C:/evil.xml', 'xl\\evil.xml'])('attack:I04 refuses a part called %s', async (name) => {
    expect(await refusal(workbookOf({ rows, parts: [{ name, data: 'x' }] }))).toMatchObject({ code: 'IMPORT_FILE_FORBIDDEN' })
  })

  it('attack:I04 refuses two parts of one name, however they are spelled', async () => {
    const file = zipOf([...workbookParts({ rows }), { name: 'XL/Worksheets/Sheet1.xml', data: '<worksheet/>' }])
    expect(await refusal(file)).toEqual({ code: 'IMPORT_FILE_FORBIDDEN', part: 'XL/Worksheets/Sheet1.xml' })
  })

  it('attack:I04 refuses a file with macros that is renamed', async () => {
    expect(await refusal(workbookOf({ rows, parts: [{ name: 'xl/vbaProject.bin', data: 'x' }] }))).toEqual({ code: 'IMPORT_FILE_MACROS' })
  })

  it('attack:I04 refuses encrypted parts', async () => {
    expect(await refusal(withSheet('<worksheet/>', { flags: 1 }))).toEqual({ code: 'IMPORT_FILE_ENCRYPTED' })
  })

  it.each(['TargetMode="External" Target="http://127.0.0.1:9/sheet.xml"', 'Target="../../../etc/passwd"'])(
    'attack:I04 refuses a sheet that is somewhere else: %s',
    async (target) => {
      const data = `<Relationships><Relationship Id="rId1" Type="x/worksheet" ${target}/></Relationships>`
      expect(await refusal(workbookOf({ rows, parts: [{ name: 'xl/_rels/workbook.xml.rels', data }] }))).toMatchObject({
        code: 'IMPORT_FILE_FORBIDDEN',
      })
    },
  )

  it('attack:I04 never opens links to other workbooks', async () => {
    const links = [
      { name: 'xl/externalLinks/externalLink1.xml', data: '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/"><externalLink/>' },
      { name: 'xl/connections.xml', data: '<connections><connection url="http://127.0.0.1:9/"/></connections>' },
    ]
    expect(await plainRows(workbookOf({ rows, parts: links }))).toHaveLength(2)
  })

  it.each([
    ['xl/workbook.xml', 'xl/workbook.xml'],
    [sheet, sheet],
    ['xl/_rels/workbook.xml.rels', 'xl/worksheets (Sheet1)'],
  ])('names the part that is missing: %s', async (missing, part) => {
    expect(await refusal(workbookOf({ rows, without: [missing] }))).toEqual({ code: 'IMPORT_FILE_DAMAGED', part })
  })

  it('refuses a shared string that is not there', async () => {
    const data = '<worksheet><sheetData><row><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>'
    expect(await refusal(withSheet(data))).toEqual({ code: 'IMPORT_FILE_DAMAGED', part: `${sheet} A1` })
  })

  it.each([
    ['rows that go backwards', textRow(2, ['a']) + textRow(1, ['b'])],
    ['a row number of no row', '<row r="x"><c><v>1</v></c></row>'],
    ['a cell beyond the last column of Excel', '<row><c r="ZZZZ1"><v>1</v></c></row>'],
    ['tags that do not match', '<row><c></row>'],
  ])('refuses %s', async (_, inner) => {
    expect(await refusal(withSheet(`<worksheet><sheetData>${inner}</sheetData></worksheet>`))).toMatchObject({
      code: 'IMPORT_FILE_DAMAGED',
    })
  })

  it('refuses tags that never end and nesting without end', async () => {
    const refused = { code: 'IMPORT_FILE_FORBIDDEN', part: sheet }
    const ratio = { limits: { ratio: 10_000 } }
    for (const data of [`<worksheet x="${'y'.repeat(1_200_000)}"/>`, `<worksheet><!--${'y'.repeat(1_200_000)}--></worksheet>`]) {
      expect(await refusal(withSheet(data), ratio)).toEqual(refused)
    }
    expect(await refusal(withSheet('<a>'.repeat(1_000)))).toEqual(refused)
  })

  it('refuses a file that is cut off, or changed anywhere, with a code, or reads it', async () => {
    const whole = workbookOf({ rows })
    expect((await refusal(whole.subarray(0, whole.length - 30))).code).toBe('IMPORT_FILE_DAMAGED')
    for (let at = 5; at < whole.length; at += Math.ceil(whole.length / 15)) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 0xff
      const outcome = await openTable({ bytes: changed }).then(
        async (table) => table.close().then(() => 'read'),
        (error: { code: string }) => error.code,
      )
      expect(outcome).toMatch(/^(read|IMPORT_\w+)$/)
    }
  })
})

describe('limits of an xlsx file', () => {
  const file = workbookOf({ rows: textRow(1, ['ab', 'c']) + textRow(2, ['12', '3']) + textRow(3, ['45', '6']) })

  it.each([
    ['bytes', file.length, { code: 'IMPORT_FILE_BYTES', limit: file.length - 1 }],
    ['entries', 7, { code: 'IMPORT_ENTRIES', limit: 6 }],
    ['rows', 3, { code: 'IMPORT_ROWS', limit: 2 }],
    ['columns', 2, { code: 'IMPORT_COLUMNS', row: 1, limit: 1 }],
    ['cellCharacters', 2, { code: 'IMPORT_CELL', cell: 'A1', limit: 1 }],
    ['rowCharacters', 3, { code: 'IMPORT_RECORD', row: 1, limit: 2 }],
  ])('%s: %i is enough and one less is not', async (limit, enough, refused) => {
    expect((await readFile(file, { limits: { [limit]: enough } })).rows).toHaveLength(2)
    expect(await refusal(file, { limits: { [limit]: enough - 1 } })).toEqual(refused)
  })

  it('inflatedBytes: the declared sum is enough and one less is not', async () => {
    const parts = workbookParts({ rows })
    const sum = parts.reduce((total, { data }) => total + Buffer.byteLength(data), 0)
    expect((await readFile(zipOf(parts), { limits: { inflatedBytes: sum } })).rows).toHaveLength(1)
    expect(await refusal(zipOf(parts), { limits: { inflatedBytes: sum - 1 } })).toEqual({ code: 'IMPORT_INFLATED', limit: sum - 1 })
  })

  it('ratio: what a part is packed by is enough and one less is not', async () => {
    const data = `<worksheet><sheetData>${rows}${'<row/>'.repeat(200_000)}</sheetData></worksheet>`
    const bomb = workbookOf({ parts: [{ name: sheet, data }] })
    const ratio = Math.ceil(data.length / deflateRawSync(data).length)
    expect((await readFile(bomb, { limits: { ratio } })).rows).toHaveLength(1)
    expect(await refusal(bomb, { limits: { ratio: ratio - 1 } })).toEqual({ code: 'IMPORT_RATIO', part: sheet, limit: ratio - 1 })
  })

  it('a shared string may be as long as a cell', async () => {
    const strings = (length: number): Buffer =>
      workbookOf({ rows: `${rows}<row><c t="s"><v>0</v></c></row>`, strings: `<si><t>${'x'.repeat(length)}</t></si>` })
    expect((await readFile(strings(100_000))).rows).toHaveLength(2)
    expect(await refusal(strings(100_001))).toEqual({ code: 'IMPORT_CELL', cell: 'sharedStrings 1', limit: 100_000 })
  })
})
