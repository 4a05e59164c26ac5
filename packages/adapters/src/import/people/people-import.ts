import type { DirectoryInput, Person, Session, Team } from '@guanxi/core'
import type { CompiledMapping } from '../compile/compiled.ts'
import { convertCell } from '../convert/convert-cell.ts'
import { isRefused } from '../convert/converted.ts'
import type { PeopleLookup } from '../lookup/people-lookup.ts'
import type { BatchPlan } from '../run/prepare-batch.ts'
import { type Reason, reason } from '../run/reason.ts'
import type { CellMark, FlatValues, RowPlan } from '../run/row-plan.ts'
import type { BatchOutcome } from '../run/write-batch.ts'
import type { TableRow } from '../table.ts'

/** Adds or changes people of the host's directory. */
export type PutPeople = (input: DirectoryInput) => Promise<void>

type PersonInput = NonNullable<DirectoryInput['people']>[number]
type TeamInput = NonNullable<DirectoryInput['teams']>[number]

/** What a batch of rows says of the directory. */
export interface PeopleBatch {
  readonly plan: BatchPlan
  readonly outcome: BatchOutcome
  readonly input: DirectoryInput
  readonly people: readonly Person[]
}

/** Reads rows into people and teams. A person is known by id, by e-mail address, or by a name that only one has. */
export async function readPeople(
  session: Session,
  mapping: CompiledMapping,
  lookup: PeopleLookup,
  taken: Set<string>,
  rows: readonly TableRow[],
): Promise<PeopleBatch> {
  const drafts = rows.map((row) => ({ row, ...valuesOf(mapping, row) }))
  const names = drafts
    .flatMap(({ values }) => [values.id, values.email, values.name, values.manager])
    .filter((text) => typeof text === 'string')
  await lookup.load(session, names)
  const reader = new PeopleReader(lookup, await session.directory.teams(), taken)
  const plans = drafts.map(({ row, values, marks, reasons }): RowPlan => {
    const why = [...reasons, ...reader.take(values)]
    const id = why.length > 0 ? '' : reader.idOf(values)
    return { row, id, existing: null, first: values, last: values, at: null, steps: [], marks, waiting: [], reasons: why }
  })
  const accepted = plans.filter(({ reasons }) => reasons.length === 0)
  const outcomeOf = (kind: 'created' | 'updated' | 'unchanged'): RowPlan[] => accepted.filter(({ id }) => reader.outcome(id) === kind)
  return {
    plan: { rows: plans, stubs: [] },
    outcome: {
      created: outcomeOf('created'),
      updated: outcomeOf('updated'),
      unchanged: outcomeOf('unchanged'),
      refused: new Map(plans.filter(({ reasons }) => reasons.length > 0).map((plan) => [plan, plan.reasons])),
      stubs: [],
    },
    input: reader.input,
    people: reader.people,
  }
}

function valuesOf(mapping: CompiledMapping, row: TableRow): { values: FlatValues; marks: CellMark[]; reasons: Reason[] } {
  const values: Record<string, unknown> = {}
  const marks: CellMark[] = []
  const reasons: Reason[] = []
  for (const { field, column, options, cell } of mapping.sources) {
    const result = convertCell(cell(row), field, options)
    if (isRefused(result)) reasons.push(reason(result.refused, result.params, { column, field: field.name }))
    else {
      values[field.name] = result.value
      if (result.mark) marks.push({ ...result.mark, column, value: result.value })
    }
  }
  if (!values.name) reasons.push(reason('VALUE_REQUIRED', {}, { field: 'name' }))
  return { values, marks, reasons }
}

/** Ids made of names: readable, and the same in every file. */
function idFrom(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 190)
}

class PeopleReader {
  readonly #lookup: PeopleLookup
  readonly #teams: Map<string, Team>
  readonly #taken: Set<string>
  readonly #people = new Map<string, PersonInput>()
  readonly #teamInputs = new Map<string, TeamInput>()
  readonly #outcomes = new Map<string, 'created' | 'updated' | 'unchanged'>()

  constructor(lookup: PeopleLookup, teams: readonly Team[], taken: Set<string>) {
    this.#lookup = lookup
    this.#teams = new Map(teams.map((team) => [team.name, team]))
    this.#taken = taken
  }

  /** Takes a row's person; the reasons, if it cannot be taken. */
  take(values: FlatValues): Reason[] {
    const name = text(values.name)
    if (name === null) return []
    const known = this.#known(values)
    if (known === 'many') return [reason('IMPORT_PERSON_AMBIGUOUS', { value: name }, { field: 'name' })]
    const id = known?.id ?? text(values.id) ?? idFrom(name)
    if (this.#taken.has(id)) return [reason('IMPORT_KEY_REPEATED', { value: id }, { field: 'id' })]
    this.#taken.add(id)
    const teamId = this.#team(values)
    const person: PersonInput = {
      id,
      name,
      ...(text(values.email) !== null && { email: text(values.email) }),
      ...(values.state !== null && values.state !== undefined && { state: values.state as Person['state'] }),
      ...(Array.isArray(values.roles) && values.roles.length > 0 && { roles: values.roles as string[] }),
      ...(teamId !== null && { teamIds: [teamId] }),
    }
    this.#people.set(id, person)
    this.#outcomes.set(id, known ? (differs(person, known) ? 'updated' : 'unchanged') : 'created')
    return []
  }

  idOf(values: FlatValues): string {
    const known = this.#known(values)
    return (known !== 'many' && known?.id) || text(values.id) || idFrom(text(values.name) ?? '')
  }

  outcome(id: string): 'created' | 'updated' | 'unchanged' | undefined {
    return this.#outcomes.get(id)
  }

  get input(): DirectoryInput {
    const changed = [...this.#people.values()].filter(({ id }) => this.#outcomes.get(id) !== 'unchanged')
    return { teams: [...this.#teamInputs.values()], people: changed }
  }

  get people(): readonly Person[] {
    return [...this.#people.values()].map((person) => ({
      email: null,
      state: 'active',
      awayFrom: null,
      awayTo: null,
      locale: null,
      roles: [],
      teamIds: [],
      leads: [],
      ...person,
    }))
  }

  #known(values: FlatValues): Person | 'many' | null {
    const id = text(values.id)
    if (id !== null) return this.#lookup.person(id)
    const found = this.#lookup.find(text(values.email) ?? text(values.name) ?? '')
    if (!('refused' in found)) return found.code ? null : this.#lookup.person(found.id)
    return found.refused === 'IMPORT_PERSON_AMBIGUOUS' ? 'many' : null
  }

  /** The team named, else the manager's; the manager is one of it. */
  #team(values: FlatValues): string | null {
    const manager = text(values.manager)
    const name = text(values.team) ?? manager
    if (name === null) return null
    const parent = text(values.parentTeam)
    const parentId = parent === null ? undefined : this.#putTeam(parent, undefined)
    const id = this.#putTeam(name, parentId)
    if (manager !== null) this.#putManager(manager, id)
    return id
  }

  #putTeam(name: string, parentId: string | undefined): string {
    const known = this.#teams.get(name)
    const id = known?.id ?? `team-${idFrom(name)}`
    if (known && (parentId === undefined || known.parentId === parentId)) return id
    this.#teams.set(name, { id, name, parentId: parentId ?? null })
    this.#teamInputs.set(id, { id, name, ...(parentId !== undefined && { parentId }) })
    return id
  }

  #putManager(name: string, teamId: string): void {
    const found = this.#lookup.find(name)
    const id = 'refused' in found ? idFrom(name) : found.id
    if (this.#people.has(id) || this.#taken.has(id) || !('refused' in found)) return
    this.#people.set(id, { id, name, roles: ['manager'], teamIds: [teamId] })
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function differs(given: PersonInput, known: Person): boolean {
  const differing = (name: keyof PersonInput): boolean =>
    given[name] !== undefined && JSON.stringify(given[name]) !== JSON.stringify(known[name as keyof Person])
  return (['name', 'email', 'state', 'roles', 'teamIds'] as const).some(differing)
}
