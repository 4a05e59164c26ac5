import { namedBy, nameIn } from '../client/record-name.ts'
import type { CrmFilter } from './filter.ts'
import { comparedOf, inside, type Source } from './model/fields.ts'
import type { Group, Operand, Part } from './model/tree.ts'

/** What records and people in a condition are called. */
export class NameBook {
  readonly #host: CrmFilter
  readonly #names = new Map<string, string>()
  readonly #asked = new Set<string>()

  constructor(host: CrmFilter) {
    this.#host = host
  }

  nameOf(id: string): string {
    return this.#names.get(id) ?? this.#host.session.person(id)?.name ?? id
  }

  keep(id: string, name: string): void {
    this.#names.set(id, name)
  }

  /** Reads the names that the conditions need and nobody has read yet. One that cannot be read stays an id. */
  learn(source: Source, root: Group): void {
    const people = new Set<string>()
    const records = new Map<string, Set<string>>()
    for (const { object, id } of mentioned(source, root)) {
      const key = `${object} ${id}`
      if (this.#asked.has(key)) continue
      this.#asked.add(key)
      if (object === null) people.add(id)
      else records.set(object, (records.get(object) ?? new Set()).add(id))
    }
    void this.#read(source, [...people], records)
  }

  async #read(source: Source, people: readonly string[], records: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
    const { session } = this.#host
    const reads = [...records].map(async ([object, ids]) => {
      const names = namedBy(source.objects(object) ?? { nameField: null, fields: [] }, this.#host.language)
      const where = { id: { in: [...ids] } }
      const page = await session.client.find(object, { where, fields: names, limit: 500 })
      for (const record of page.records) this.#names.set(record.id, nameIn(record, names))
    })
    if (people.length > 0) reads.push(session.loadPeople(people))
    if (reads.length === 0) return
    await Promise.allSettled(reads)
    this.#host.requestUpdate()
  }
}

interface Mention {
  /** Null: a person. */
  readonly object: string | null
  readonly id: string
}

function mentioned(source: Source, group: Group): readonly Mention[] {
  return group.parts.flatMap((part) => inPart(source, part))
}

function inPart(source: Source, part: Part): readonly Mention[] {
  if (part.is === 'group') return mentioned(source, part)
  if (part.is === 'rows') {
    const within = inside(source, part.path)
    return within ? mentioned(within, part.where) : []
  }
  if (part.is !== 'condition') return []
  const { subject } = part
  const within = subject.is === 'figure' ? inside(source, subject.path) : null
  const deeper = subject.is === 'figure' && within ? mentioned(within, subject.where) : []
  const compared = comparedOf(source, subject)
  if (compared?.cls === 'person') return [...deeper, ...idsOf(part.value).map((id) => ({ object: null, id }))]
  const { to } = compared?.field ?? {}
  if (!to || (compared?.cls !== 'reference' && compared?.cls !== 'links')) return deeper
  return [...deeper, ...idsOf(part.value).map((id) => ({ object: to, id }))]
}

function idsOf(operand: Operand): readonly string[] {
  if (operand.is === 'list') return operand.values
  return operand.is === 'constant' && typeof operand.value === 'string' ? [operand.value] : []
}
