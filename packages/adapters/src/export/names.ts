import { CrmError, type FieldDefinition, type ObjectDefinition, type Session } from '@guanxi/core'
import type { Found } from '../import/convert/options.ts'
import { withBracketedId } from '../import/lookup/bracketed-id.ts'
import { fieldValue } from '../import/lookup/existing-records.ts'
import { PeopleLookup } from '../import/lookup/people-lookup.ts'
import { readPages } from '../import/lookup/read-pages.ts'
import { ReferenceLookup } from '../import/lookup/reference-lookup.ts'
import { namingFields } from '../import/map/target.ts'
import type { ReadRecord } from './read-records.ts'

const most = { kept: 20_000, question: 500 } as const

/** A record's name, and the text that an import finds it by. */
interface Named {
  readonly name: string
  readonly text: string
}

/** What one object's records are called. */
interface ObjectNames {
  readonly lookup: ReferenceLookup | null
  readonly nameField: string
  readonly known: Map<string, Named>
}

/** What records and people are called in a file. A text stands for one of them only if an import would find just that one by it. */
export class Names {
  readonly #session: Session
  readonly #objects = new Map<string, ObjectNames>()
  readonly #people = new PeopleLookup()

  constructor(session: Session) {
    this.#session = session
  }

  /** Learns the names of everything that these records point to. */
  async load(fields: readonly FieldDefinition[], records: readonly ReadRecord[]): Promise<void> {
    const wanted = new Map<string, Set<string>>()
    for (const field of fields) {
      for (const record of records) {
        for (const [object, id] of pointedTo(field, fieldValue(record, field.name))) {
          const ids = wanted.get(object) ?? new Set()
          wanted.set(object, ids.add(id))
        }
      }
    }
    for (const [object, ids] of wanted) {
      if (object === people) await this.#people.load(this.#session, ids)
      else await this.#loadObject(object, ids)
    }
  }

  /** The text for a record; the bare id where its name cannot be known. */
  record(object: string, id: string): string {
    return this.#objects.get(object)?.known.get(id)?.text ?? id
  }

  /** The text for a record with its id behind it, whoever else has its name. */
  exactly(object: string, id: string): string {
    return withBracketedId(this.#objects.get(object)?.known.get(id)?.name ?? null, id)
  }

  /** What an import would find by a text. */
  find(object: string): (text: string) => Found {
    const lookup = this.#objects.get(object)?.lookup
    return (text) => lookup?.find(text) ?? { id: text }
  }

  person(id: string): string {
    const name = this.#people.person(id)?.name ?? null
    if (name !== null && name.trim() === name && leadsTo(this.#people.find(name), id)) return name
    return withBracketedId(name, id)
  }

  async #loadObject(object: string, ids: ReadonlySet<string>): Promise<void> {
    const own = this.#objects.get(object) ?? (await this.#namesOf(object))
    this.#objects.set(object, own)
    const { lookup, nameField, known } = own
    if (!lookup) return
    if (known.size > most.kept) known.clear()
    const missing = [...ids].filter((id) => !known.has(id))
    const names = new Map<string, string>()
    for (let start = 0; start < missing.length; start += most.question) {
      const where = { id: { in: missing.slice(start, start + most.question) } }
      for await (const record of readPages(this.#session, object, where, [nameField])) {
        const name = fieldValue(record, nameField)
        if (name !== null && name !== undefined) names.set(String(record.id), String(name))
      }
    }
    await lookup.load(this.#session, names.values())
    for (const [id, name] of names) {
      const plain = name.trim() === name && leadsTo(lookup.find(name), id)
      known.set(id, { name, text: plain ? name : withBracketedId(name, id) })
    }
  }

  /** Records that the reader may not see keep their ids: an import leaves them as they are. */
  async #namesOf(object: string): Promise<ObjectNames> {
    const definition = await this.#definitionOf(object)
    const [nameField] = definition ? namingFields(definition) : []
    const lookup = definition && nameField !== undefined ? new ReferenceLookup(definition, {}, {}) : null
    return { lookup, nameField: nameField ?? '', known: new Map() }
  }

  async #definitionOf(object: string): Promise<ObjectDefinition | null> {
    try {
      return this.#session.allowed(object).includes('read') ? await this.#session.definitions.get(object) : null
    } catch (error) {
      if (error instanceof CrmError && error.status < 500) return null
      throw error
    }
  }
}

const people = '@people'

function leadsTo(found: Found, id: string): boolean {
  return !('refused' in found) && found.id === id && found.code === undefined
}

function pointedTo({ kind, to }: FieldDefinition, value: unknown): [object: string, id: string][] {
  if (value === null || value === undefined) return []
  if (kind === 'user') return [[people, String(value)]]
  if (kind === 'anyReference') {
    const { object, id } = value as { readonly object: string; readonly id: string }
    return [[object, id]]
  }
  const ids = Array.isArray(value) ? value : [value]
  return ids.map((id) => [to ?? '', String(id)])
}
