import { expect, it } from 'vitest'
import { gb18030 } from '../support/gb18030.ts'
import { plainRows, readFile, refusal } from '../support/read-file.ts'

const text = '名称,电话\n蓝海科技（上海）,138\n镕基,139\n'
const rows = [
  ['名称', '电话'],
  ['蓝海科技（上海）', '138'],
  ['镕基', '139'],
]
const utf16be = (content: string): Buffer => Buffer.from(`\ufeff${content}`, 'utf16le').swap16()

it.each([
  ['utf-8', Buffer.from(text)],
  ['utf-8', Buffer.from(`\ufeff${text}`)],
  ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['utf-16be', utf16be(text)],
  ['gb18030', gb18030(text)],
])('reads %s', async (encoding, bytes) => {
  const { format } = await readFile(bytes)
  expect(format.encoding).toBe(encoding)
  expect(await plainRows(bytes)).toEqual(rows)
})

it('finds Chinese text behind megabytes of ASCII', async () => {
  const ascii = `${'Ada '.repeat(500)},1\n`.repeat(1_200)
  const read = await readFile(Buffer.concat([Buffer.from(`name,phone\n${ascii}`), gb18030('蓝海,2\n')]))
  expect(read.format.encoding).toBe('gb18030')
  expect(read.rows.at(-1)?.cells[0]).toEqual({ kind: 'text', text: '蓝海' })
})

it.each([1, 2, 3])('joins characters that a piece of the file cuts in two, shifted by %i', async (shift) => {
  const long = `a\n${'x'.repeat(shift)}\n${`${'蓝海😀'.repeat(300)}\n`.repeat(900)}`
  const utf8 = await readFile(Buffer.from(long))
  expect(utf8.format.encoding).toBe('utf-8')
  expect(new Set(utf8.rows.slice(1).map(({ cells }) => JSON.stringify(cells))).size).toBe(1)
  const gb = await readFile(gb18030(`a\n${'x'.repeat(shift)}\n${`${'蓝海'.repeat(300)}\n`.repeat(900)}`))
  expect(new Set(gb.rows.slice(1).map(({ cells }) => JSON.stringify(cells)))).toEqual(
    new Set([`[{"kind":"text","text":"${'蓝海'.repeat(300)}"}]`]),
  )
})

it('reads European text that is nothing else as Windows-1252, and says so', async () => {
  const {
    format,
    notices,
    rows: read,
  } = await readFile(Buffer.from('name;city\nMüller;Köln\nDvorák;Žilina €\n'.replace('Ž', '\x8e').replace('€', '\x80'), 'latin1'))
  expect(format.encoding).toBe('windows-1252')
  expect(notices).toEqual([{ code: 'IMPORT_ENCODING_GUESSED', params: { encoding: 'Windows-1252' } }])
  expect(read.map(({ cells }) => cells.map((cell) => (cell.kind === 'text' ? cell.text : '')))).toEqual([
    ['Müller', 'Köln'],
    ['Dvorák', 'Žilina €'],
  ])
})

it('reads the encoding that is asked for', async () => {
  const bytes = Buffer.from('name\nM\xfcller\n', 'latin1')
  expect(await plainRows(bytes, { encoding: 'windows-1252' })).toEqual([['name'], ['Müller']])
  expect(await plainRows(Buffer.from(text, 'utf16le'), { encoding: 'utf-16le' })).toEqual(rows)
  expect(await plainRows(gb18030(text), { encoding: 'GBK' })).toEqual(rows)
  expect(await refusal(text, { encoding: 'klingon' })).toEqual({ code: 'IMPORT_ENCODING_UNKNOWN', encoding: 'klingon' })
})

it('attack:I05 names the line where encodings are mixed', async () => {
  const mixed = Buffer.concat([Buffer.from(text), gb18030('蓝海,2\n'), Buffer.from(text)])
  expect(await refusal(mixed)).toEqual({ code: 'IMPORT_ENCODING', encoding: 'UTF-8', line: 4 })
  expect(await refusal(Buffer.concat([Buffer.from('\ufeffa,b\n'), gb18030(text)]))).toMatchObject({ code: 'IMPORT_ENCODING', line: 2 })
  const broken = Buffer.concat([gb18030(text), Buffer.from([0xff, 0x0a])])
  expect(await refusal(broken, { encoding: 'gb18030' })).toEqual({ code: 'IMPORT_ENCODING', encoding: 'gb18030', line: 4 })
})

it('attack:I05 refuses UTF-16 without its mark instead of guessing', async () => {
  const english = 'name,phone\nAda,1\nBob,2\n'
  expect(await refusal(Buffer.from(english, 'utf16le'))).toMatchObject({ code: 'IMPORT_ENCODING_UNKNOWN' })
  expect(await refusal(Buffer.from(english, 'utf16le').swap16())).toMatchObject({ code: 'IMPORT_ENCODING_UNKNOWN' })
})
