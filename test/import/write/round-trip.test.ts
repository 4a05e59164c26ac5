import { array, assert, asyncProperty, boolean, constantFrom, date, double, integer, option, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ExportColumn, type ExportRow, writeCsv, writeXlsx } from '../../../packages/adapters/src/import/write/index.ts'
import { hostileText } from '../support/arbitrary-text.ts'
import { bytesOf } from '../support/collect.ts'
import { plain, readFile } from '../support/read-file.ts'

const texts: readonly ExportColumn[] = ['a', 'b', 'c'].map((name) => ({ name, type: 'text' }))
const row = tuple(hostileText, hostileText, hostileText)
/** Many texts a file, because every file starts a thread. */
const rowsOfTexts = array(row, { minLength: 1, maxLength: 150, size: 'max' })
/** Making a failure smaller would take a thread for each try. */
const runs = { numRuns: 12, endOnFailure: true }

/** What a reader can give back: empty texts are empty cells, and rows without values are no rows. */
const readable = (rows: readonly (readonly string[])[]): (string | null)[][] =>
  rows.filter((texts) => texts.some((text) => text !== '')).map((texts) => texts.map((text) => (text === '' ? null : text)))

async function readBack(bytes: Buffer) {
  const { format, rows } = await readFile(bytes)
  return { format, texts: rows.map(({ cells }) => cells.map(plain)) }
}

describe('an export read again', () => {
  it('attack:I02 is the same texts, as CSV with any delimiter', async () => {
    const delimiters = constantFrom(',', ';', '\t', '|')
    await assert(
      asyncProperty(rowsOfTexts, delimiters, boolean(), async (rows, delimiter, bom) => {
        const { format, texts: read } = await readBack(await bytesOf(writeCsv(texts, rows, { delimiter, bom })))
        expect(format).toEqual({ type: 'csv', encoding: 'utf-8', delimiter })
        expect(read).toEqual(readable(rows))
      }),
      runs,
    )
  })

  it('attack:I02 is the same texts, as xlsx', async () => {
    await assert(
      asyncProperty(rowsOfTexts, async (rows) => {
        expect((await readBack(await bytesOf(writeXlsx('客户', texts, rows)))).texts).toEqual(readable(rows))
      }),
      runs,
    )
  })

  it('attack:I02 is the same texts when there is one column only', async () => {
    const [column] = texts
    const columns = column ? [column] : []
    await assert(
      asyncProperty(array(hostileText, { maxLength: 30 }), async (values) => {
        const rows = values.map((value) => [value])
        expect((await readBack(await bytesOf(writeCsv(columns, [['first'], ...rows])))).texts).toEqual([['first'], ...readable(rows)])
      }),
      runs,
    )
  })

  it('attack:I02 is the same numbers, amounts, dates and booleans, as xlsx', async () => {
    const columns: readonly ExportColumn[] = [
      { name: 'number', type: 'number' },
      { name: 'money', type: 'money' },
      { name: 'day', type: 'date' },
      { name: 'yes', type: 'boolean' },
    ]
    const days = date({ min: new Date('1900-03-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true })
    const amounts = integer({ min: -1e14, max: 1e14 }).map((cents) => (cents / 100).toFixed(2))
    const values = tuple(double({ noDefaultInfinity: true, noNaN: true }), amounts, days, option(boolean()))
    await assert(
      asyncProperty(array(values, { minLength: 1, maxLength: 150, size: 'max' }), async (drawn) => {
        const rows = drawn.map(([number, money, day, yes]): ExportRow => [number, money, day.toISOString().slice(0, 10), yes])
        const { rows: read } = await readFile(await bytesOf(writeXlsx('x', columns, rows)))
        const seen = read.map(({ cells }) => cells.map((cell) => (cell.kind === 'number' && cell.date ? dayOf(cell.number) : plain(cell))))
        expect(seen).toEqual(rows.map(([number, money, day, yes]) => [Number(number) + 0, Number(money) + 0, day, yes]))
      }),
      runs,
    )
  })
})

function dayOf(days: number): string {
  return new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10)
}
