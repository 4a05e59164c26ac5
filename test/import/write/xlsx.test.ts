import { describe, expect, it } from 'vitest'
import { type ExportColumn, type ExportRow, writeXlsx } from '../../../packages/adapters/src/import/write/index.ts'
import { bytesOf } from '../support/collect.ts'
import { readFile } from '../support/read-file.ts'
import { unzip } from '../support/zip.ts'

const columns: readonly ExportColumn[] = [
  { name: '名称', type: 'text' },
  { name: 'price', type: 'money' },
  { name: 'at', type: 'datetime' },
]
const sheetOf = async (rows: readonly ExportRow[]): Promise<string> =>
  unzip(await bytesOf(writeXlsx('S', columns, rows)))['xl/worksheets/sheet1.xml'] ?? ''

describe('an xlsx export', () => {
  it('has a bold first row that stays in sight', async () => {
    const parts = unzip(await bytesOf(writeXlsx('S', columns, [])))
    expect(parts['xl/worksheets/sheet1.xml']).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
    expect(parts['xl/worksheets/sheet1.xml']).toContain('<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">名称</t></is></c>')
    expect(parts['xl/styles.xml']).toContain('<font><b/>')
  })

  it('attack:I01 writes texts as texts, marked so that editing makes no formula of them', async () => {
    const sheet = await sheetOf([
      ['=1+1', -5, null],
      ['plain', '=1', null],
    ])
    expect(sheet).toContain('<c r="A2" s="3" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>')
    expect(sheet).toContain('<c r="B2" s="7"><v>-5</v></c>')
    expect(sheet).toContain('<c r="A3" s="2" t="inlineStr"><is><t xml:space="preserve">plain</t></is></c>')
    expect(sheet).toContain('<c r="B3" s="3" t="inlineStr"><is><t xml:space="preserve">=1</t></is></c>')
    expect(sheet).not.toContain('<f>')
  })

  it('writes times as numbers that a spreadsheet shows as times, and impossible ones as text', async () => {
    const { rows } = await readFile(
      await bytesOf(
        writeXlsx('S', columns, [
          ['a', 1, '2026-03-16 12:00:00'],
          ['b', 1, '2026-03-16T06:00'],
          ['c', 1, '2026-02-30 06:00'],
          ['d', 1, '1900-01-01 06:00'],
        ]),
      ),
    )
    expect(rows.map(({ cells }) => cells[2])).toEqual([
      { kind: 'number', number: 46097.5, date: true },
      { kind: 'number', number: 46097.25, date: true },
      { kind: 'text', text: '2026-02-30 06:00' },
      { kind: 'text', text: '1900-01-01 06:00' },
    ])
  })

  it('writes a number that Excel would round as text', async () => {
    const { rows } = await readFile(
      await bytesOf(
        writeXlsx('S', columns, [
          ['a', '123456789012345.00'],
          ['b', '123456789012.34'],
          ['c', '-0.000000000001234'],
        ]),
      ),
    )
    expect(rows.map(({ cells }) => cells[1])).toEqual([
      { kind: 'text', text: '123456789012345.00' },
      { kind: 'number', number: 123456789012.34, date: false },
      { kind: 'number', number: -0.000000000001234, date: false },
    ])
  })

  it.each([
    ['a/b:c*d?[e]\\f', 'a b c d  e  f'],
    ["'quoted'", 'quoted'],
    ['', 'Sheet1'],
    ['<&">', '<&">'],
    ['x'.repeat(40), 'x'.repeat(31)],
    [`${'x'.repeat(30)}😀`, 'x'.repeat(30)],
    ['a\r\nb\0', 'a  b'],
  ])('calls its sheet by a name that Excel takes: %j', async (name, written) => {
    expect((await readFile(await bytesOf(writeXlsx(name, columns, [['a']])))).sheets).toEqual([written])
  })

  it('refuses a text that Excel could not open, and names its place', async () => {
    await expect(bytesOf(writeXlsx('S', columns, [['x'.repeat(32_767)]]))).resolves.toBeInstanceOf(Buffer)
    await expect(bytesOf(writeXlsx('S', columns, [['a'], ['x'.repeat(32_768)]]))).rejects.toMatchObject({
      code: 'EXPORT_CELL',
      params: { row: 3, column: '名称', limit: 32_767 },
    })
  })

  it('refuses more rows than Excel has', async () => {
    const none: readonly ExportColumn[] = []
    function* rows(count: number): Generator<ExportRow> {
      for (let index = 0; index < count; index += 1) yield []
    }
    await expect(bytesOf(writeXlsx('S', none, rows(1_048_576)))).rejects.toMatchObject({ code: 'EXPORT_ROWS' })
  })

  it('is the same bytes for the same rows', async () => {
    const rows: ExportRow[] = [['蓝海', 1, '2026-03-16 12:00']]
    expect(await bytesOf(writeXlsx('S', columns, rows))).toEqual(await bytesOf(writeXlsx('S', columns, rows)))
  })

  it('fails with the error of its rows', async () => {
    async function* rows(): AsyncGenerator<ExportRow> {
      yield ['a']
      throw new Error('the database went away')
    }
    await expect(bytesOf(writeXlsx('S', columns, rows()))).rejects.toThrow('the database went away')
  })

  it('lets go of its rows when it is left early', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    let made = 0
    async function* rows(): AsyncGenerator<ExportRow> {
      try {
        for (; ; made += 1) yield [`row ${made} ${Math.sin(made)}`]
      } finally {
        resolve()
      }
    }
    for await (const _ of writeXlsx('S', columns, rows())) if (made > 10_000) break
    await closed
  })
})
