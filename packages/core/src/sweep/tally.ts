import type { DeciderShare } from '../decider/deciders.ts'
import { readMemberships } from '../directory/read-rows.ts'
import { crmError } from '../error/crm-error.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { CompiledDecider } from './compile-decider.ts'
import { Conditions } from './conditions.ts'

/** The numbers of a run, before it. */
export interface Tally {
  readonly considered: number
  readonly affected: number
  readonly unknown: number
  readonly rules: readonly { readonly id: string; readonly affected: number }[]
  readonly people: readonly DeciderShare[]
  readonly teams: readonly DeciderShare[]
}

const groupLimit = 100_000

/** Counts what a decider would do at an instant, in one pass over the records; a second one over those due tells the rules apart. */
export async function tally(scope: Scope, decider: CompiledDecider, at: number): Promise<Tally> {
  const held = await byOwner(scope, decider, at)
  const affected = total(held, 'due')
  const teamOf = await teamsOf(scope, held)
  return {
    considered: total(held, 'all'),
    affected,
    unknown: total(held, 'unknown'),
    rules: await byRule(scope, decider, at, affected),
    people: shares(held, ({ owner }) => owner),
    teams: shares(held, teamOf),
  }
}

/** What somebody holds, and how much of it is due. */
interface Held {
  readonly owner: string | null
  readonly team: string | null
  readonly all: number
  readonly due: number
  readonly unknown: number
}

async function byOwner(scope: Scope, decider: CompiledDecider, at: number): Promise<readonly Held[]> {
  const conditions = new Conditions(scope, decider, at)
  const column = (name: string) => ({ column: name, nullable: true })
  const rows = await sessionOf(scope).aggregate(
    {
      table: decider.runtime.definition.table,
      where: conditions.considered(),
      groups: [column('owner_id'), column('team_id')],
      measures: [
        { as: 'all', fn: 'count' },
        { as: 'due', fn: 'countOf', where: conditions.changing() },
        { as: 'unknown', fn: 'countOf', where: conditions.unknown() },
      ],
      limit: conditions.params.add(groupLimit),
      revision: false,
    },
    conditions.params.values,
  )
  if (rows.length === groupLimit) throw crmError('LIMIT_EXCEEDED', { what: 'owners', limit: groupLimit })
  return rows.map((row) => ({
    owner: textOrNull(row.g0),
    team: textOrNull(row.g1),
    all: Number(row.all),
    due: Number(row.due),
    unknown: Number(row.unknown),
  }))
}

async function byRule(scope: Scope, decider: CompiledDecider, at: number, affected: number): Promise<Tally['rules']> {
  const { rules, runtime } = decider
  const [only] = rules
  if (only && rules.length === 1) return [{ id: only.id, affected }]
  const conditions = new Conditions(scope, decider, at)
  const [row] = await sessionOf(scope).aggregate(
    {
      table: runtime.definition.table,
      where: conditions.due(),
      groups: [],
      measures: rules.map((rule, index) => ({ as: `r${index}`, fn: 'countOf', where: conditions.changing(rule) })),
      limit: conditions.params.add(1),
      revision: false,
    },
    conditions.params.values,
  )
  return rules.map(({ id }, index) => ({ id, affected: Number(row?.[`r${index}`] ?? 0) }))
}

/** The record's own team, else the owner's first. */
async function teamsOf(scope: Scope, held: readonly Held[]): Promise<(one: Held) => string | null> {
  const owners = [...new Set(held.flatMap(({ owner, team }) => (team === null && owner !== null ? owner : [])))]
  const teams = await firstTeams(scope, owners)
  return ({ owner, team }) => team ?? teams.get(owner ?? '') ?? null
}

/** The first team of each of these people, by id. */
export async function firstTeams(scope: Scope, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const first = new Map<string, string>()
  for (const { personId, teamId } of await readMemberships(sessionOf(scope), scope.actor.tenant, people))
    if (!first.has(personId)) first.set(personId, teamId)
  return first
}

function shares(held: readonly Held[], key: (one: Held) => string | null): DeciderShare[] {
  const found = new Map<string | null, { affected: number; holdings: number }>()
  for (const one of held) {
    const own = found.get(key(one)) ?? { affected: 0, holdings: 0 }
    found.set(key(one), { affected: own.affected + one.due, holdings: own.holdings + one.all })
  }
  return [...found]
    .flatMap(([id, own]) => (own.affected > 0 ? { id, ...own } : []))
    .sort((a, b) => b.affected - a.affected || String(a.id).localeCompare(String(b.id), 'en'))
}

const total = (held: readonly Held[], what: 'all' | 'due' | 'unknown'): number => held.reduce((sum, one) => sum + one[what], 0)

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))
