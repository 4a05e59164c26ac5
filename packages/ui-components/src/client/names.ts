import type { Session } from './session.ts'
import type { CrmRecord, FieldView, Person, RelatedRecord } from './types.ts'

const MOST = 200

/** Names of people, teams and records that values point to, read once and in bulk. Whatever has no name is shown by its id. */
export class Names {
  readonly #session: Session
  readonly #teams = new Map<string, string>()
  readonly #records = new Map<string, RelatedRecord>()

  constructor(session: Session) {
    this.#session = session
  }

  /** A person's name; their id where there is none. */
  person(id: string): string {
    return this.#session.person(id)?.name ?? id
  }

  team(id: string): string {
    return this.#teams.get(id) ?? id
  }

  /** A record's name; its id where it has not been read. */
  record(object: string, id: string): string {
    return this.#records.get(`${object} ${id}`)?.name ?? id
  }

  /** What a field's value points to, the way a record brings it along. */
  related(field: FieldView, value: unknown): RelatedRecord | readonly RelatedRecord[] | null {
    const one = (id: unknown): RelatedRecord =>
      field.kind === 'user'
        ? { id: String(id), name: this.person(String(id)) }
        : (this.#records.get(`${field.to} ${String(id)}`) ?? { id: String(id) })
    if (Array.isArray(value)) return value.map(one)
    return typeof value === 'string' ? one(value) : null
  }

  /** All teams that have been read. */
  get teams(): readonly (readonly [id: string, name: string])[] {
    return [...this.#teams]
  }

  /** Reads what is not known yet. Where that is refused, ids remain. */
  async load(wanted: { readonly people?: readonly string[]; readonly teams?: readonly string[] }): Promise<void> {
    const { people = [], teams = [] } = wanted
    const isUnknown = teams.some((id) => !this.#teams.has(id))
    await Promise.all([
      people.length > 0 && this.#session.loadPeople(people.slice(0, MOST)).catch(() => undefined),
      isUnknown && this.loadTeams(),
    ])
  }

  /** Reads what the values of fields point to. */
  async loadValues(pairs: readonly (readonly [FieldView, unknown])[]): Promise<void> {
    const people: string[] = []
    const teams: string[] = []
    const records = new Map<string, Set<string>>()
    for (const [field, value] of pairs) {
      const ids = (Array.isArray(value) ? value : [value]).filter((id): id is string => typeof id === 'string' && id !== '')
      if (field.kind === 'user') people.push(...ids)
      else if (field.name === 'teamId') teams.push(...ids)
      else if ((field.kind === 'reference' || field.kind === 'links') && field.to)
        records.set(field.to, new Set([...(records.get(field.to) ?? []), ...ids]))
    }
    const each = [...records].map(([object, ids]) => this.loadRecords(object, [...ids]))
    await Promise.all([this.load({ people, teams }), ...each])
  }

  /** There are few, so all of them at once. */
  async loadTeams(): Promise<void> {
    const found = await this.#session.client.send<{ teams: Person[] }>('GET', 'teams').catch(() => ({ teams: [] }))
    for (const { id, name } of found.teams) this.#teams.set(id, name)
  }

  /** Reads what records of one object are called. */
  async loadRecords(object: string, ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#records.has(`${object} ${id}`)).slice(0, MOST)
    if (unknown.length === 0) return
    try {
      const [definition, { records }] = await Promise.all([
        this.#session.object(object),
        this.#session.client.find(object, { where: { id: { in: unknown } }, limit: MOST }),
      ])
      const name = (record: CrmRecord) => record[definition.nameField ?? 'name']
      for (const record of records) this.#records.set(`${object} ${record.id}`, { ...record, name: String(name(record) ?? record.id) })
    } catch {
      // Whoever may not read them sees their ids.
    }
  }
}
