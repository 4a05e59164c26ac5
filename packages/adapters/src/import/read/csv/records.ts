import { CsvError, parse } from 'csv-parse'
import { ReadFailure } from '../failure.ts'
import type { ReadLimits } from '../limits.ts'

/** Cells of each record of a text, empty lines included, as many records at a time as a piece of it held. */
export async function* records(
  text: AsyncIterable<Buffer>,
  delimiter: string,
  limits: Pick<ReadLimits, 'rowCharacters'>,
): AsyncGenerator<string[][]> {
  const longest = limits.rowCharacters * 4
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longest,
  })
  let found: string[][] = []
  let count = 0
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

function failure(error: Error, row: number, limits: Pick<ReadLimits, 'rowCharacters'>): unknown {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new ReadFailure('IMPORT_QUOTE_OPEN', { row })
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new ReadFailure('IMPORT_RECORD', { row, limit: limits.rowCharacters })
  return new ReadFailure('IMPORT_FILE_DAMAGED', { part: `CSV, ${row}` }, error)
}
