import { describe, expect, it } from 'vitest'
import { plain, plainRows, readFile, refusal } from '../support/read-file.ts'
import { textRow, workbookOf } from '../support/workbook.ts'

const header = textRow(1, ['a', 'b', 'c'])

/** Cells of the second row of a sheet. */
async function secondRow(cells: string, more: Partial<Parameters<typeof workbookOf>[0]> = {}) {
  const { rows } = await readFile(workbookOf({ rows: `${header}<row r="2">${cells}</row>`, ...more }))
  return rows[0]?.cells
}

describe('a cell of an xlsx file', () => {
  it('is a text, shared, inline or rich, without how to pronounce it', async () => {
    const strings = '<si><t>蓝海</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh sb="0" eb="1"><t>lan</t></rPh></si>'
    const cells =
      '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>'
    expect((await secondRow(cells, { strings }))?.map(plain)).toEqual(['蓝海', 'rich text', 'inline'])
  })

  it('is a number, a boolean, an error or empty', async () => {
    const cells =
      '<c r="A2"><v>-1.5E3</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="e"><v>#N/A</v></c><c r="D2" s="1"/><c r="E2"><v>0.1</v></c>'
    expect(await secondRow(cells)).toEqual([
      { kind: 'number', number: -1500, date: false },
      { kind: 'boolean', boolean: true },
      { kind: 'error', text: '#N/A' },
      { kind: 'empty' },
      { kind: 'number', number: 0.1, date: false },
    ])
  })

  it('attack:I12 is a formula with the value last computed, and nothing is computed', async () => {
    const cells =
      '<c r="A2"><f>1+1</f><v>3</v></c><c r="B2" t="str"><f>HYPERLINK("javascript:alert(1)","x")</f><v>x</v></c>' +
      '<c r="C2" s="1"><f>TODAY()</f><v>46097</v></c><c r="D2"><f t="shared" si="0"/><v>4</v></c><c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="F2"><f>A1</f></c>'
    expect(await secondRow(cells, { formats: [0, 14] })).toEqual([
      { kind: 'formula', formula: '1+1', cached: 3 },
      { kind: 'formula', formula: 'HYPERLINK("javascript:alert(1)","x")', cached: 'x' },
      { kind: 'formula', formula: 'TODAY()', cached: 46097, date: true },
      { kind: 'formula', formula: '', cached: 4 },
      { kind: 'error', text: '#DIV/0!' },
      { kind: 'formula', formula: 'A1', cached: null },
    ])
  })

  it('attack:I12 is its text where it is a link, whatever the link leads to', async () => {
    const sheet = {
      name: 'Sheet1',
      rows: `${header}${textRow(2, ['click'])}`,
      after: '<hyperlinks><hyperlink ref="A2" r:id="rId1"/></hyperlinks>',
    }
    const link =
      '<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/></Relationships>'
    const file = workbookOf({ sheets: [sheet], parts: [{ name: 'xl/worksheets/_rels/sheet1.xml.rels', data: link }] })
    expect((await readFile(file)).rows[0]?.cells[0]).toEqual({ kind: 'text', text: 'click' })
  })

  it('has the characters back that XML cannot hold', async () => {
    const cells = '<c t="inlineStr"><is><t>a_x000D_b_x005F_x0041_ &lt;&amp;&#x4e2d;</t></is></c>'
    expect((await secondRow(cells))?.map(plain)).toEqual(['a\rb_x0041_ <&中', null, null])
  })

  it('stands where its reference says, or after the one before', async () => {
    expect((await secondRow('<c r="C2"><v>3</v></c><c r="A2"><v>1</v></c>'))?.map(plain)).toEqual([1, null, 3])
    expect((await secondRow('<c><v>1</v></c><c><v>2</v></c>'))?.map(plain)).toEqual([1, 2, null])
  })

  it('is shown in the first cell where cells are merged', async () => {
    const rows = `${header}${textRow(2, ['over three'])}`
    const file = workbookOf({ sheets: [{ name: 'S', rows, after: '<mergeCells><mergeCell ref="A2:C2"/></mergeCells>' }] })
    expect((await plainRows(file))[1]).toEqual(['over three', null, null])
  })
})

describe('a date of an xlsx file', () => {
  /** Whether a number is a date in each of these formats, all in one file. */
  async function datesIn(fixture: { formats: number[]; numberFormats?: string }): Promise<boolean[]> {
    const cells = fixture.formats.map((_, index) => `<c s="${index}"><v>46097.5</v></c>`).join('')
    const found = (await secondRow(cells, fixture)) ?? []
    return found.slice(0, fixture.formats.length).map((cell) => cell.kind === 'number' && cell.number === 46097.5 && cell.date)
  }

  it('is known by the built-in formats for dates and times, East Asian ones included', async () => {
    expect(await datesIn({ formats: [14, 17, 22, 27, 36, 45, 47, 50, 58] })).not.toContain(false)
    expect(await datesIn({ formats: [0, 1, 2, 9, 10, 11, 13, 23, 37, 44, 48, 49] })).not.toContain(true)
  })

  it('is told by a custom format', async () => {
    const codes: [string, boolean][] = [
      ['yyyy-mm-dd', true],
      ['yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;', true],
      ['[$-804]aaaa, d', true],
      ['[h]:mm', true],
      ['上午/下午 h', true],
      ['General', false],
      ['0.00', false],
      ['#,##0.00 &quot;days&quot;', false],
      ['[Red]0', false],
      ['[$USD] 0', false],
      ['0.00E+00', false],
      ['0\\d', false],
      ['0_m', false],
    ]
    const numberFormats = codes.map(([code], index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`).join('')
    const found = await datesIn({ formats: codes.map((_, index) => 164 + index), numberFormats })
    expect(codes.map(([code], index) => [code, found[index]])).toEqual(codes)
  })

  it('counts from 1899-12-30 whatever the workbook counts from', async () => {
    const cells = '<c s="1"><v>1</v></c><c s="1"><v>59</v></c><c s="1"><v>61</v></c><c s="1"><v>0.25</v></c>'
    const formats = [0, 14]
    expect((await secondRow(cells, { formats }))?.map(plain)).toEqual([2, 60, 61, 0.25])
    expect((await secondRow('<c s="1"><v>44635</v></c><c><v>5</v></c>', { formats, since1904: true }))?.map(plain)).toEqual([
      46097,
      5,
      null,
    ])
  })

  it('may be written as text', async () => {
    expect(await secondRow('<c t="d"><v>2026-03-16T12:00:00</v></c><c t="d"><v>2026-03-16</v></c>')).toEqual([
      { kind: 'number', number: 46097.5, date: true },
      { kind: 'number', number: 46097, date: true },
      { kind: 'empty' },
    ])
  })
})

describe('a sheet of an xlsx file', () => {
  const sheets = [
    { name: 'Notes', rows: textRow(1, ['secret']), state: 'hidden' },
    { name: '客户', rows: textRow(1, ['name']) + textRow(2, ['Ada']) },
    { name: 'Other', rows: textRow(1, ['other']) + textRow(2, ['x']) },
  ]

  it('is the first that is not hidden, though hidden ones can be chosen', async () => {
    const file = workbookOf({ sheets })
    const read = await readFile(file)
    expect([read.sheet, read.sheets, read.columns]).toEqual(['客户', ['Notes', '客户', 'Other'], ['name']])
    expect((await readFile(file, { sheet: 'Other' })).columns).toEqual(['other'])
    expect((await readFile(file, { sheet: 'Notes' })).columns).toEqual(['secret'])
    expect(await refusal(file, { sheet: 'None' })).toEqual({ code: 'IMPORT_SHEET_UNKNOWN', sheet: 'None' })
  })

  it('is no chart', async () => {
    const links =
      '<Relationships><Relationship Id="rId1" Type="x/chartsheet" Target="c.xml"/><Relationship Id="rId2" Type="x/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="x/worksheet" Target="worksheets/sheet3.xml"/></Relationships>'
    const file = workbookOf({ sheets, parts: [{ name: 'xl/_rels/workbook.xml.rels', data: links }] })
    expect((await readFile(file)).sheets).toEqual(['客户', 'Other'])
  })

  it('keeps the numbers of its rows and leaves out those without values', async () => {
    const rows = `<row r="1"/><row r="3"><c r="A3" s="1"/></row>${textRow(4, ['a', 'b'])}<row><c r="A5"><v>1</v></c></row><row r="900000"><c r="B900000"><v>2</v></c></row>`
    const read = await readFile(workbookOf({ rows }))
    expect(read.columns).toEqual(['a', 'b'])
    expect(read.rows.map(({ number, cells }) => [number, ...cells.map(plain)])).toEqual([
      [5, 1, null],
      [900_000, null, 2],
    ])
  })

  it('says which of its columns are hidden, and reads them', async () => {
    const before = '<cols><col min="1" max="1" hidden="0"/><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="true"/></cols>'
    const { notices, columns } = await readFile(
      workbookOf({ sheets: [{ name: 'S', before, rows: header + textRow(2, ['1', '2', '3', '4']) }] }),
    )
    expect(columns).toEqual(['a', 'b', 'c', 'D'])
    expect(notices).toContainEqual({ code: 'IMPORT_COLUMNS_HIDDEN', params: { columns: 'B, D' } })
  })

  it('may have prefixed names, as some programs write them', async () => {
    const data =
      '<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    expect(await plainRows(workbookOf({ parts: [{ name: 'xl/worksheets/sheet1.xml', data }] }))).toEqual([['a'], [1]])
  })

  it('may be in UTF-16, and its file without styles and shared strings', async () => {
    const data = Buffer.from(
      '\ufeff<worksheet><sheetData><row><c t="str"><v>蓝海</v></c></row><row><c><v>1</v></c></row></sheetData></worksheet>',
      'utf16le',
    )
    const file = workbookOf({
      parts: [{ name: 'xl/worksheets/sheet1.xml', data }],
      without: ['xl/styles.xml', 'xl/sharedStrings.xml', '_rels/.rels'],
    })
    expect(await plainRows(file)).toEqual([['蓝海'], [1]])
  })
})
