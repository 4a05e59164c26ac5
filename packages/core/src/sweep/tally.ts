import type { DeciderShare } from '../decider/deciders.ts'
import { readMemberships } from '../directory/read-rows.ts'
import { crmError } from '../error/crm-error.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { AggregatePlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
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

/** Counts what a decider would do at an instant. */
export async function tally(scope: Scope, decider: CompiledDecider, at: number): Promise<Tally> {
  const all = await byOwner(scope, decider, at, (conditions) => conditions.considered())
  const due = await byOwner(scope, decider, at, (conditions) => conditions.due())
  const unknown = total(await byOwner(scope, decider, at, (conditions) => conditions.unknown(), false))
  const affected = total(due)
  const teamOf = await teamsOf(scope, all)
  return {
    considered: total(all),
    affected,
    unknown,
    rules: await byRule(scope, decider, at, affected),
    people: shares(all, due, ({ owner }) => owner),
    teams: shares(all, due, teamOf),
  }
}

async function byRule(scope: Scope, decider: CompiledDecider, at: number, affected: number): Promise<Tally['rules']> {
  const [only] = decider.rules
  if (only && decider.rules.length === 1) return [{ id: only.id, affected }]
  const counts: Tally['rules'][number][] = []
  for (const rule of decider.rules)
    counts.push({ id: rule.id, affected: total(await byOwner(scope, decider, at, (conditions) => conditions.due(rule), false)) })
  return counts
}

interface Held {
  readonly owner: string | null
  readonly team: string | null
  readonly count: number
}

async function byOwner(
  scope: Scope,
  decider: CompiledDecider,
  at: number,
  condition: (conditions: Conditions) => Predicate,
  grouped = true,
): Promise<readonly Held[]> {
  const conditions = new Conditions(scope, decider, at)
  const where = condition(conditions)
  const column = (name: string) => ({ column: name, nullable: true })
  const plan: AggregatePlan = {
    table: decider.runtime.definition.table,
    where,
    groups: grouped ? [column('owner_id'), column('team_id')] : [],
    measures: [{ as: 'm0', fn: 'count' }],
    limit: conditions.params.add(groupLimit),
    revision: false,
  }
  const rows = await sessionOf(scope).aggregate(plan, conditions.params.values)
  if (rows.length === groupLimit) throw crmError('LIMIT_EXCEEDED', { what: 'owners', limit: groupLimit })
  return rows.map((row) => ({ owner: textOrNull(row.g0), team: textOrNull(row.g1), count: Number(row.m0) }))
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

function shares(all: readonly Held[], due: readonly Held[], key: (one: Held) => string | null): DeciderShare[] {
  const holdings = sums(all, key)
  return [...sums(due, key)]
    .map(([id, affected]) => ({ id, affected, holdings: holdings.get(id) ?? affected }))
    .sort((a, b) => b.affected - a.affected || String(a.id).localeCompare(String(b.id), 'en'))
}

function sums(held: readonly Held[], key: (one: Held) => string | null): ReadonlyMap<string | null, number> {
  const found = new Map<string | null, number>()
  for (const one of held) found.set(key(one), (found.get(key(one)) ?? 0) + one.count)
  return found
}

const total = (held: readonly Held[]): number => held.reduce((sum, { count }) => sum + count, 0)

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))
