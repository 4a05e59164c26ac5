const ignore = (): void => {}

/** Lets one piece of work at a time through, in the order they came. */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work)
    this.#last = mine.then(ignore, ignore)
    return mine
  }

  /** Resolves when everybody who came before now is through. */
  idle(): Promise<void> {
    return this.#last
  }
}
