import type { CsvError, Parser } from 'csv-parse'
import { ReadFailure } from '../failure.ts'
import type { ReadLimits } from '../limits.ts'
import { PlainRecords } from './plain-records.ts'

type Limits = Pick<ReadLimits, 'rowCharacters'>

/** A character has at most so many bytes, which is what the parser counts. */
const mostBytes = 4

/** Cells of each record of a text, empty lines included, as many records at a time as a piece of it held. */
export async function* records(text: AsyncIterable<Buffer>, delimiter: string, limits: Limits): AsyncGenerator<string[][]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const plain = new PlainRecords(delimiter, limits.rowCharacters)
  let count = 0
  const rest = text[Symbol.asyncIterator]()
  while (plain.isPlain) {
    const piece = await rest.next()
    const found = piece.done ? plain.end() : plain.take(decoder.decode(piece.value, { stream: true }))
    count += found.length
    if (found.length > 0) yield found
    if (piece.done && plain.rest === '') return
    if (piece.done) break
  }
  yield* parsed(remaining(plain.rest, rest, decoder), delimiter, limits, count)
}

/** What is left of the text, in bytes again. */
async function* remaining(left: string, rest: AsyncIterator<Buffer>, decoder: TextDecoder): AsyncGenerator<Buffer> {
  if (left !== '') yield Buffer.from(left)
  for (let piece = await rest.next(); !piece.done; piece = await rest.next()) {
    yield Buffer.from(decoder.decode(piece.value, { stream: true }))
  }
}

/** Records by a parser that knows every case. `before` as many were found already. */
async function* parsed(text: AsyncIterable<Buffer>, delimiter: string, limits: Limits, before: number): AsyncGenerator<string[][]> {
  const longest = limits.rowCharacters * mostBytes
  const parser = await startParser(delimiter, longest)
  let found: string[][] = []
  let count = before
  let sinceRecord = 0
  const take = (): string[][] => {
    const taken = found
    found = []
    count += taken.length
    return taken
  }
  parser.on('data', (record: string[]) => void found.push(record))
  // Each write reports its error itself.
  parser.on('error', () => {})
  const step = (go: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      go((error) => (error ? reject(failure(error, count + found.length + 1, limits)) : resolve()))
    })
  for await (const piece of text) {
    await step((done) => parser.write(piece, done))
    sinceRecord = found.length > 0 ? 0 : sinceRecord + piece.length
    // A line of nothing but delimiters has no size for the parser.
    if (sinceRecord > longest) throw new ReadFailure('IMPORT_RECORD', { row: count + 1, limit: limits.rowCharacters })
    if (found.length > 0) yield take()
  }
  await step((done) =>
    parser
      .once('end', () => done())
      .once('error', done)
      .end(),
  )
  yield take()
}

/** Loaded where it is needed: a thread starts for every file. */
async function startParser(delimiter: string, longest: number): Promise<Parser> {
  const { parse } = await import('csv-parse')
  return parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longest,
  })
}

function failure(error: Error, row: number, limits: Limits): unknown {
  const { code } = error as Partial<CsvError>
  if (code === 'CSV_QUOTE_NOT_CLOSED') return new ReadFailure('IMPORT_QUOTE_OPEN', { row })
  if (code === 'CSV_MAX_RECORD_SIZE') return new ReadFailure('IMPORT_RECORD', { row, limit: limits.rowCharacters })
  return code?.startsWith('CSV_') ? new ReadFailure('IMPORT_FILE_DAMAGED', { part: `CSV, ${row}` }, error) : error
}
