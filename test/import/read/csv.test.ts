import { describe, expect, it } from 'vitest'
import { plainRows, readFile, refusal } from '../support/read-file.ts'

describe('a CSV file', () => {
  it.each([
    [',', 'name,phone\nAda,1\nBob,2\n'],
    [';', 'name;price\nAda;1,5\nBob;2,5\n'],
    ['\t', 'name\tnote\nAda\ta, b; c\nBob\tx\n'],
    ['|', 'name|note\nAda|a,b\nBob|c,d\n'],
    [',', 'name\nAda\nBob\n'],
    [';', '"a,b";"c,d"\n1;2\n'],
  ])('has its delimiter found: %j', async (delimiter, text) => {
    expect((await readFile(text)).format).toEqual({ type: 'csv', encoding: 'utf-8', delimiter })
  })

  it('may name its delimiter in its first line, as Excel writes it', async () => {
    expect(await plainRows('sep=|\r\na,b|c\r\n1|2\r\n')).toEqual([
      ['a,b', 'c'],
      ['1', '2'],
    ])
    expect((await readFile('"sep=;"\r\nx\r\n')).columns).toEqual(['sep=;'])
    expect((await readFile('sep=;\na;b\n1;2\n')).rows.map(({ number }) => number)).toEqual([2])
  })

  it('is split by the delimiter that is asked for', async () => {
    expect(await plainRows('a,b;c\n1,2;3\n', { delimiter: ';' })).toEqual([
      ['a,b', 'c'],
      ['1,2', '3'],
    ])
    expect(await refusal('a,b\n', { delimiter: '"' })).toEqual({ code: 'IMPORT_DELIMITER' })
  })

  it.each(['\n', '\r\n', '\r'])('ends its lines with %j', async (end) => {
    expect(await plainRows(['a,b', '1,2', '3,4', ''].join(end))).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ])
  })

  it('may mix line ends, and needs none at its end', async () => {
    expect(await plainRows('a,b\r\n1,2\n3,4\r5,6')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ])
  })

  it('keeps quotes, delimiters and line breaks inside of quotes', async () => {
    expect(await plainRows('a,b\n"x ""y"", z","1\r\n2"\n')).toEqual([
      ['a', 'b'],
      ['x "y", z', '1\r\n2'],
    ])
  })

  it('reads a quote that stands in the middle of a text as a quote', async () => {
    expect(await plainRows('size,note\n5" pipe,x\n"a"b,y\n')).toEqual([
      ['size', 'note'],
      ['5" pipe', 'x'],
      ['"a"b', 'y'],
    ])
  })

  it('numbers rows as a spreadsheet does and leaves out those without values', async () => {
    const { columns, rows } = await readFile('\n,,\nname,phone\n\nAda,1\n,\n"Bob\n",2\nCid,3\n')
    expect(columns).toEqual(['name', 'phone'])
    expect(rows.map(({ number }) => number)).toEqual([5, 7, 8])
  })

  it('pads short rows, and keeps the cells of rows that are longer than the header', async () => {
    const late = Array.from({ length: 60 }, (_, index) => `${index},x`).join('\n')
    expect(await plainRows('a,b\n1\n')).toEqual([
      ['a', 'b'],
      ['1', null],
    ])
    const { columns, rows } = await readFile(`a,b\n1,2,3\n${late}\n1,2,3,4,5\n`)
    expect(columns).toEqual(['a', 'b', 'C'])
    expect(rows.at(-1)?.cells).toHaveLength(5)
  })

  it('keeps spaces, leading zeros and long numbers as they are written', async () => {
    expect(await plainRows('a,b,c\n 1 ,007,6222021234567890123\n')).toEqual([
      ['a', 'b', 'c'],
      [' 1 ', '007', '6222021234567890123'],
    ])
  })

  it('is handed out in small batches', async () => {
    const { batches, rows } = await readFile(`a\n${'1\n'.repeat(2_000)}`)
    expect(rows).toHaveLength(2_000)
    expect(batches).toBeGreaterThanOrEqual(4)
    const wide = `${'x'.repeat(30_000)}\n`
    expect((await readFile(`a\n${wide.repeat(30)}`)).batches).toBeGreaterThanOrEqual(3)
  })
})

describe('the header', () => {
  it('makes names distinct that are there twice, and says so', async () => {
    const { columns, notices } = await readFile('phone,phone,phone (2),phone\n1,2,3,4\n')
    expect(columns).toEqual(['phone', 'phone (3)', 'phone (2)', 'phone (4)'])
    expect(notices).toEqual([
      { code: 'IMPORT_COLUMN_REPEATED', params: { name: 'phone', column: 'phone (3)' } },
      { code: 'IMPORT_COLUMN_REPEATED', params: { name: 'phone', column: 'phone (4)' } },
    ])
  })

  it('calls a column without a name by its letter, and says so', async () => {
    const { columns, notices } = await readFile('name, ,C\n1,2,3,4\n')
    expect(columns).toEqual(['name', 'B', 'C', 'D'])
    expect(notices.map(({ params }) => params)).toEqual([
      { letter: 'B', column: 'B' },
      { letter: 'D', column: 'D' },
    ])
  })

  it('attack:I05 takes __proto__, constructor and two equal names for names, and loses no column', async () => {
    const rows = await plainRows('__proto__,constructor,toString,__proto__\n1,2,3,4\n')
    expect(rows).toEqual([
      ['__proto__', 'constructor', 'toString', '__proto__ (2)'],
      ['1', '2', '3', '4'],
    ])
  })
})

describe('a hostile CSV file', () => {
  it('attack:I05 names the row whose quote is never closed', async () => {
    expect(await refusal('a,b\n1,2\n3,"4\n5,6\n7,8\n')).toEqual({ code: 'IMPORT_QUOTE_OPEN', row: 3 })
  })

  it('attack:I05 refuses a file that is one endless line, whatever is on it', async () => {
    const limits = { rowCharacters: 100_000 }
    const refused = { code: 'IMPORT_RECORD', row: 2, limit: 100_000 }
    expect(await refusal(`a\n${'x'.repeat(1_000_000)}`, { limits })).toEqual(refused)
    expect(await refusal(`a\n"${'x\n'.repeat(500_000)}`, { limits })).toEqual(refused)
    expect(await refusal(`a\n${','.repeat(1_000_000)}`, { limits })).toEqual(refused)
  })

  it('attack:I05 names the cell that holds a zero byte', async () => {
    expect(await refusal(`a,b\n1,2\n3,4\0\n${'5,6\n'.repeat(100)}`)).toEqual({ code: 'IMPORT_CHARACTER', cell: 'B3' })
  })

  it('attack:I05 keeps a byte order mark in the middle as part of its text', async () => {
    expect(await plainRows('\ufeffa,b\n1,2\n\ufeff3,4\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['\ufeff3', '4'],
    ])
  })

  it('attack:I05 refuses 20,000 columns', async () => {
    expect(await refusal(`${Array.from({ length: 20_000 }, (_, index) => `c${index}`).join(',')}\n`)).toEqual({
      code: 'IMPORT_COLUMNS',
      row: 1,
      limit: 500,
    })
  })
})

describe('limits of a CSV file', () => {
  const file = 'ab,c\n12,3\n45,6\n'

  it.each([
    ['bytes', 15, { code: 'IMPORT_FILE_BYTES', limit: 14 }],
    ['rows', 3, { code: 'IMPORT_ROWS', limit: 2 }],
    ['columns', 2, { code: 'IMPORT_COLUMNS', row: 1, limit: 1 }],
    ['cellCharacters', 2, { code: 'IMPORT_CELL', cell: 'A1', limit: 1 }],
    ['rowCharacters', 3, { code: 'IMPORT_RECORD', row: 1, limit: 2 }],
    ['inflatedBytes', 9, { code: 'IMPORT_INFLATED', limit: 8 }],
  ])('%s: %i is enough and one less is not', async (limit, enough, refused) => {
    expect((await readFile(file, { limits: { [limit]: enough } })).rows).toHaveLength(2)
    expect(await refusal(file, { limits: { [limit]: enough - 1 } })).toEqual(refused)
  })
})
