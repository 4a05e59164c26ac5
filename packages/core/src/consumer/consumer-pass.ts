import type { LeaseLength } from '../job/heartbeat.ts'
import { pauseOf } from '../job/settle.ts'
import { Stopping } from '../job/worker.ts'
import type { ChangeEntry } from '../record/records.ts'
import type { Scope } from '../scope/scope.ts'
import type { RawRow } from '../store/port.ts'
import type { ConsumerClaim } from '../store/work.ts'
import { type Delivery, deliverLine, deliverNoted, deliverPage, deliveryLimits, seemsAway } from './deliver.ts'
import { ParkedChanges } from './parked.ts'
import type { Reader } from './reader.ts'

/** Looks at parked changes between two that take care of lines nobody would try. */
const looksBetweenCare = 40
/** Lines that are tried again in one pass. */
const linesAtOnce = 50

/** Changes that are read at once. */
export const pageSize = 500

/** What one look at the log found out for everybody. */
export interface Look {
  readonly cursor: string | null
  readonly pageAt: (cursor: string | null) => Promise<{ rows: RawRow[]; cursor: string | null }>
  /** Something parked may be due. */
  readonly retrying: boolean
  readonly parked: boolean
}

/** What a pass shares with the others. */
export interface PassOptions {
  readonly owner: string
  readonly lease: LeaseLength
  readonly random: () => number
  readonly decode: (row: RawRow) => ChangeEntry | Promise<ChangeEntry>
}

/** A lease on a consumer, by a clock that only grows. */
interface Hold {
  readonly claim: ConsumerClaim
  until: number
  readonly lost: AbortController
}

/** Brings one reader up to date. One pass at a time in a process, one lease at a time among processes. */
export class ConsumerPass {
  readonly #kernel: Scope['kernel']
  readonly #reader: Reader
  readonly #options: PassOptions
  readonly #parked: ParkedChanges
  /** Pages without anything for the reader are passed over without a word to the database, from the kept cursor to this one. */
  #passed: { readonly from: string | null; readonly to: string | null; readonly count: number } | null = null
  readonly #failing = new Set<string>()
  /** Looks at a receiver that seems to be away, and when the next one is. */
  #probes = 0
  #looks = 0
  #awayUntil = 0
  #running: Promise<boolean> | null = null
  #stop = new AbortController()

  constructor(kernel: Scope['kernel'], reader: Reader, options: PassOptions) {
    this.#kernel = kernel
    this.#reader = reader
    this.#options = options
    this.#parked = new ParkedChanges(kernel.store, reader.id)
  }

  /** True when anything was told, parked or tried again. */
  run(look: Look): Promise<boolean> {
    if (this.#stop.signal.aborted) return Promise.resolve(false)
    this.#running ??= this.#pass(look).finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async stop(): Promise<void> {
    this.#stop.abort(new Stopping('The process is told to stop.'))
    await this.#running?.catch(() => {})
  }

  resume(): void {
    this.#stop = new AbortController()
  }

  async #pass(look: Look): Promise<boolean> {
    const isAway = seemsAway({ failing: this.#failing })
    if (isAway && this.#kernel.clock() < this.#awayUntil) return false
    if (look.parked && this.#looks++ % looksBetweenCare === 0)
      await this.#kernel.store.work.wakeOrphans(this.#reader.id, this.#kernel.clock())
    const lines = look.retrying ? await this.#due(isAway ? 1 : linesAtOnce) : []
    const more = await this.#firstWanted(this.#startOf(look.cursor), look)
    // Both what is parked and what is new may be the one that shows that the receiver is back.
    const due = isAway && more && this.#probes % 2 === 1 ? [] : lines
    const page = more && !(isAway && due.length > 0)
    if (due.length === 0 && !page) return this.#keepPassed(look.cursor)
    const { store, log } = this.#kernel
    const until = performance.now() + this.#options.lease.milliseconds
    const claim = await store.work.takeConsumer(this.#reader.id, this.#options.owner, this.#options.lease.milliseconds)
    if (!claim) return false
    if (claim.cursor !== look.cursor) this.#passed = null
    const isCareful = claim.claims > carefulAfter
    if (isCareful) log({ level: 'warn', message: 'Processes died while they told a consumer of changes.', consumer: this.#reader.id })
    const held = new AbortController()
    const hold: Hold = { claim, until, lost: held }
    const beat = setInterval(() => void this.#keep(hold), this.#options.lease.milliseconds / 3).unref()
    try {
      const signal = AbortSignal.any([held.signal, this.#stop.signal])
      const seen = { probing: isAway, noting: isCareful, mayBeParked: look.parked || due.length > 0 || isCareful }
      const delivery = this.#delivery(signal, this.#holder(hold, signal), seen)
      for (const { tenant, record } of due) await deliverLine(tenant, record, delivery)
      if (page) await this.#follow(claim, delivery, look)
      this.#judge()
      return true
    } catch (error) {
      if (!this.#stop.signal.aborted && !held.signal.aborted) throw error
      if (held.signal.aborted)
        log({ level: 'warn', message: 'The lease of a consumer is lost, and others take over.', consumer: this.#reader.id })
      return false
    } finally {
      clearInterval(beat)
      await store.work.keepConsumer(this.#reader.id, claim.fence, 0)
    }
  }

  /** One that is away is asked less and less often, by one change at a time. */
  #judge(): void {
    if (!seemsAway({ failing: this.#failing })) {
      this.#probes = 0
      return
    }
    this.#probes += 1
    const pause = pauseOf(
      this.#probes,
      { firstPause: deliveryLimits.parkedPause, longestPause: deliveryLimits.longestSilence },
      this.#options.random,
    )
    this.#awayUntil = this.#kernel.clock() + Math.max(pause, 1)
  }

  #startOf(cursor: string | null): string | null {
    return this.#passed && this.#passed.from === cursor ? this.#passed.to : cursor
  }

  /** True when a page from here on has something for the reader. */
  async #firstWanted(start: string | null, { cursor, pageAt }: Look): Promise<boolean> {
    for (let at = start; ; ) {
      const page = await pageAt(at)
      if (page.rows.length === 0) return false
      if (page.rows.some((row) => this.#reader.wants(row))) return true
      at = page.cursor
      const before = this.#passed?.from === cursor ? this.#passed.count : 0
      this.#passed = { from: cursor, to: at, count: before + page.rows.length }
    }
  }

  /** What was passed over is written down now and then, so that a new process need not pass over it again. */
  async #keepPassed(cursor: string | null): Promise<false> {
    const passed = this.#passed
    if (!passed?.to || passed.from !== cursor || passed.count < worthKeeping) return false
    const { work } = this.#kernel.store
    const claim = await work.takeConsumer(this.#reader.id, this.#options.owner, this.#options.lease.milliseconds)
    if (claim) await work.keepConsumer(this.#reader.id, claim.fence, 0, claim.cursor === cursor ? passed.to : undefined)
    this.#passed = null
    return false
  }

  /** Asks the database only once half of the lease may be over. */
  #holder(hold: Hold, signal: AbortSignal): () => Promise<void> | undefined {
    const keep = async (): Promise<void> => {
      await this.#keep(hold)
      signal.throwIfAborted()
    }
    return () => {
      if (hold.until - performance.now() < this.#options.lease.milliseconds / 2) return keep()
      if (signal.aborted) throw signal.reason
      return undefined
    }
  }

  /** Page after page, the cursor kept in between, until there is no more or the receiver seems to be away. */
  async #follow(claim: ConsumerClaim, delivery: Delivery, look: Look): Promise<void> {
    const { work, direct } = this.#kernel.store
    const isAway = (): boolean => delivery.probing && seemsAway(delivery)
    // Whoever died had told no more than these since it noted the cursor.
    let toNote = delivery.noting ? keptAfter : 0
    let cursor = this.#startOf(claim.cursor)
    let heard = false
    // What the look has read already need not be read again.
    for (let page = claim.cursor === look.cursor ? await look.pageAt(cursor) : null; ; page = null) {
      const { rows } = page ?? (await direct.changesAfter(cursor, isAway() ? 1 : pageSize))
      if (rows.length === 0) return
      for (let start = 0, end = 0; start < rows.length; start = end) {
        end = Math.min(rows.length, toNote > 0 ? this.#afterWanted(rows, start) : start + (isAway() ? 1 : keptAfter))
        const told = rows.slice(start, end)
        const last = told.at(-1) as RawRow
        if (toNote-- > 0) await deliverNoted(last, delivery)
        else await deliverPage(told, delivery)
        heard ||= told.some((row) => this.#reader.wants(row))
        cursor = work.placeOf(last)
        if (!(await work.keepConsumer(this.#reader.id, claim.fence, this.#options.lease.milliseconds, cursor)))
          throw new TypeError('The lease is lost.')
        this.#passed = null
        if (heard && seemsAway(delivery)) return
      }
    }
  }

  /** The place behind the next change that the reader may want. */
  #afterWanted(rows: readonly RawRow[], start: number): number {
    const next = rows.findIndex((row, index) => index >= start && this.#reader.wants(row))
    return next === -1 ? rows.length : next + 1
  }

  async #due(limit: number): Promise<{ tenant: string; record: string }[]> {
    const rows = await this.#kernel.store.work.parkedDue(this.#reader.id, this.#kernel.clock(), limit)
    return rows.map((row) => ({ tenant: String(row.tenant_id), record: String(row.record_id) }))
  }

  /** A lease that cannot be renewed, because the database is away, is lost once it is over: others may have taken it. */
  async #keep(hold: Hold): Promise<void> {
    const { milliseconds } = this.#options.lease
    const asked = performance.now()
    const kept = await this.#kernel.store.work.keepConsumer(this.#reader.id, hold.claim.fence, milliseconds).catch(() => null)
    if (kept) hold.until = asked + milliseconds
    else if (kept === false || performance.now() >= hold.until) hold.lost.abort(new Error('The lease of the consumer is lost.'))
  }

  #delivery(signal: AbortSignal, hold: Delivery['hold'], seen: Pick<Delivery, 'probing' | 'noting' | 'mayBeParked'>): Delivery {
    const { clock, log } = this.#kernel
    const { random, decode } = this.#options
    const own = { reader: this.#reader, parked: this.#parked, failing: this.#failing }
    return { ...own, decode, clock, random, log, signal, hold, ...seen }
  }
}

/** Claims without any progress after which each change is noted as tried before it is told: one of them seems to end processes. */
const carefulAfter = 2
/** Changes between two notes of the cursor: so many are told again after a crash. */
const keptAfter = 100
/** Changes passed over before the cursor is moved past them. */
const worthKeeping = 1_000
