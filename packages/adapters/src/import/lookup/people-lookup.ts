import type { Person, Session } from '@guanxi/core'
import { refuse } from '../convert/converted.ts'
import type { Found } from '../convert/options.ts'
import { folded } from '../convert/width.ts'
import { nearest } from '../likeness.ts'
import { bracketedId } from './bracketed-id.ts'

const most = 1_000

/** Finds the people that texts name: by id, by e-mail address, by a name that only one of them has. */
export class PeopleLookup {
  readonly #byId = new Map<string, Person>()
  readonly #byName = new Map<string, string | 'many'>()
  readonly #byFolded = new Map<string, string | 'many'>()
  readonly #asked = new Set<string>()
  #whole: boolean | null = null

  /** Makes sure that these texts can be found. */
  async load(session: Session, texts: Iterable<string>): Promise<void> {
    if (this.#whole === null) {
      const people = await session.directory.people({ limit: most })
      this.#whole = people.length < most
      for (const person of people) this.add(person)
    }
    if (this.#whole) return
    for (const text of texts) await this.#ask(session, text)
  }

  find(text: string): Found {
    const named = this.#byName.get(text)
    // An id that is also somebody else's name names two people.
    if (this.#byId.has(text) && (named === undefined || named === text)) return { id: text }
    if (named !== undefined && named !== 'many' && !this.#byId.has(text)) return { id: named }
    const written = named === undefined ? bracketedId(text) : null
    // Said outright: hosts may have people whom the directory does not know yet.
    if (written !== null) return { id: written }
    const near = named === undefined ? this.#byFolded.get(folded(text)) : 'many'
    const value = text.slice(0, 100)
    if (near === 'many') return refuse('IMPORT_PERSON_AMBIGUOUS', { value })
    if (near !== undefined) return { id: near, code: 'NAME_SPELLING' }
    const suggestion = nearest(text, this.#byName.keys())
    return suggestion === null
      ? refuse('IMPORT_PERSON_MISSING', { value })
      : refuse('IMPORT_REFERENCE_NEAR', { value, nearest: suggestion })
  }

  person(id: string): Person | null {
    return this.#byId.get(id) ?? null
  }

  add(person: Person): void {
    const known = this.#byId.has(person.id)
    this.#byId.set(person.id, person)
    if (known) return
    this.#remember(this.#byName, person.name, person.id)
    this.#remember(this.#byFolded, folded(person.name), person.id)
    if (!person.email) return
    this.#remember(this.#byName, person.email.toLowerCase(), person.id)
    this.#remember(this.#byFolded, folded(person.email), person.id)
  }

  #remember(into: Map<string, string | 'many'>, key: string, id: string): void {
    const known = into.get(key)
    into.set(key, known === undefined || known === id ? id : 'many')
  }

  async #ask(session: Session, text: string): Promise<void> {
    if (this.#asked.has(text) || text.length > 100) return
    this.#asked.add(text)
    const [listed, found] = [await session.directory.people({ ids: [text] }), await session.directory.people({ search: text, limit: 100 })]
    for (const person of [...listed, ...found]) this.add(person)
  }
}
