import { nowOf, type UnitScope } from '../scope/scope.ts'
import { StaleRevision } from '../tenant/tenants.ts'
import type { CompiledDecider } from './compile-decider.ts'
import { Conditions } from './conditions.ts'
import { causeOf } from './run-outcome.ts'
import type { StoredRun } from './run-rows.ts'

/** Records that one statement writes at most: a larger run goes slice by slice, so that others need not wait for all of it. */
export const sliceSize = 20_000

const beforeAll = '00000000-0000-0000-0000-000000000000'

/** Which records a statement is for: all, and exactly as many as were counted, or the next ones by id. */
export type SweepPart = { readonly expected: number } | { readonly after: string | null; readonly limit: number }

/** Writes what is due by one statement. `moved`: there are not as many as expected, and nothing was written. */
export async function sweep(
  unit: UnitScope,
  decider: CompiledDecider,
  run: StoredRun,
  part: SweepPart,
): Promise<{ readonly reached: number; readonly last: string | null; readonly moved: boolean }> {
  const conditions = new Conditions(unit, decider, run.at)
  const page = 'limit' in part ? { after: part.after ?? beforeAll, limit: part.limit } : undefined
  const plan = conditions.sweep(page)
  const now = nowOf(unit)
  const { reached, last, refused } = await unit.unit.session.sweep(plan, {
    params: conditions.params.values,
    revision: decider.tenant.revision,
    expected: 'expected' in part ? part.expected : null,
    change: { object: decider.body.object, at: now, recordedAt: now, actorKind: unit.actor.kind, actorId: unit.actor.id },
    cause: JSON.stringify(causeOf(decider, run.id)).slice(0, -1),
  })
  if (refused.includes('revision')) throw new StaleRevision()
  return { reached, last, moved: refused.includes('expected') }
}
