import { parentPort, workerData } from 'node:worker_threads'
import { ReadFailure } from './failure.ts'
import type { Message, Task } from './message.ts'
import { readTable } from './read-table.ts'

/** The thread that reads one file: says what it is, then hands out a batch whenever one is asked for. */
async function run(task: Task): Promise<void> {
  const credit = askedFor()
  const table = await readTable(task)
  send({ kind: 'opened', opened: table.opened })
  for await (const rows of table.batches) {
    await credit.take()
    send({ kind: 'batch', rows, bytes: table.position() })
  }
  await credit.take()
  send({ kind: 'end' })
}

function send(message: Message): void {
  parentPort?.postMessage(message)
}

/** Counts the batches asked for and not yet sent. */
function askedFor(): { take(): Promise<void> } {
  let asked = 0
  let wake: (() => void) | null = null
  parentPort?.on('message', () => {
    asked += 1
    wake?.()
  })
  return {
    async take() {
      while (asked === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      wake = null
      asked -= 1
    },
  }
}

function report(error: unknown): void {
  const failure = error instanceof ReadFailure ? error : new ReadFailure('IMPORT_FILE_DAMAGED', { part: 'file' }, error)
  const { code, params, cause, sheets } = failure
  send({ kind: 'failed', code, params, reason: cause instanceof Error ? cause.message : '', sheets })
}

await run(workerData as Task).catch(report)
