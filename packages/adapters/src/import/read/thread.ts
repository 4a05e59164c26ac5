import { Worker } from 'node:worker_threads'
import { CrmError, crmError } from '@guanxi/core'
import { type Message, more, skim, type Task } from './message.ts'

/** The thread that reads one file, seen from outside. */
export interface Thread {
  /** The next message; rejects with the file's error, or with `signal`'s reason. */
  next(signal?: AbortSignal): Promise<Exclude<Message, { kind: 'failed' }>>
  /** Asks for a batch; the thread sends none without. */
  ask(): void
  /** Asks for a summary of all batches instead. */
  skim(): void
  close(): Promise<void>
}

/** Beside this file, from sources as from the build. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

export function startThread(task: Task): Thread {
  const worker = new Worker(entry, {
    workerData: task,
    name: 'guanxi-import',
    // Nothing of the host: no flags, no preloaded modules, no environment.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: task.limits.memory, maxYoungGenerationSizeMb: 32 },
  })
  const inbox: Message[] = []
  let broken: unknown = null
  let wake = (): void => {}
  worker.on('message', (message: Message) => {
    inbox.push(message)
    wake()
  })
  worker.on('error', (error) => {
    broken = threadError(error)
    wake()
  })
  worker.on('exit', () => {
    broken ??= crmError('IMPORT_FILE_UNREADABLE', { reason: 'closed' })
    wake()
  })
  // An opened table that nobody reads must not keep the host's process alive.
  worker.unref()

  return {
    async next(signal) {
      worker.ref()
      const stop = (): void => wake()
      signal?.addEventListener('abort', stop)
      try {
        for (;;) {
          signal?.throwIfAborted()
          const message = inbox.shift()
          if (message?.kind === 'failed') throw failureOf(message)
          if (message) return message
          if (broken) throw broken
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      } finally {
        signal?.removeEventListener('abort', stop)
        worker.unref()
      }
    },
    ask: () => worker.postMessage(more),
    skim: () => worker.postMessage(skim),
    close: async () => void (await worker.terminate()),
  }
}

function failureOf({ code, params, reason, sheets }: Extract<Message, { kind: 'failed' }>): CrmError {
  return crmError(code, params, { cause: reason || undefined, ...(sheets.length > 0 && { details: { sheets } }) })
}

function threadError(error: unknown): CrmError {
  const memory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (memory) return crmError('IMPORT_MEMORY', {}, { cause: error })
  return error instanceof CrmError ? error : crmError('IMPORT_FILE_DAMAGED', { part: 'file' }, { cause: error })
}
