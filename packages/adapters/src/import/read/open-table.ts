import { crmError } from '@guanxi/core'
import type { Cell, Table, TableRow } from '../table.ts'
import { defaultReadLimits, type ReadLimits } from './limits.ts'
import { type SentRow, type Task, toCell } from './message.ts'
import { sharedCopy } from './shared-copy.ts'
import { startThread, type Thread } from './thread.ts'

/** A file by its path, which costs no memory, or its bytes, of which a copy is made. */
export type TableSource = { readonly path: string } | { readonly bytes: Uint8Array }

export interface OpenOptions {
  /** The sheet of an xlsx; otherwise its first one that is not hidden. */
  readonly sheet?: string
  /** Encoding of a CSV as WHATWG names it, such as `big5`; otherwise it is found out. */
  readonly encoding?: string
  /** Delimiter of a CSV; otherwise it is found out. */
  readonly delimiter?: string
  /** Row of the file that names the columns; otherwise its first row with a value. What stands above is not read. */
  readonly header?: number
  readonly limits?: Partial<ReadLimits>
  readonly signal?: AbortSignal
}

/** So many batches are on their way while one is worked on. */
const ahead = 2

/**
 * Opens a CSV or xlsx file in a thread of its own and names its columns. What it is, is told by its content, never by its name.
 * Rows without any value are left out; a row that is longer than the header keeps its cells. Close the table, or read its rows to the end.
 */
export async function openTable(source: TableSource, options: OpenOptions = {}): Promise<Table> {
  const limits = { ...defaultReadLimits, ...options.limits }
  const thread = startThread({
    source: await taskSource(source, limits),
    sheet: options.sheet ?? null,
    encoding: options.encoding ?? null,
    delimiter: options.delimiter ?? null,
    header: options.header ?? 1,
    limits,
  })
  try {
    const message = await thread.next(options.signal)
    if (message.kind !== 'opened') throw new Error(`A thread began with ${message.kind}.`)
    return tableOf(thread, message.opened)
  } catch (error) {
    await thread.close()
    throw error
  }
}

async function taskSource(source: TableSource, limits: ReadLimits): Promise<Task['source']> {
  if ('path' in source) return { path: source.path }
  if (source.bytes.byteLength > limits.bytes) throw crmError('IMPORT_FILE_BYTES', { limit: limits.bytes })
  return { bytes: await sharedCopy(source.bytes) }
}

function tableOf(thread: Thread, opened: Omit<Table, 'rows' | 'skim' | 'close'>): Table {
  let read = false
  let skimmed = false
  return {
    ...opened,
    async *rows(signal) {
      if (read) throw crmError('IMPORT_READ_ONCE')
      read = true
      try {
        for (let asked = 0; asked < ahead; asked += 1) thread.ask()
        for (let message = await thread.next(signal); message.kind === 'batch'; message = await thread.next(signal)) {
          yield { rows: message.rows.map((row) => rowOf(row, opened.columns.length)), bytes: message.bytes }
          thread.ask()
        }
      } finally {
        await thread.close()
      }
    },
    async skim(signal) {
      if (read || skimmed) throw crmError('IMPORT_READ_ONCE')
      skimmed = true
      try {
        thread.skim()
        const message = await thread.next(signal)
        if (message.kind !== 'skimmed') throw new Error(`A summary was asked for, and ${message.kind} came.`)
        return { rows: message.rows, hash: message.hash }
      } catch (error) {
        await thread.close()
        throw error
      }
    },
    close: () => thread.close(),
  }
}

function rowOf({ number, cells, mark }: SentRow, width: number): TableRow {
  const length = Math.max(cells.length, width)
  const read = new Array<Cell>(length)
  for (let index = 0; index < length; index++) read[index] = toCell(cells[index])
  return { number, mark, cells: read }
}
