import { withoutGuard } from '../../write/formula-guard.ts'
import type { ByteSource } from '../byte-source.ts'
import { columnLetter } from '../column-letter.ts'
import { ReadFailure } from '../failure.ts'
import type { Task, WireCell, WireRow } from '../message.ts'
import type { RawTable } from '../raw-table.ts'
import { type RowLimits, rowLimits } from '../row-limits.ts'
import { decoded } from './decoded.ts'
import { checkDelimiter, guessDelimiter, separatorOf } from './delimiter.ts'
import { findEncoding } from './encoding.ts'
import { records } from './records.ts'

const headSize = 256 * 1024

export async function readCsv(source: ByteSource, task: Task): Promise<RawTable> {
  const encoding = await findEncoding(source, task.encoding)
  let position = 0
  const text = decoded(source, encoding, (read) => {
    position = read
  })
  const head = await takeHead(text)
  const start = head.toString('utf8')
  const separator = separatorOf(start)
  const delimiter = task.delimiter === null ? (separator.delimiter ?? guessDelimiter(start)) : checkDelimiter(task.delimiter)
  const body = head.subarray(Buffer.byteLength(start.slice(0, separator.skip)))
  return {
    format: { type: 'csv', encoding: encoding.name, delimiter },
    sheet: null,
    sheets: [],
    notices: encoding.notices,
    hidden: [],
    rows: filledRows(records(joined(body, text), delimiter, task.limits), task),
    position: () => position,
  }
}

async function takeHead(text: AsyncIterator<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let size = 0; size < headSize; size += pieces.at(-1)?.length ?? 0) {
    const next = await text.next()
    if (next.done) break
    pieces.push(next.value)
  }
  return Buffer.concat(pieces)
}

async function* joined(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  yield* rest
}

async function* filledRows(groups: AsyncIterable<string[][]>, { limits }: Task): AsyncGenerator<WireRow[]> {
  const counted = rowLimits(limits)
  let number = 0
  for await (const group of groups) {
    const rows: WireRow[] = []
    for (const record of group) {
      number += 1
      if (number > limits.rows) throw new ReadFailure('IMPORT_ROWS', { limit: limits.rows })
      const cells = filledCells(record, number, counted)
      if (cells) rows.push({ number, cells })
    }
    yield rows
  }
}

function filledCells(record: readonly string[], row: number, counted: RowLimits): WireCell[] | null {
  const cells = record.map((text, index): WireCell => {
    if (text.includes('\0')) throw new ReadFailure('IMPORT_CHARACTER', { cell: `${columnLetter(index)}${row}` })
    return text === '' ? null : withoutGuard(text)
  })
  return counted.filled(row, cells)
}
