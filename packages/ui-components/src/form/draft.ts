import { nestValues, readField, sameValue } from '../client/record.ts'
import type { CrmRecord, RecordValues } from '../client/types.ts'

/** What a reader has entered over a record, and nothing else: the patch is the edits that differ. */
export class Draft {
  readonly base: CrmRecord | null
  readonly #edits: Map<string, unknown>

  constructor(base: CrmRecord | null, edits: Iterable<readonly [string, unknown]> = []) {
    this.base = base
    this.#edits = new Map([...edits].filter(([name, value]) => !sameValue(value, readField(base, name))))
  }

  value(name: string): unknown {
    return this.#edits.has(name) ? this.#edits.get(name) : readField(this.base, name)
  }

  set(name: string, value: unknown): void {
    if (sameValue(value, readField(this.base, name))) this.#edits.delete(name)
    else this.#edits.set(name, value)
  }

  get isDirty(): boolean {
    return this.#edits.size > 0
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
