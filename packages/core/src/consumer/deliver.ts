import { setTimeout as pause } from 'node:timers/promises'
import { pauseOf } from '../job/settle.ts'
import type { ChangeEntry } from '../record/records.ts'
import type { RawRow } from '../store/port.ts'
import { type ParkedChanges, unnoted } from './parked.ts'
import type { Reader } from './reader.ts'

/** Bounds of delivery. */
export const deliveryLimits = {
  /** Tries before a change is parked, with a short pause between them. */
  tries: 3,
  firstPause: 50,
  /** Tries of a parked change before it waits for an operator. */
  parkedTries: 20,
  parkedPause: 1_000,
  longestPause: 3_600_000,
  /** Records that fail one after the other before the consumer waits instead of parking the whole log. */
  streak: 10,
  /** The longest time in which a receiver that seems to be away is not asked. */
  longestSilence: 300_000,
  /** Records that are told of side by side. */
  records: 8,
} as const

/** What delivering to one reader needs. */
export interface Delivery {
  readonly reader: Reader
  readonly parked: ParkedChanges
  readonly decode: (row: RawRow) => ChangeEntry | Promise<ChangeEntry>
  readonly clock: () => number
  readonly random: () => number
  readonly log: (entry: { readonly level: 'info' | 'warn' | 'error'; readonly message: string; readonly [key: string]: unknown }) => void
  readonly signal: AbortSignal
  /** Throws where the process is told to stop, or another one has taken the consumer over. A promise only where the database is asked. */
  readonly hold: () => Promise<void> | undefined
  /** Records that failed since the last that did not. */
  readonly failing: Set<string>
  /** The receiver seems to be away: one change is tried, once, to find out. */
  readonly probing: boolean
  /** Processes died at this place: a change counts as tried before it is told, whatever it is. */
  readonly noting: boolean
  /** False where nothing can be parked, so nobody has to be asked. */
  mayBeParked: boolean
}

/** A change nobody can read: a handler is never asked about it. */
class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** Tells the reader of a page of the log. Everything in it is delivered or parked afterwards, unless the signal came in between. */
export async function deliverPage(rows: readonly RawRow[], delivery: Delivery): Promise<void> {
  const wanted = rows.filter((row) => delivery.reader.wants(row))
  for (const [tenant, ofTenant] of Map.groupBy(wanted, (row) => String(row.tenant_id))) {
    const { batch } = delivery.reader
    if (batch === 1) await deliverRecords(await parkBehind(tenant, ofTenant, delivery), delivery)
    else
      for (let start = 0; start < ofTenant.length; start += batch)
        await deliverBatch(tenant, ofTenant.slice(start, start + batch), delivery)
  }
}

/** Sorts out changes of records that have a line already. */
async function parkBehind(tenant: string, rows: readonly RawRow[], { parked, clock, mayBeParked }: Delivery): Promise<readonly RawRow[]> {
  if (!mayBeParked) return rows
  const blocked = await parked.blocked(tenant, [...new Set(rows.map(({ record_id }) => String(record_id)))])
  if (blocked.size === 0) return rows
  const behind = rows.filter(({ record_id }) => blocked.has(String(record_id)))
  if (behind.length > 0) await parked.park(behind, null, clock())
  return rows.filter(({ record_id }) => !blocked.has(String(record_id)))
}

/** Those that fail together are tried by record: the poison among them is found, and the order of each record is kept. */
async function deliverBatch(tenant: string, rows: readonly RawRow[], delivery: Delivery): Promise<void> {
  const { reader, signal, decode } = delivery
  // Asked for each batch: a record that failed in the one before has a line by now.
  const free = await parkBehind(tenant, rows, delivery)
  const held = delivery.hold()
  if (held) await held
  try {
    const decoded = free.map((row) => decode(row))
    const entries = decoded.some((entry) => entry instanceof Promise) ? await Promise.all(decoded) : (decoded as ChangeEntry[])
    const heard = entries.filter((entry) => reader.listens(entry))
    if (heard.length > 0) await reader.run(heard, tenant, 1, signal)
    delivery.failing.clear()
  } catch {
    signal.throwIfAborted()
    await deliverRecords(free, delivery)
  }
}

async function deliverRecords(rows: readonly RawRow[], delivery: Delivery): Promise<void> {
  const lines = [...Map.groupBy(rows, ({ record_id }) => record_id).values()]
  let next = 0
  const work = async (): Promise<void> => {
    for (let line = lines[next++]; line; line = lines[next++]) {
      const ended = deliverRecord(line, delivery)
      if (ended) await ended
    }
  }
  await Promise.all(Array.from({ length: Math.min(deliveryLimits.records, lines.length) }, work))
}

/** No promise where nobody had to be waited for: a log is told faster than promises are kept. */
function deliverRecord(line: readonly RawRow[], delivery: Delivery, from = 0): Promise<void> | undefined {
  for (let index = from; index < line.length; index++) {
    const isUntried = seemsAway(delivery) && !delivery.probing
    const told = isUntried ? new Error('Its turn has not come: the receiver seems to be away.') : tell(line[index] as RawRow, delivery)
    if (told === null) continue
    const rest = line.slice(index)
    if (told instanceof Error) return setAside(rest, told, isUntried, delivery)
    return told.then((error) => (error ? setAside(rest, error, false, delivery) : deliverRecord(line, delivery, index + 1)))
  }
}

function setAside(line: readonly RawRow[], error: Error, isUntried: boolean, delivery: Delivery): Promise<void> {
  if (!isUntried) delivery.failing.add(String(line[0]?.record_id))
  return parkFailed(line, error, isUntried ? 0 : triesOf(delivery), delivery)
}

/** So many records failed one after the other that it is not their fault. */
export function seemsAway({ failing }: Pick<Delivery, 'failing'>): boolean {
  return failing.size >= deliveryLimits.streak
}

function triesOf({ probing }: Delivery): number {
  return probing ? 1 : deliveryLimits.tries
}

async function parkFailed(line: readonly RawRow[], error: Error, attempts: number, delivery: Delivery): Promise<void> {
  const { parked, reader, clock, log } = delivery
  const now = clock()
  delivery.mayBeParked = true
  const retryAt = error instanceof Unreadable ? null : now + parkedPause(1, delivery)
  await parked.park(line, { error: error.cause ?? error, attempts, retryAt }, now)
  const [first] = line
  log({
    level: 'error',
    message: 'A change could not be delivered and is parked.',
    consumer: reader.id,
    change: first?.id,
    error: String(error.cause ?? error),
  })
}

/** Null when it was told, else why not; at once where nobody has to be waited for. */
type Told = Error | null | Promise<Error | null>

function tell(row: RawRow, delivery: Delivery): Told {
  const told = tellOnce(row, 1, delivery)
  if (told === null) return null
  return told instanceof Promise ? told.then((error) => tellAgain(error, row, delivery)) : tellAgain(told, row, delivery)
}

async function tellAgain(first: Error | null, row: RawRow, delivery: Delivery): Promise<Error | null> {
  let error = first
  for (let attempt = 1; error && !(error instanceof Unreadable) && attempt < triesOf(delivery); attempt++) {
    await pause(pauseOf(attempt, { firstPause: deliveryLimits.firstPause }, delivery.random), undefined, { signal: delivery.signal })
    error = await tellOnce(row, attempt + 1, delivery)
  }
  return error
}

function tellOnce(row: RawRow, attempt: number, delivery: Delivery): Told {
  const held = delivery.hold()
  return held ? held.then(() => read(row, attempt, delivery)) : read(row, attempt, delivery)
}

function read(row: RawRow, attempt: number, delivery: Delivery): Told {
  const unreadable = (cause: unknown): Error => new Unreadable('The change cannot be read.', { cause })
  let entry: ChangeEntry | Promise<ChangeEntry>
  try {
    entry = delivery.decode(row)
  } catch (cause) {
    return unreadable(cause)
  }
  if (!(entry instanceof Promise)) return hear(entry, row, attempt, delivery)
  return entry.then((known) => hear(known, row, attempt, delivery), unreadable)
}

function hear(entry: ChangeEntry, row: RawRow, attempt: number, { reader, signal, failing }: Delivery): Told {
  const heard = (): null => {
    failing.clear()
    return null
  }
  const failed = (error: unknown): Error => {
    signal.throwIfAborted()
    return error instanceof Error ? error : new Error(String(error))
  }
  try {
    const answer = reader.listens(entry) ? reader.run([entry], String(row.tenant_id), attempt, signal) : undefined
    return isPromise(answer) ? Promise.resolve(answer).then(heard, failed) : heard()
  } catch (error) {
    return failed(error)
  }
}

function isPromise(answer: unknown): answer is PromiseLike<unknown> {
  return typeof (answer as PromiseLike<unknown> | null | undefined)?.then === 'function'
}

/** Tells of one change that is parked first: a process that dies of it leaves it behind, and the log goes on. */
export async function deliverNoted(row: RawRow, delivery: Delivery): Promise<void> {
  const { reader, parked, clock } = delivery
  if (!reader.wants(row)) return
  const tenant = String(row.tenant_id)
  if ((await parkBehind(tenant, [row], delivery)).length === 0) return
  await parked.park([row], { error: unnoted, attempts: 0, retryAt: clock() }, clock())
  await deliverLine(tenant, String(row.record_id), delivery)
}

/** Tries the line of a record again, in its order, until it is empty or its first change fails. */
export async function deliverLine(tenant: string, record: string, delivery: Delivery): Promise<void> {
  const { parked, clock, reader, log, noting } = delivery
  const line = await parked.line(tenant, record)
  for (const [index, change] of line.slice(0, lineLength).entries()) {
    // Counted before it is told: who dies of it shall not be told again at once, and without end.
    if (noting || change.attempts > 0) await parked.begun(tenant, change, pauseAfter(change.attempts + 1, delivery))
    const error = change.row ? await tellOnce(change.row, change.attempts + 1, delivery) : null
    if (!error) {
      const next = line[index + 1]
      // First: a process that dies in between leaves a line that goes on.
      if (next) await parked.goOn(tenant, next.changeId, clock())
      await parked.remove(tenant, change.changeId)
      continue
    }
    delivery.failing.add(record)
    const tried = change.attempts + 1
    const isOver = error instanceof Unreadable || tried >= deliveryLimits.parkedTries
    await parked.failed(tenant, change, error.cause ?? error, isOver ? null : pauseAfter(tried, delivery), clock())
    if (isOver) log({ level: 'error', message: 'A parked change waits for an operator.', consumer: reader.id, change: change.changeId })
    return
  }
}

/** Changes of a line that are tried in one pass. */
const lineLength = 100

/** When a change is tried again by then; null where this is its last try. */
function pauseAfter(tried: number, delivery: Delivery): number | null {
  return tried >= deliveryLimits.parkedTries ? null : delivery.clock() + parkedPause(tried, delivery)
}

function parkedPause(tried: number, { random }: Delivery): number {
  return pauseOf(tried, { firstPause: deliveryLimits.parkedPause, longestPause: deliveryLimits.longestPause }, random)
}
