/** Which records are chosen: some by id, or all that match but some. */
export class Selection {
  readonly isAll: boolean
  /** The chosen ones; with {@link isAll} those left out. */
  readonly ids: ReadonlySet<string>

  constructor(ids: Iterable<string> = [], isAll = false) {
    this.ids = new Set(ids)
    this.isAll = isAll
  }

  has(id: string): boolean {
    return this.ids.has(id) !== this.isAll
  }

  /** How many, of so many that match. */
  count(total: number): number {
    return this.isAll ? Math.max(0, total - this.ids.size) : this.ids.size
  }

  isEmpty(total: number): boolean {
    return this.count(total) === 0
  }

  /** With these chosen, or no longer. */
  with(ids: readonly string[], chosen: boolean): Selection {
    const next = new Set(this.ids)
    for (const id of ids) {
      if (chosen !== this.isAll) next.add(id)
      else next.delete(id)
    }
    return new Selection(next, this.isAll)
  }
}
