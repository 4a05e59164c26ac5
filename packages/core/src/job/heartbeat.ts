import type { Kernel } from '../crm/kernel.ts'
import { crmError } from '../error/crm-error.ts'
import type { ClaimedJob } from './claimed-job.ts'

/** A process that does not renew its leases for this long has died, and others take over. One for all work of a process. */
export interface LeaseLength {
  milliseconds: number
}

interface Watched {
  readonly controller: AbortController
  /** When the lease is over at the latest, by a clock that only grows. */
  until: number
}

/** Keeps the leases of running jobs, and aborts those that are lost. Its timer runs only while a job does. */
export class Heartbeat {
  readonly #kernel: Kernel
  readonly #lease: LeaseLength
  readonly #watched = new Map<ClaimedJob, Watched>()
  #timer: NodeJS.Timeout | null = null
  /** The database has not answered the last question. */
  #asking = false

  constructor(kernel: Kernel, lease: LeaseLength) {
    this.#kernel = kernel
    this.#lease = lease
  }

  watch(job: ClaimedJob): AbortSignal {
    const controller = new AbortController()
    this.#watched.set(job, { controller, until: performance.now() + this.#lease.milliseconds })
    this.#timer ??= setInterval(() => void this.#beat(), this.#lease.milliseconds / 3).unref()
    return controller.signal
  }

  forget(job: ClaimedJob): void {
    this.#watched.delete(job)
    if (this.#watched.size > 0 || !this.#timer) return
    clearInterval(this.#timer)
    this.#timer = null
  }

  abortAll(reason: Error): void {
    for (const { controller } of this.#watched.values()) controller.abort(reason)
  }

  async #beat(): Promise<void> {
    if (this.#asking) return this.#loseOver()
    this.#asking = true
    await this.#renew().finally(() => {
      this.#asking = false
    })
  }

  async #renew(): Promise<void> {
    const asked = [...this.#watched]
    const started = performance.now()
    try {
      const held = new Set(
        await this.#kernel.store.work.renewJobs(
          asked.map(([{ lease }]) => lease),
          this.#lease.milliseconds,
        ),
      )
      for (const [job, watched] of asked) {
        if (held.has(job.lease)) watched.until = started + this.#lease.milliseconds
        else this.#lose(job)
      }
    } catch (error) {
      this.#kernel.log({ level: 'warn', message: 'Leases of jobs could not be renewed.', error: String(error) })
      this.#loseOver()
    }
  }

  /** What could not be renewed in time may have been taken over by now. */
  #loseOver(): void {
    for (const [job, { until }] of this.#watched) if (until <= performance.now()) this.#lose(job)
  }

  /** One that ended meanwhile is no longer watched, and nobody's concern. */
  #lose(job: ClaimedJob): void {
    this.#watched.get(job)?.controller.abort(crmError('JOB_LOST', { job: job.job }))
  }
}
