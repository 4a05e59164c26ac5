import { batches } from './batches.ts'
import { type ByteSource, openSource } from './byte-source.ts'
import { ReadFailure } from './failure.ts'
import { fileType } from './file-type.ts'
import { hiddenColumns, nameColumns } from './header.ts'
import type { Opened, Task, WireRow } from './message.ts'
import type { RawTable } from './raw-table.ts'

/** So many rows are looked at to see how wide the table is. */
const looked = 50

/** Opens a file of either type: its columns are known, its rows are still to come. */
export async function readTable(
  task: Task,
): Promise<{ opened: Opened; batches: AsyncIterable<readonly WireRow[]>; position: () => number }> {
  const source = openSource(task.source, task.limits.bytes)
  const raw = await readRaw(source, task)
  const { first, rest } = await lookAhead(raw, task.header)
  const header = first[0]
  if (!header) throw new ReadFailure('IMPORT_FILE_EMPTY', {}, undefined, raw.sheets)
  const width = Math.max(...first.map((row) => row.cells.length))
  const { columns, notices } = nameColumns(header, width)
  const { format, sheet, sheets, position } = raw
  const opened = {
    format,
    sheet,
    sheets,
    columns,
    notices: [...raw.notices, ...hiddenColumns(raw.hidden, width), ...notices],
    size: source.size,
  }
  return { opened, batches: batches(afterHeader(first, rest)), position }
}

/** Only one of the two parsers is loaded: a thread starts for every file. */
async function readRaw(source: ByteSource, task: Task): Promise<RawTable> {
  if ((await fileType(source)) === 'csv') return (await import('./csv/read-csv.ts')).readCsv(source, task)
  return (await import('./xlsx/read-xlsx.ts')).readXlsx(source, task)
}

async function lookAhead(raw: RawTable, header: number): Promise<{ first: WireRow[]; rest: AsyncIterator<readonly WireRow[]> }> {
  const rest = raw.rows[Symbol.asyncIterator]()
  const first: WireRow[] = []
  while (first.length <= looked) {
    const next = await rest.next()
    if (next.done) break
    for (const row of next.value) if (row.number >= header) first.push(row)
  }
  return { first, rest }
}

async function* afterHeader(first: readonly WireRow[], rest: AsyncIterator<readonly WireRow[]>): AsyncGenerator<readonly WireRow[]> {
  yield first.slice(1)
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
