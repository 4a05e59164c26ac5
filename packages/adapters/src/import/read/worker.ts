import { parentPort, workerData } from 'node:worker_threads'
import { addToFingerprint, rowMark, startFingerprint } from '../fingerprint.ts'
import { ReadFailure } from './failure.ts'
import { type Message, more, type SentRow, type Task, type WireRow } from './message.ts'
import { readTable } from './read-table.ts'

/** The thread that reads one file: says what it is, then hands out a batch whenever one is asked for, or sums up what there is. */
async function run(task: Task): Promise<void> {
  const orders = received()
  const { opened, batches, position } = await readTable(task)
  send({ kind: 'opened', opened })
  let order = await orders.take()
  let rows = 0
  let hash = startFingerprint(opened.columns)
  for await (const batch of batches) {
    if (order === more) {
      send({ kind: 'batch', rows: batch.map(marked), bytes: position() })
      order = await orders.take()
      continue
    }
    rows += batch.length
    for (const row of batch) hash = addToFingerprint(hash, row)
  }
  send(order === more ? { kind: 'end' } : { kind: 'skimmed', rows, hash })
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
