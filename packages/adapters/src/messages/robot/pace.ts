/** So many in a window that rolls. */
export class Pace {
  readonly #limit: number
  readonly #window: number
  #times: number[] = []

  constructor(limit: number, milliseconds: number) {
    this.#limit = limit
    this.#window = milliseconds
  }

  /** Takes a place and answers 0, or says how many milliseconds to wait. */
  take(now: number): number {
    this.#times = this.#times.filter((time) => time > now - this.#window && time <= now)
    const [oldest] = this.#times
    if (this.#times.length >= this.#limit && oldest !== undefined) return oldest + this.#window - now
    this.#times.push(now)
    return 0
  }
}
