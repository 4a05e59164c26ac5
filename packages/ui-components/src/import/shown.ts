/** What is folded out, by name. */
export class Shown {
  readonly #open = new Set<string>()
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  has(name: string): boolean {
    return this.#open.has(name)
  }

  toggle(name: string): void {
    if (!this.#open.delete(name)) this.#open.add(name)
    this.#changed()
  }

  open(name: string): void {
    this.#open.add(name)
    this.#changed()
  }
}
