/** Records that a contender may read and change, with their versions. They come up in an order that follows no page of the table. */
export class KnownRows {
  readonly #ids: string[] = []
  readonly #versions: number[] = []
  #next = 0

  add(ids: readonly string[]): void {
    for (const id of ids) {
      this.#ids.push(id)
      this.#versions.push(1)
    }
  }

  /** The next id to read. */
  id(): string {
    return this.#ids[this.#step()] ?? ''
  }

  /** The next record to change, with the version it has now. */
  target(): { id: string; version: number } {
    const index = this.#step()
    const version = this.#versions[index] ?? 1
    this.#versions[index] = version + 1
    return { id: this.#ids[index] ?? '', version }
  }

  /** A prime stride reaches every row once before any row twice. */
  #step(): number {
    this.#next = (this.#next + 7_919) % this.#ids.length
    return this.#next
  }
}
