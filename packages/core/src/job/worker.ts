import type { Kernel } from '../crm/kernel.ts'
import { type ClaimedJob, claimedJob } from './claimed-job.ts'
import { Heartbeat, type LeaseLength } from './heartbeat.ts'
import type { Job } from './job.ts'
import { runJob } from './run-job.ts'
import { errorText, handBack, verdictOf, writeFailure } from './settle.ts'

/** How a worker works. */
export interface WorkerOptions {
  /** Names it in leases. */
  readonly name: string
  /** Jobs that run at once. */
  readonly concurrency: number
  readonly lease: LeaseLength
  readonly random?: () => number
}

/** Why the signal of a running job is aborted when its process stops. */
export class Stopping extends Error {
  override readonly name = 'Stopping'
}

/** Takes due jobs and runs them. Has timers only while a job runs. */
export class Worker {
  readonly #kernel: Kernel
  readonly #options: WorkerOptions
  readonly #jobs: ReadonlyMap<string, Job>
  readonly #running = new Map<ClaimedJob, Promise<void>>()
  readonly #heartbeat: Heartbeat
  readonly #done: { job: ClaimedJob; settled: () => void }[] = []
  #finishing: Promise<void> | null = null
  #stopping = false
  /** A suspect runs, or waits until nothing else does. */
  #isolating = false

  constructor(kernel: Kernel, options: WorkerOptions) {
    this.#kernel = kernel
    this.#options = options
    this.#jobs = new Map(kernel.contributions.jobs.map((job) => [job.id, job]))
    this.#heartbeat = new Heartbeat(kernel, options.lease)
  }

  get busy(): number {
    return this.#running.size
  }

  get hasRoom(): boolean {
    return this.#room() > 0
  }

  /** Takes as many due jobs as there is room for, and starts them; the answer is how many. */
  async take(): Promise<number> {
    if (this.#jobs.size === 0 || this.#stopping) return 0
    this.#isolating &&= this.#running.size > 0
    const all = [...this.#jobs.values()]
    let taken = 0
    for (const job of all.filter(({ concurrency }) => concurrency !== undefined)) {
      const room = (job.concurrency ?? 0) - this.#runningOf(job.id)
      taken += await this.#claim([job.id], Math.min(room, this.#room()))
    }
    const unbounded = all.filter(({ concurrency }) => concurrency === undefined).map(({ id }) => id)
    return taken + (await this.#claim(unbounded, this.#room()))
  }

  /** Resolves when one of the running jobs has ended, at once where none runs. */
  async oneEnded(): Promise<void> {
    if (this.#running.size > 0) await Promise.race(this.#running.values())
  }

  /** Takes nothing more, gives what runs so many milliseconds to end, then aborts it and hands it back. */
  async stop(grace: number): Promise<void> {
    this.#stopping = true
    if (this.#running.size === 0) return
    const ended = Promise.all(this.#running.values())
    const { promise: over, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, grace)
    await Promise.race([ended, over])
    clearTimeout(timer)
    this.#heartbeat.abortAll(new Stopping('The process is told to stop.'))
    await ended
  }

  /** A worker that was stopped may go on. */
  resume(): void {
    this.#stopping = false
  }

  #room(): number {
    return this.#options.concurrency - this.#running.size
  }

  #runningOf(id: string): number {
    let count = 0
    for (const { job } of this.#running.keys()) if (job === id) count++
    return count
  }

  async #claim(jobs: readonly string[], limit: number): Promise<number> {
    if (limit < 1 || jobs.length === 0 || this.#isolating) return 0
    const { store, clock } = this.#kernel
    const { name, lease } = this.#options
    const rows = await store.work.claimJobs({ worker: name, jobs, now: clock(), limit, leaseMilliseconds: lease.milliseconds })
    const claimed = rows.map(claimedJob)
    const suspect = claimed.find(({ isSuspect }) => isSuspect)
    if (suspect) return this.#isolate(suspect, claimed)
    for (const job of claimed) this.#start(job)
    return claimed.length
  }

  /** What may have ended its process runs with nothing beside it: it takes nobody along, and whoever was only beside another gets through. */
  async #isolate(suspect: ClaimedJob, claimed: readonly ClaimedJob[]): Promise<number> {
    this.#isolating = true
    const alone = this.#running.size === 0
    const others = alone ? claimed.filter((job) => job !== suspect) : claimed
    await Promise.all(others.map((job) => handBack(this.#kernel.store, job)))
    if (alone) this.#start(suspect)
    return alone ? 1 : 0
  }

  #start(job: ClaimedJob): void {
    const signal = this.#heartbeat.watch(job)
    const ended = this.#run(job, signal)
      .catch((error: unknown) => {
        this.#kernel.log({ level: 'error', message: 'What became of a job could not be written.', job: job.job, error: String(error) })
      })
      .finally(() => {
        this.#heartbeat.forget(job)
        this.#running.delete(job)
      })
    this.#running.set(job, ended)
  }

  async #run(job: ClaimedJob, signal: AbortSignal): Promise<void> {
    const { store, clock, log } = this.#kernel
    const definition = this.#jobs.get(job.job)
    try {
      if (job.attempt > job.attempts) throw new Error('The process that ran it died, each time it was tried.')
      await runJob(this.#kernel, definition, job, signal)
      await this.#finish(job)
    } catch (error) {
      if (signal.reason instanceof Stopping && (await handBack(store, job))) return
      const verdict = verdictOf(job, definition, error, this.#options.random ?? Math.random)
      if (!(await writeFailure(store, job, verdict, error, clock()))) return this.#finish(job)
      const message = verdict.state === 'dead' ? 'A job failed and is given up.' : 'A job failed and is tried again.'
      const level = verdict.state === 'dead' ? 'error' : 'warn'
      log({ level, message, job: job.job, id: job.id, tenant: job.tenant, attempt: job.attempt, error: errorText(error) })
    }
  }

  /** Jobs that end while others are being removed are removed together. */
  #finish(job: ClaimedJob): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#done.push({ job, settled: resolve })
    this.#finishing ??= this.#finishAll().finally(() => {
      this.#finishing = null
    })
    this.#finishing.catch(reject)
    return promise
  }

  async #finishAll(): Promise<void> {
    // What ends in this same turn goes along.
    await Promise.resolve()
    while (this.#done.length > 0) {
      const batch = this.#done.splice(0)
      const { finished, superseded } = await this.#kernel.store.work.finishJobs(batch.map(({ job: { lease, id } }) => ({ lease, id })))
      const kept = new Set([...finished, ...superseded])
      for (const { job, settled } of batch) {
        if (!kept.has(job.lease))
          this.#kernel.log({ level: 'warn', message: 'A job was done that another worker has taken over.', job: job.job, id: job.id })
        settled()
      }
    }
  }
}
