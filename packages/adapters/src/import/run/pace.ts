import type { Counts, Progress } from './job.ts'

/** Tells how fast a run goes and how long it will take, from what this run itself has done. */
export class Pace {
  readonly #jobId: string | null
  readonly #total: number
  readonly #before: number
  readonly #started = performance.now()

  constructor(jobId: string | null, total: number, before: number) {
    this.#jobId = jobId
    this.#total = total
    this.#before = before
  }

  at(file: string, counts: Counts): Progress {
    const seconds = (performance.now() - this.#started) / 1000
    const rate = seconds > 0 ? (counts.rowsDone - this.#before) / seconds : 0
    const secondsLeft = rate > 0 ? Math.max(0, Math.round((this.#total - counts.rowsDone) / rate)) : null
    return { ...counts, jobId: this.#jobId, file, rowsTotal: this.#total, rowsPerSecond: Math.round(rate), secondsLeft }
  }
}
