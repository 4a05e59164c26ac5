import { parentPort, workerData } from 'node:worker_threads'
import { addToFingerprint, rowMark, startFingerprint } from '../fingerprint.ts'
import { ReadFailure } from './failure.ts'
import { type Message, more, type Opened, type SentRow, type Task, type WireRow } from './message.ts'
import { readTable } from './read-table.ts'

/** So many characters of a file are kept while it is summed up, so that a small one need not be read again. */
const mostKept = 8 * 1024 * 1024

/**
 * The thread that reads one file: says what it is, sums it up if that is asked for, then hands out a batch whenever one is asked for.
 */
async function run(task: Task): Promise<void> {
  const orders = received()
  const table = await readTable(task)
  send({ kind: 'opened', opened: table.opened })
  let batches = sentBatches(table)
  if ((await orders.take()) !== more) {
    const kept: SentBatch[] = []
    const { whole, message } = await summary(table.opened, batches, kept)
    send(message)
    await orders.take()
    batches = whole ? handedOut(kept) : sentBatches(await readTable(task))
  }
  for await (const batch of batches) {
    send(batch)
    await orders.take()
  }
  send({ kind: 'end' })
}

type SentBatch = Extract<Message, { kind: 'batch' }>

async function* sentBatches({ batches, position }: Awaited<ReturnType<typeof readTable>>): AsyncGenerator<SentBatch> {
  for await (const batch of batches) yield { kind: 'batch', rows: batch.map(marked), bytes: position() }
}

async function* handedOut(kept: SentBatch[]): AsyncGenerator<SentBatch> {
  for (let batch = kept.shift(); batch; batch = kept.shift()) yield batch
}

/** What there is, and into `kept` all of it while it is little. */
async function summary(
  { columns }: Opened,
  batches: AsyncIterable<SentBatch>,
  kept: SentBatch[],
): Promise<{ readonly whole: boolean; readonly message: Message }> {
  let rows = 0
  let characters = 0
  let hash = startFingerprint(columns)
  for await (const batch of batches) {
    rows += batch.rows.length
    for (const row of batch.rows) hash = addToFingerprint(hash, row)
    if (characters <= mostKept) characters += charactersOf(batch)
    if (characters <= mostKept) kept.push(batch)
    else kept.length = 0
  }
  return { whole: characters <= mostKept, message: { kind: 'skimmed', rows, hash } }
}

function charactersOf({ rows }: SentBatch): number {
  let characters = 0
  for (const { cells } of rows) for (const cell of cells) characters += 16 + lengthOf(cell)
  return characters
}

/** Of what stands in a cell, a formula among it. */
function lengthOf(cell: unknown): number {
  if (Array.isArray(cell)) return cell.reduce((sum: number, part) => sum + lengthOf(part), 0)
  return typeof cell === 'string' ? cell.length : 0
}

function marked({ number, cells }: WireRow): SentRow {
  return { number, cells, mark: rowMark(number, cells) }
}

function send(message: Message): void {
  parentPort?.postMessage(message)
}

/** What was asked for and not yet answered. */
function received(): { take(): Promise<unknown> } {
  const orders: unknown[] = []
  let wake: (() => void) | null = null
  parentPort?.on('message', (order: unknown) => {
    orders.push(order)
    wake?.()
  })
  return {
    async take() {
      while (orders.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      wake = null
      return orders.shift()
    },
  }
}

function report(error: unknown): void {
  const failure = error instanceof ReadFailure ? error : new ReadFailure('IMPORT_FILE_DAMAGED', { part: 'file' }, error)
  const { code, params, cause, sheets } = failure
  send({ kind: 'failed', code, params, reason: cause instanceof Error ? cause.message : '', sheets })
}

await run(workerData as Task).catch(report)
