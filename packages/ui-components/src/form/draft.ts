import { isBlank, nestValues, readField, sameValue } from '../client/record.ts'
import type { CrmRecord, RecordValues } from '../client/types.ts'

type Entries = Iterable<readonly [string, unknown]>

/** What a reader has entered over a record, and nothing else: the patch is the edits that differ. */
export class Draft {
  readonly base: CrmRecord | null
  readonly #edits: Map<string, unknown>
  readonly #given: Map<string, unknown>

  /** `given` are values the form began with by itself: sent, but nobody's work to lose. */
  constructor(base: CrmRecord | null, edits: Entries = [], given: Entries = []) {
    this.base = base
    this.#given = new Map(given)
    this.#edits = new Map([...this.#given, ...edits].filter(([name, value]) => !sameValue(value, readField(base, name))))
  }

  value(name: string): unknown {
    return this.#edits.has(name) ? this.#edits.get(name) : readField(this.base, name)
  }

  set(name: string, value: unknown): void {
    // A default that was taken out must be said, or it would come back.
    const isTakenOut = !this.base && isBlank(value) && !isBlank(this.#given.get(name))
    if (!isTakenOut && sameValue(value, readField(this.base, name))) this.#edits.delete(name)
    else this.#edits.set(name, value)
  }

  /** A value that the form itself puts in, such as a default that follows other fields. */
  give(name: string, value: unknown): void {
    this.#given.set(name, value)
    this.set(name, value)
  }

  /** Is there anything that would be lost? */
  get isDirty(): boolean {
    const names = new Set([...this.#edits.keys(), ...this.#given.keys()])
    return [...names].some(
      (name) => !sameValue(this.value(name), this.#given.has(name) ? this.#given.get(name) : readField(this.base, name)),
    )
  }

  /** Names and values that differ from the record. */
  get edits(): ReadonlyMap<string, unknown> {
    return this.#edits
  }

  /** What to send: only what changed; clearing is null. */
  get patch(): RecordValues {
    return nestValues(new Map([...this.#edits].map(([name, value]) => [name, value === undefined ? null : value])))
  }
}
