import { sameValue } from './record.ts'
import type { CrmRecord, RecordValues, RelatedRecord } from './types.ts'

/** A record changed here, or was seen changed. */
export interface RecordEvent {
  readonly object: string
  readonly id: string
  /** Null when it was not known before. */
  readonly before: CrmRecord | null
  /** Null when it is gone. */
  readonly after: CrmRecord | null
}

type Listener = (event: RecordEvent) => void

/** Every record the page knows, once. Board, list and form of one page read from it and hear of each other's changes. */
export class RecordStore {
  readonly #records = new Map<string, CrmRecord>()
  readonly #listeners = new Set<Listener>()

  get(object: string, id: string): CrmRecord | null {
    return this.#records.get(key(object, id)) ?? null
  }

  /** Records of an object that the page knows, the latest last. */
  idsOf(object: string): string[] {
    const prefix = `${object}/`
    return [...this.#records.keys()].filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length))
  }

  /** Takes what a read brought. A newer version than the known one is news to the others; an older one is dropped. */
  merge(object: string, records: readonly CrmRecord[]): void {
    for (const record of records) {
      const known = this.get(object, record.id)
      if (known && known.version > record.version) continue
      this.#put(object, join(known, record), known !== null && known.version < record.version)
    }
  }

  /** Takes what a write answered. */
  commit(object: string, record: CrmRecord): void {
    this.#put(object, join(this.get(object, record.id), record), true)
  }

  /** Changes fields here only, before the server has answered; returns the inverse. */
  patch(object: string, id: string, values: RecordValues): RecordValues {
    const known = this.get(object, id)
    if (!known) return {}
    const inverse = Object.fromEntries(
      Object.keys(values).map((name) => [name, name === 'custom' ? pick(known.custom, values.custom) : known[name]]),
    )
    const custom = values.custom ? { custom: { ...known.custom, ...(values.custom as RecordValues) } } : {}
    this.#put(object, join(known, { ...known, ...values, ...custom }), true)
    return inverse
  }

  remove(object: string, id: string): void {
    const before = this.get(object, id)
    this.#records.delete(key(object, id))
    if (before) this.#tell({ object, id, before, after: null })
  }

  /** Hears every change until the returned function is called. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #put(object: string, record: CrmRecord, news: boolean): void {
    const before = this.get(object, record.id)
    this.#records.set(key(object, record.id), record)
    if (news) this.#tell({ object, id: record.id, before, after: record })
  }

  #tell(event: RecordEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }
}

/** What these fields of the tenant held before. */
function pick(custom: RecordValues | undefined, changed: unknown): RecordValues {
  return Object.fromEntries(Object.keys(changed as RecordValues).map((name) => [name, custom?.[name] ?? null]))
}

const key = (object: string, id: string): string => `${object}/${id}`

/** The newer record over the older; what a reference points to stays known while the reference is the same. */
function join(known: CrmRecord | null, record: CrmRecord): CrmRecord {
  if (!known) return record
  const joined = { ...known, ...record }
  const kept = Object.entries(known.related ?? {}).filter(([name, value]) => sameValue(joined[name], idsOf(value)))
  return { ...joined, related: { ...Object.fromEntries(kept), ...(record.related === known.related ? {} : record.related) } }
}

function idsOf(related: RelatedRecord | readonly RelatedRecord[] | null): unknown {
  if (Array.isArray(related)) return related.map((one: RelatedRecord) => one.id)
  return (related as RelatedRecord | null)?.id ?? null
}
