import type { Reached } from '../access/access.ts'
import { crmError } from '../error/crm-error.ts'
import { allOf, Params, shapeOf } from '../expression/shape.ts'
import { openCursor, sealCursor } from '../read/cursor.ts'
import { policyPredicate } from '../read/policy.ts'
import { pageLimits, refuseUnknown } from '../read/query.ts'
import type { ChangeEntry } from '../record/records.ts'
import { authorise, type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { changeTable } from '../store/system-tables.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { withTenant } from '../tenant/tenants.ts'
import { changeColumns, decodeChange } from './decode-change.ts'

const queryKeys = new Set(['limit', 'cursor'])

/** Where a page ends: a record, and the version of it that was the last shown. */
type Position = readonly [record: string, version: number]

/** Comes before every version, and after every one. */
const [none, all] = [0, Number.MAX_SAFE_INTEGER]

/** The changes of every record the actor may read (deleted ones, who may restore them): record by record, each from its beginning. */
export function readHistory(
  scope: Scope,
  object: string,
  query: { limit?: number; cursor?: string } = {},
): Promise<{ entries: ChangeEntry[]; cursor: string | null }> {
  refuseUnknown(query, queryKeys)
  const { limit = pageLimits.default, cursor } = query
  if (!Number.isInteger(limit) || limit < 1 || limit > pageLimits.max) {
    throw crmError(
      'PARAMETER_INVALID',
      { name: 'limit', reason: `it must be a whole number from 1 to ${pageLimits.max}` },
      { path: '/limit' },
    )
  }
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const runtime = tenant.runtime(object)
    const read = authorise(scope, 'read', object)
    const key = scope.kernel.cursorKey()
    const binding = `history\0${scope.actor.tenant}\0${scope.actor.id}\0${object}`
    const after = cursor === undefined ? null : (openCursor(cursor, binding, key, 2) as Position)
    // A record has a change at least, so as many records as changes are enough.
    const records = await recordsFrom(scope, runtime, read, after, limit + 1)
    const rows = records.length === 0 ? [] : await changesOf(scope, records.slice(0, limit), after, limit + 1)
    const shown = rows.slice(0, limit)
    const end = endOf(shown.at(-1), records, rows.length > limit, limit)
    return {
      entries: shown.map((row) => decodeChange(row, readableRuntime(scope, tenant, object).definition)),
      cursor: end && sealCursor(end, binding, key),
    }
  })
}

/** Where the next page begins: behind the last change shown, or behind the last record looked at. */
function endOf(
  last: Readonly<Record<string, unknown>> | undefined,
  records: readonly string[],
  isCut: boolean,
  limit: number,
): Position | null {
  if (isCut && last) return [String(last.record_id), Number(last.version)]
  return records.length > limit ? [records[limit - 1] ?? '', all] : null
}

/** Ids in order, from the position on: its record is among them unless all of it has been shown. */
async function recordsFrom(scope: Scope, runtime: ObjectRuntime, read: Reached, after: Position | null, limit: number): Promise<string[]> {
  const params = new Params(scope.actor.tenant)
  const id = { column: 'id', nullable: false } as const
  const from = after && ({ op: after[1] === all ? 'gt' : 'gte', operand: id, param: params.add(after[0]) } as const)
  const where = allOf([readable(scope, runtime, read, params), from ?? undefined])
  const most = params.add(limit)
  const plan = runtime.selects.get(
    `history|${where ? shapeOf(where) : ''}`,
    (): SelectPlan => ({
      table: runtime.definition.table,
      columns: ['id'],
      ...(where && { where }),
      order: [{ operand: id, descending: false }],
      limit: most,
      revision: false,
    }),
  )
  return (await sessionOf(scope).select(plan, params.values)).map((row) => String(row.id))
}

function readable(scope: Scope, { definition }: ObjectRuntime, read: Reached, params: Params): Predicate | undefined {
  const live: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }
  const shown = allOf([live, policyPredicate(read, scope, params)]) ?? live
  const restore = scope.privileged
    ? ({ allowed: true, reach: 'all' } as const)
    : scope.kernel.access.judge(scope.actor, 'restore', definition.name)
  if (!restore.allowed) return shown
  if (read === 'all' && restore.reach === 'all') return undefined
  const deleted: Predicate = { op: 'not', of: live }
  return { op: 'or', of: [shown, allOf([deleted, policyPredicate(restore.reach, scope, params)]) ?? deleted] }
}

function changesOf(scope: Scope, records: readonly string[], after: Position | null, limit: number) {
  // Each version has one change; the id only makes the order total, and every id comes before this one.
  const params = [scope.actor.tenant, records, limit, ...(after ?? [records[0], none]), 'ffffffff-ffff-ffff-ffff-ffffffffffff']
  return sessionOf(scope).select(plan, params)
}

const plan: SelectPlan = {
  table: changeTable,
  columns: changeColumns,
  where: { op: 'in', operand: { column: 'record_id', nullable: false }, param: 1 },
  order: [
    { operand: { column: 'record_id', nullable: false }, descending: false },
    { operand: { column: 'version', nullable: false }, descending: false },
    { operand: { column: 'id', nullable: false }, descending: false },
  ],
  after: [3, 4, 5],
  limit: 2,
  revision: false,
}
