import { describe, expect, it } from 'vitest'
import { type ExportColumn, type ExportRow, writeCsv } from '../../../packages/adapters/src/import/write/index.ts'
import { bytesOf } from '../support/collect.ts'

const columns: readonly ExportColumn[] = [
  { name: '名称', type: 'text' },
  { name: 'price', type: 'money' },
  { name: 'day', type: 'date' },
  { name: 'yes', type: 'boolean' },
]

async function csv(rows: readonly ExportRow[], options?: Parameters<typeof writeCsv>[2]): Promise<string> {
  return (await bytesOf(writeCsv(columns, rows, options))).toString('utf8')
}

describe('a CSV export', () => {
  it('begins with a byte order mark and ends its lines as Excel does', async () => {
    expect(await csv([['Ada', '12.50', '2026-03-16', true]])).toBe('\ufeff名称,price,day,yes\r\nAda,12.50,2026-03-16,TRUE\r\n')
    expect(await csv([['Ada', 1, null, undefined]], { bom: false, delimiter: ';' })).toBe('名称;price;day;yes\r\nAda;1;;\r\n')
  })

  it('attack:I01 guards texts, and numbers and dates stay what they are', async () => {
    const rows: ExportRow[] = [
      ['=1+1', -5, '2026-03-16', null],
      ['-5', '-5.50', '=now()', null],
      ['+86 138', '-5x', '-1', null],
    ]
    expect((await csv(rows, { bom: false })).split('\r\n').slice(1)).toEqual([
      "'=1+1,-5,2026-03-16,",
      "'-5,-5.50,'=now(),",
      "'+86 138,'-5x,'-1,",
      '',
    ])
  })

  it('attack:I01 guards the names of columns', async () => {
    const file = writeCsv([{ name: '=cmd|x', type: 'text' }], [], { bom: false })
    expect((await bytesOf(file)).toString()).toBe(`"'=cmd|x"\r\n`)
  })

  it('quotes whatever a reader could take for a delimiter or an end', async () => {
    const rows = ['a,b', 'a;b', 'a\tb', 'a|b', 'a"b', 'a\nb', ' a', 'sep=;', 'ID'].map((text): ExportRow => [text])
    const lines = (await csv(rows, { bom: false })).split('\r\n').slice(1, -1)
    expect(lines.map((line) => line.slice(0, -3))).toEqual([
      '"a,b"',
      '"a;b"',
      '"a\tb"',
      '"a|b"',
      '"a""b"',
      '"a\nb"',
      '" a"',
      '"sep=;"',
      '"ID"',
    ])
  })

  it('refuses a delimiter that is none', () => {
    expect(() => writeCsv(columns, [], { delimiter: '' })).toThrow('IMPORT_DELIMITER')
    expect(() => writeCsv(columns, [], { delimiter: '\n' })).toThrow('IMPORT_DELIMITER')
  })

  it('takes rows only as fast as it is read', async () => {
    let made = 0
    function* rows(): Generator<ExportRow> {
      for (;;) {
        made += 1
        yield ['x'.repeat(1_000)]
      }
    }
    for await (const _ of writeCsv(columns, rows())) break
    expect(made).toBeLessThan(100)
  })
})
