import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { records } from '../../src/import/read/csv/records.ts'

const limits = { rowCharacters: 1_000 }

/** What makes records, what stands in cells, and texts that mean something to a parser. */
const part = fc.constantFrom(',', ',', '"', '""', '\n', '\r\n', '\r', 'a', ' ', '蓝', '🐳', '"x"', '"a,b"', '"a\nb"', '\ufeff', '\\', ';')
const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''))
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })

test('whatever a text holds, however it comes, its records are those of a parser that looks at every character', async () => {
  await fc.assert(
    fc.asyncProperty(text, sizes, fc.constantFrom(',', ';'), async (whole, pieces, delimiter) => {
      expect(await found(cut(Buffer.from(whole), pieces), delimiter)).toEqual(expected(whole, delimiter))
    }),
    { numRuns: 3_000 },
  )
})

test('a plain file with one odd record in it is read as if it were all odd', async () => {
  const plain = Array.from({ length: 500 }, (_, index) => `${index},"said ""${index}""",蓝海 ${index}\r\n`).join('')
  const whole = `${plain}7" pipe,"a"b,c\n${plain}last,"one"`
  expect(await found(cut(Buffer.from(whole), [1_000, 333]), ',')).toEqual(expected(whole, ','))
})

test('a record that is longer than the rest, but not too long, is taken', async () => {
  const whole = `a,b\n"${'x'.repeat(100_000)}",1\nc,d`
  const taken = await found(cut(Buffer.from(whole), [64_000]), ',', { rowCharacters: 200_000 })
  expect(taken).toEqual(expected(whole, ','))
})

type Outcome = readonly (readonly string[])[] | string

async function found(pieces: AsyncIterable<Buffer>, delimiter: string, most = limits): Promise<Outcome> {
  const all: string[][] = []
  try {
    for await (const group of records(pieces, delimiter, most)) all.push(...group)
  } catch (error) {
    return (error as { code: string }).code
  }
  return all
}

function expected(whole: string, delimiter: string): Outcome {
  try {
    return parse(whole, { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, relax_quotes: true }) as string[][]
  } catch {
    return 'IMPORT_QUOTE_OPEN'
  }
}

/** Also in the middle of a character. */
async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}
