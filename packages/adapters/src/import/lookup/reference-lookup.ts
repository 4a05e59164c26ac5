import type { ObjectDefinition, Session } from '@guanxi/core'
import { type Refused, refuse } from '../convert/converted.ts'
import type { Found } from '../convert/options.ts'
import { folded } from '../convert/width.ts'
import { nearest } from '../likeness.ts'
import type { ReferenceRule } from '../map/mapping.ts'
import { namingFields } from '../map/target.ts'
import { bracketedId } from './bracketed-id.ts'
import { fieldValue } from './existing-records.ts'
import { readPages } from './read-pages.ts'

/** Up to here all records of the target are held, so that other spellings are recognised; beyond, only exact names are asked for. */
const most = { whole: 5_000, kept: 100_000, question: 500 } as const
/** What ids of records look like. */
export const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Finds the records of one object that texts name: by id, by its naming fields, and, where all are known, in near spellings. */
export class ReferenceLookup {
  readonly #object: ObjectDefinition
  readonly #by: readonly string[]
  readonly #where: Readonly<Record<string, unknown>>
  /** Text → id; `many` where several records have it. */
  readonly #ids = new Map<string, string | 'many'>()
  readonly #near = new Map<string, string | 'many'>()
  #whole: boolean | null = null

  constructor(object: ObjectDefinition, rule: ReferenceRule, where: Readonly<Record<string, unknown>>) {
    this.#object = object
    this.#by = rule.by ?? namingFields(object)
    this.#where = where
  }

  get object(): string {
    return this.#object.name
  }

  get by(): readonly string[] {
    return this.#by
  }

  /** Makes sure that these texts can be found. */
  async load(session: Session, texts: Iterable<string>): Promise<void> {
    this.#whole ??= await this.#readWhole(session)
    if (this.#whole) return
    if (this.#ids.size > most.kept) this.#ids.clear()
    const wanted = [...new Set(texts)].filter((text) => text.length <= 1_000 && !this.#ids.has(text) && !uuid.test(text))
    for (let start = 0; start < wanted.length; start += most.question) await this.#ask(session, wanted.slice(start, start + most.question))
  }

  find(text: string): Found {
    const id = this.#ids.get(text) ?? this.#ids.get(text.normalize('NFC'))
    if (id !== undefined) return id === 'many' ? refuse('IMPORT_REFERENCE_AMBIGUOUS', { value: text.slice(0, 100) }) : this.#found(id)
    if (uuid.test(text)) return this.#found(text.toLowerCase())
    const written = bracketedId(text)
    if (written !== null && uuid.test(written)) return this.#found(written.toLowerCase())
    const near = this.#whole ? this.#near.get(folded(text)) : undefined
    if (near === 'many') return refuse('IMPORT_REFERENCE_AMBIGUOUS', { value: text.slice(0, 100) })
    return near === undefined ? this.#missing(text) : { ...this.#found(near), code: 'NAME_SPELLING' }
  }

  /** Names that exist, for suggestions. */
  get names(): Iterable<string> {
    return this.#whole ? this.#ids.keys() : []
  }

  /** A record that has just been made, or is only rehearsed: `keep` holds on to it, however many there are. */
  add(value: (field: string) => unknown, id: string, keep = false): void {
    for (const field of this.#by) {
      const name = value(field)
      if (name !== null && name !== undefined && name !== '') this.#remember(String(name), id)
    }
    if (keep || this.#ids.size <= most.kept) return
    this.#whole = false
    this.#ids.clear()
    this.#near.clear()
  }

  #found(id: string): { id: string; object: string } {
    return { id, object: this.#object.name }
  }

  #missing(text: string): Refused {
    const value = text.slice(0, 100)
    const suggestion = nearest(text, this.names)
    return suggestion === null
      ? refuse('IMPORT_REFERENCE_MISSING', { value })
      : refuse('IMPORT_REFERENCE_NEAR', { value, nearest: suggestion })
  }

  #remember(text: string, id: string): void {
    const known = this.#ids.get(text)
    this.#ids.set(text, known === undefined || known === id ? id : 'many')
    const key = folded(text)
    const near = this.#near.get(key)
    this.#near.set(key, near === undefined || near === id ? id : 'many')
  }

  async #readWhole(session: Session): Promise<boolean> {
    const records = session.records(this.#object.name)
    if ((await records.count({ where: this.#where })) > most.whole) return false
    for await (const record of readPages(session, this.#object.name, this.#where, this.#by))
      this.add((name) => fieldValue(record, name), String(record.id))
    return true
  }

  async #ask(session: Session, texts: readonly string[]): Promise<void> {
    const or = this.#by.map((field) => ({
      [field]: { in: texts.map((text) => this.#operand(field, text)).filter((each) => each !== null) },
    }))
    const where = { ...this.#where, or }
    for await (const record of readPages(session, this.#object.name, where, this.#by))
      this.add((name) => fieldValue(record, name), String(record.id))
  }

  /** Numbers are asked for as numbers. */
  #operand(field: string, text: string): unknown {
    const kind = this.#object.field.get(field)?.kind
    if (kind !== 'integer') return text
    return /^-?\d{1,15}$/.test(text) ? Number(text) : null
  }
}
