import { randomUUID } from 'node:crypto'
import { type CursorLease, cursorLease, type HeldLease } from './cursor-lease.ts'
import { type DeliveryDeps, deliverChanges } from './deliver-changes.ts'

/** What the runner of committed hooks needs. */
export interface CommittedRunnerDeps extends DeliveryDeps {
  /** Names this process among those that share the database. */
  readonly owner?: string
  /** Milliseconds, as the leases of all processes understand them. The machine's clock unless said. */
  readonly leaseClock?: () => number
}

/** Brings the change log to the committed hooks, at least once, each record's changes in order. */
export interface CommittedRunner {
  /** Adds the consumer where the log ends now, unless it is there: a log from before its time is not delivered. */
  prepare(): Promise<void>
  /** Delivers everything that waits. Where another process is at it, leaves it to that one. */
  flush(): Promise<void>
  /** Looks for changes four times a second, without keeping the process alive. */
  start(): void
  /** Ends with the page of changes under way. */
  stop(): Promise<void>
}

const consumer = 'committed'
const pageSize = 100
const skipSize = 1_000
const pollMilliseconds = 250

/** The runner of one CRM. It has no timer before `start` and none after `stop`. */
export function createCommittedRunner(deps: CommittedRunnerDeps): CommittedRunner {
  const { store, log, owner = randomUUID(), leaseClock = Date.now } = deps
  const lease = cursorLease(store, consumer, owner, leaseClock)
  let last: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null

  // One pass at a time: two in one process would deliver everything twice.
  const flush = (): Promise<void> => {
    const pass = last.then(() => deliverAll(lease, deps))
    last = pass.catch(() => {})
    return pass
  }
  const poll = async (): Promise<void> => {
    await flush().catch((error: unknown) => log({ level: 'error', message: 'Committed hooks could not be run.', error: String(error) }))
    if (timer) schedule()
  }
  const schedule = (): void => {
    if (timer) clearTimeout(timer)
    timer = setTimeout(poll, pollMilliseconds)
    timer.unref()
  }
  return {
    prepare: () => prepare(lease, deps),
    flush,
    start: () => {
      if (!timer) schedule()
    },
    stop: async () => {
      if (timer) clearTimeout(timer)
      timer = null
      await last
    },
  }
}

async function prepare(lease: CursorLease, { store }: CommittedRunnerDeps): Promise<void> {
  if (await lease.peek()) return
  let cursor: string | null = null
  for (let more = true; more; ) {
    const page = await store.direct.changesAfter(cursor, skipSize)
    cursor = page.cursor
    more = page.rows.length === skipSize
  }
  await lease.begin(cursor)
}

async function deliverAll(lease: CursorLease, deps: CommittedRunnerDeps): Promise<void> {
  const seen = await lease.peek()
  const { rows } = await deps.store.direct.changesAfter(seen?.cursor ?? null, 1)
  if (rows.length === 0) return
  const held = await lease.take()
  if (!held) return deps.log({ level: 'info', message: 'Another process runs the committed hooks.' })
  try {
    await deliverPages(held, deps)
  } finally {
    await held.release()
  }
}

async function deliverPages(held: HeldLease, deps: CommittedRunnerDeps): Promise<void> {
  let { cursor } = held
  for (;;) {
    const page = await deps.store.direct.changesAfter(cursor, pageSize)
    if (page.rows.length === 0) return
    await deliverChanges(page.rows, deps, held.renew)
    if (!(await held.save(page.cursor))) return deps.log({ level: 'warn', message: 'Another process took over the committed hooks.' })
    cursor = page.cursor
  }
}
