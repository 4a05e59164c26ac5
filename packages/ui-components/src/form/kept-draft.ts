import { draftKey, draftStorage } from '../client/draft-key.ts'
import type { Session } from '../client/session.ts'

/** What was left longer ago is nobody's work in progress any more. */
const KEPT_MS = 24 * 60 * 60 * 1000

interface Kept {
  readonly at: number
  readonly version: number | null
  readonly edits: readonly (readonly [string, unknown])[]
}

/**
 * What somebody has entered, kept in the tab while the page is away by accident: a reload, a press on Back, a session that ran out. The
 * key names the person, the tenant and the record, so nobody else is shown it.
 */
export class KeptDraft {
  readonly #key: string
  readonly #storage: Storage | null

  private constructor(key: string, storage: Storage | null) {
    this.#key = key
    this.#storage = storage
  }

  /** The draft of a record, or of a new one. */
  static async of(session: Session, base: string, object: string, id: string | null): Promise<KeptDraft> {
    const me = await session.me().catch(() => null)
    if (!me) return new KeptDraft('', null)
    return new KeptDraft(draftKey(base, me.identity.tenant ?? null, me.identity.id, object, id), draftStorage())
  }

  keep(version: number | null, edits: Iterable<readonly [string, unknown]>, now: number): void {
    const kept: Kept = { at: now, version, edits: [...edits] }
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(kept))
    } catch {
      // A full storage keeps nothing; the form itself is not in danger.
    }
  }

  /** What was kept, once; null when there is nothing, or nothing that fits the record as it is now. */
  take(version: number | null, now: number): readonly (readonly [string, unknown])[] | null {
    const text = this.#storage?.getItem(this.#key) ?? null
    this.drop()
    if (text === null) return null
    try {
      const { at, version: of, edits } = JSON.parse(text) as Kept
      return of === version && now - at < KEPT_MS && edits.length > 0 ? edits : null
    } catch {
      return null
    }
  }

  drop(): void {
    this.#storage?.removeItem(this.#key)
  }
}
