import type { Replay } from '../decider/save-rule.ts'
import { crmError } from '../error/crm-error.ts'
import type { ExpressionContext } from '../expression/context.ts'
import type { HookRecord } from '../hook/hook-record.ts'
import { contextOf } from '../read/context.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { RawRow, SelectPlan } from '../store/port.ts'
import { changeTable } from '../store/system-tables.ts'
import { type PastRecord, withPast } from '../sweep/past-states.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { Locked } from '../write/locked-read.ts'
import { actingRules, changes, wouldSet } from './at-work.ts'
import type { CompiledSave } from './compile-save.ts'
import { type PastSave, ReplayReport } from './replay-report.ts'

/** Bounds of a replay. */
export const replayLimits = { saves: 10_000, page: 200, sample: 20, people: 100 } as const

const column = (name: string, nullable = false) => ({ column: name, nullable })

/** The newest saves of an object, newest first. */
const lastSaves: SelectPlan = {
  table: changeTable,
  columns: ['record_id', 'version', 'op', 'at', 'actor_id'],
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: column('object'), param: 1 },
      { op: 'in', operand: column('op'), param: 2 },
    ],
  },
  order: [{ operand: column('seq'), descending: true }],
  limit: 3,
  revision: false,
}

/** Decides the last saves of an object again, each as it was saved then and with what the CRM knew. Nothing is written. */
export async function replay(scope: Scope, tenant: Tenant, decider: CompiledSave, saves: number): Promise<Replay> {
  if (!Number.isSafeInteger(saves) || saves < 1 || saves > replayLimits.saves)
    throw crmError('PARAMETER_INVALID', { name: 'saves', reason: `it must be 1 to ${replayLimits.saves}` }, { path: '/saves' })
  const rows = await sessionOf(scope).select(lastSaves, [scope.actor.tenant, decider.object, ['create', 'update'], saves])
  const report = new ReplayReport(decider, scope.kernel.zoneOf(tenant), rows)
  const byRecord = Map.groupBy(rows, (row) => String(row.record_id))
  const ids = [...byRecord.keys()]
  for (let start = 0; start < ids.length; start += replayLimits.page) {
    const page = ids.slice(start, start + replayLimits.page)
    const from = Math.min(...page.flatMap((id) => (byRecord.get(id) ?? []).map((row) => Number(row.at))))
    const records = await recordsOf(scope, decider.runtime, page)
    for (const past of await withPast(scope, decider.runtime.definition, records, from - 1))
      for (const save of savesOf(past, byRecord.get(past.id) ?? [])) report.add(decide(scope, tenant, decider, save))
  }
  return report.report()
}

async function recordsOf(scope: Scope, runtime: ObjectRuntime, ids: readonly string[]): Promise<readonly Locked[]> {
  const plan: SelectPlan = {
    table: runtime.definition.table,
    columns: runtime.codec.columns,
    where: { op: 'in', operand: column('id'), param: 1 },
    order: [{ operand: column('id'), descending: false }],
    revision: false,
  }
  const rows = await sessionOf(scope).selectValues(plan, [scope.actor.tenant, ids])
  return rows.map((values) => runtime.codec.decodeValues(values) as unknown as Locked)
}

/** The saves of one record: its states, each against the one before. The newest state belongs to the newest change, and so on back. */
function savesOf({ states }: PastRecord, rows: readonly RawRow[]): readonly PastSave[] {
  const saves: PastSave[] = []
  let index = states.length
  for (const row of rows) {
    const at = Number(row.at)
    index = states.findLastIndex(({ from }, place) => place < index && from === at)
    const state = states[index]
    if (!state) continue
    const isNew = row.op === 'create'
    const before = isNew ? null : (states[index - 1] ?? null)
    const isUnknown = state.isUnknown || (!isNew && (before === null || before.isUnknown))
    saves.push({ record: state.record, previous: before?.record ?? null, isNew, isUnknown, at, by: String(row.actor_id) })
  }
  return saves
}

function decide(scope: Scope, tenant: Tenant, decider: CompiledSave, save: PastSave): Parameters<ReplayReport['add']>[0] {
  const none = { save, acting: [], values: {} }
  if (save.isUnknown || !decider.body.on.includes(save.isNew ? 'create' : 'update')) return none
  const draft: Pick<HookRecord, 'previous' | 'next'> = { previous: save.previous, next: save.record }
  if (!save.isNew && !changes(draft, decider)) return none
  const context: ExpressionContext = {
    ...contextOf(scope, tenant),
    now: save.at,
    actor: { id: save.by, personId: save.by, teamIds: [], roles: [] },
    ...(save.previous && { previous: save.previous }),
  }
  const acting = actingRules(scope, decider, save.record, context)
  return { save, acting, values: acting.length === 0 ? {} : wouldSet(decider, acting, save.record, context) }
}
