import type { AllocationDecision } from '../decider/allocation.ts'
import type { DeciderCase, DeciderShare } from '../decider/deciders.ts'
import { fieldValue } from '../object/field-value.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import { firstTeams, type Tally } from '../sweep/tally.ts'
import type { Locked } from '../write/locked-read.ts'
import type { CompiledAllocation } from './compile.ts'
import { type Fold, openFold, winnerOf } from './fold.ts'
import { readMemory, seedOf } from './memory.ts'
import { type Place, placeOf, SubjectPages } from './subject-page.ts'

const page = 1_000

/** Decides about all records that are to be given, without writing: `visit` is told of each; true ends it. */
export async function foldAll(
  scope: Scope,
  decider: CompiledAllocation,
  at: number,
  mode: 'live' | 'shadow',
  visit: (record: Locked, decision: AllocationDecision) => boolean,
): Promise<Fold> {
  const memory = await readMemory(scope, decider.id, mode)
  const fold = await openFold(scope, decider, { at, seed: seedOf(scope, memory), kept: memory.kept })
  const pages = new SubjectPages(scope, decider, at, { limit: page, lock: false })
  for (let after: Place | null = null; ; ) {
    const { records, isLast }: Awaited<ReturnType<SubjectPages['read']>> = await pages.read(after)
    for (const record of records) if (visit(record, fold.next(record))) return fold
    const last = records.at(-1)
    if (!last || isLast) return fold
    after = placeOf(decider, last)
  }
}

/** The numbers of an allocation, and the first cases. */
export async function countAll(
  scope: Scope,
  decider: CompiledAllocation,
  at: number,
  mode: 'live' | 'shadow',
  sample = 0,
): Promise<{ readonly numbers: Tally; readonly cases: readonly DeciderCase[]; readonly metrics: Readonly<Record<string, number>> }> {
  const reasons = new Map<string, number>()
  const winners = new Map<string | null, number>()
  const cases: DeciderCase[] = []
  let considered = 0
  let affected = 0
  const fold = await foldAll(scope, decider, at, mode, (record, decision) => {
    considered++
    if (decision.set === null) return false
    affected++
    const winner = winnerOf(decision)
    reasons.set(decision.reason.code, (reasons.get(decision.reason.code) ?? 0) + 1)
    winners.set(winner, (winners.get(winner) ?? 0) + 1)
    if (cases.length < sample) cases.push(caseOf(decider, record, decision))
    return false
  })
  const people = await sharesOf(scope, decider, winners)
  const rules = [...reasons].map(([id, count]) => ({ id, affected: count })).sort((a, b) => (a.id < b.id ? -1 : 1))
  const numbers = { considered, affected, unknown: considered - affected, rules, people, teams: await byTeam(scope, people) }
  return { numbers, cases, metrics: fold.metrics() }
}

/** One record as somebody reads it. */
export function caseOf({ runtime, fields }: CompiledAllocation, record: Locked, { set, reason }: AllocationDecision): DeciderCase {
  const { nameField } = runtime.definition
  const name = nameField === null ? null : record[nameField]
  const values = (set ?? {}) as Readonly<Record<string, unknown>>
  return {
    id: record.id,
    name: typeof name === 'string' ? name : null,
    rule: reason.code,
    because: reason.message,
    values: Object.fromEntries(
      fields.flatMap((field) =>
        values[field.name] === undefined ? [] : [[field.name, [fieldValue(record, field) ?? null, values[field.name]] as const]],
      ),
    ),
  }
}

/** What those who get some hold now. */
async function sharesOf(
  scope: Scope,
  { runtime }: CompiledAllocation,
  winners: ReadonlyMap<string | null, number>,
): Promise<readonly DeciderShare[]> {
  if (winners.size === 0) return []
  const rows = await sessionOf(scope).aggregate(
    {
      table: runtime.definition.table,
      where: { op: 'isNull', operand: { column: 'deleted_at', nullable: true } },
      groups: [{ column: 'owner_id', nullable: true }],
      measures: [{ as: 'all', fn: 'count' }],
      limit: 1,
      revision: false,
    },
    [scope.actor.tenant, mostOwners],
  )
  const holdings = new Map(rows.map((row) => [row.g0 === null ? null : String(row.g0), Number(row.all)]))
  return mostFirst([...winners].map(([id, affected]) => ({ id, affected, holdings: holdings.get(id) ?? 0 })))
}

const mostOwners = 100_000

async function byTeam(scope: Scope, people: readonly DeciderShare[]): Promise<readonly DeciderShare[]> {
  const teams = await firstTeams(
    scope,
    people.flatMap(({ id }) => id ?? []),
  )
  const sums = new Map<string | null, { affected: number; holdings: number }>()
  for (const { id, affected, holdings } of people) {
    const team = teams.get(id ?? '') ?? null
    const sum = sums.get(team) ?? { affected: 0, holdings: 0 }
    sums.set(team, { affected: sum.affected + affected, holdings: sum.holdings + holdings })
  }
  return mostFirst([...sums].map(([id, sum]) => ({ id, ...sum })))
}

const mostFirst = (shares: readonly DeciderShare[]): readonly DeciderShare[] =>
  shares.toSorted((a, b) => b.affected - a.affected || String(a.id).localeCompare(String(b.id), 'en'))
