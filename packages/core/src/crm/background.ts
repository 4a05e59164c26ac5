import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Consumers } from '../consumer/consumers.ts'
import { crmError } from '../error/crm-error.ts'
import { enqueueDue, prepareSchedules, type SaidOfSchedules } from '../job/scheduler.ts'
import { Worker } from '../job/worker.ts'
import { isRestored } from '../operation/restore.ts'
import { enqueueDueDeciders } from '../sweep/due.ts'
import type { Running, RunOptions } from './crm.ts'
import { rowDecoder } from './decode-row.ts'
import type { Kernel } from './kernel.ts'

const defaults = { jobs: 8, pollMilliseconds: 250, graceMilliseconds: 10_000, leaseMilliseconds: 30_000 } as const

/** What a CRM does by itself: consumers, schedules and jobs. Has no timer before `start` and none after `stop`. */
export class Background {
  readonly consumers: Consumers
  readonly #kernel: Kernel
  readonly #worker: Worker
  readonly #lease = { milliseconds: defaults.leaseMilliseconds as number }
  readonly #said: SaidOfSchedules = new Map()
  #held = false
  #stop: AbortController | null = null
  #loops: Promise<unknown> = Promise.resolve()

  constructor(kernel: Kernel, jobs: number = defaults.jobs) {
    const name = randomUUID()
    this.#kernel = kernel
    const lease = this.#lease
    this.consumers = new Consumers(kernel, { owner: name, lease, random: Math.random, decode: rowDecoder(kernel) })
    this.#worker = new Worker(kernel, { name, lease, concurrency: jobs })
  }

  get isRunning(): boolean {
    return this.#stop !== null
  }

  /** True while nothing is done because the data was brought back from a backup, until somebody has decided. */
  get isHeld(): boolean {
    return this.#held
  }

  async prepare(): Promise<void> {
    this.#held = await isRestored(this.#kernel)
    if (this.#held) this.#kernel.log({ level: 'warn', message: 'The data is in another database than before: background work is held.' })
    await this.consumers.prepare()
    await prepareSchedules(this.#kernel)
  }

  /** Does all that is due now, and what comes of it. Waits a while for transactions that hold changes back. */
  async flush(): Promise<void> {
    if (await this.#stillHeld()) return
    const end = performance.now() + flushPatience
    for (let more = true; more; ) {
      await enqueueDue(this.#kernel, this.#said)
      await enqueueDueDeciders(this.#kernel)
      // Asked before looking: what was held back then may have come since, and is looked for once more.
      const isHeldBack = this.consumers.readers.length > 0 && (await this.#kernel.store.work.hasUnordered())
      more = await this.consumers.look()
      while ((await this.#worker.take()) > 0 || this.#worker.busy > 0) {
        more = true
        await this.#worker.oneEnded()
      }
      if (more || !isHeldBack || performance.now() > end) continue
      more = true
      await delay(flushPause)
    }
  }

  /** Starts; a second call joins the first. */
  start({ pollMilliseconds = defaults.pollMilliseconds, leaseMilliseconds = defaults.leaseMilliseconds }: RunOptions = {}): Running {
    if (!this.#stop) {
      this.#lease.milliseconds = requireLease(leaseMilliseconds)
      this.#stop = new AbortController()
      const { signal } = this.#stop
      this.#loops = Promise.all([this.#watch(signal, pollMilliseconds), this.#work(signal, pollMilliseconds)])
    }
    return { stop: (options) => this.stop(options?.graceMilliseconds) }
  }

  /** Takes nothing more, and lets what runs end; what does not end in time is handed to other processes. */
  async stop(grace: number = defaults.graceMilliseconds): Promise<void> {
    const stop = this.#stop
    stop?.abort()
    await Promise.all([this.consumers.stop(), this.#worker.stop(grace)])
    await this.#loops
    if (this.#stop !== stop) return
    this.#stop = null
    this.consumers.resume()
    this.#worker.resume()
  }

  /** A consumer that takes long does not keep the others waiting: nobody waits for a pass here. */
  async #watch(signal: AbortSignal, poll: number): Promise<void> {
    while (!signal.aborted) {
      await this.#logged('The change log could not be read.', async () => {
        if (await this.#stillHeld()) return
        for (const pass of await this.consumers.start()) void this.#logged('A consumer failed.', () => pass)
        await enqueueDue(this.#kernel, this.#said)
        await enqueueDueDeciders(this.#kernel)
      })
      await pause(poll, signal)
    }
  }

  async #work(signal: AbortSignal, poll: number): Promise<void> {
    while (!signal.aborted) {
      const taken = (await this.#logged('Jobs could not be taken.', async () => ((await this.#stillHeld()) ? 0 : this.#worker.take()))) ?? 0
      if (taken > 0 && this.#worker.hasRoom) continue
      await Promise.race([pause(poll, signal), this.#worker.busy > 0 ? this.#worker.oneEnded() : forever])
    }
  }

  /** Somebody may have decided in another process. */
  async #stillHeld(): Promise<boolean> {
    this.#held &&= await isRestored(this.#kernel)
    return this.#held
  }

  async #logged<T>(message: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.#kernel.log({ level: 'error', message, error: String(error) })
      return undefined
    }
  }
}

/** How long a flush waits for somebody else's transaction, and how often it looks, ms. */
const flushPatience = 5_000
const flushPause = 10

/** Shorter than the database may take to answer, a lease would be lost for nothing; longer than an hour it is taken for a mistake. */
function requireLease(milliseconds: number): number {
  if (Number.isSafeInteger(milliseconds) && milliseconds >= 500 && milliseconds < 3_600_000) return milliseconds
  throw crmError('PARAMETER_INVALID', { name: 'leaseMilliseconds', reason: 'it must be from 500 to less than an hour' })
}

const forever = new Promise<never>(() => {})

/** Does not keep the process alive. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => {})
}
