import { crmError } from '../error/crm-error.ts'
import { openCursor, sealCursor } from '../read/cursor.ts'
import { getRecord, requireId } from '../read/get.ts'
import { pageLimits, refuseUnknown } from '../read/query.ts'
import type { ChangeEntry } from '../record/records.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { changeTable } from '../store/system-tables.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { withTenant } from '../tenant/tenants.ts'
import { changeColumns, decodeChange } from './decode-change.ts'

const queryKeys = new Set(['limit', 'cursor'])

/** A record's history, newest first, for whoever may read the record (deleted or not). */
export function readChanges(
  scope: Scope,
  object: string,
  id: string,
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
    const { definition } = readableRuntime(scope, tenant, object)
    const recordId = requireId(id)
    await mustBeReadable(scope, object, recordId)
    const binding = `changes\0${scope.actor.tenant}\0${scope.actor.id}\0${object}\0${recordId}`
    const after = cursor === undefined ? null : openCursor(cursor, binding, scope.kernel.cursorKey(), 2)
    const params = [scope.actor.tenant, recordId, limit + 1, ...(after ?? [])]
    const rows = await sessionOf(scope).select(after ? nextPlan : firstPlan, params)
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      entries: shown.map((row) => decodeChange(row, definition)),
      cursor: rows.length > limit && last ? sealCursor([Number(last.version), String(last.id)], binding, scope.kernel.cursorKey()) : null,
    }
  })
}

async function mustBeReadable(scope: Scope, object: string, id: string): Promise<void> {
  try {
    await getRecord(scope, object, id, { fields: [] })
  } catch (error) {
    if (!scope.kernel.access.judge(scope.actor, 'restore', object).allowed) throw error
    await getRecord(scope, object, id, { fields: [], deleted: 'only' })
  }
}

const where: Predicate = { op: 'eq', operand: { column: 'record_id', nullable: false }, param: 1 }

const firstPlan: SelectPlan = {
  table: changeTable,
  columns: changeColumns,
  where,
  order: [
    { operand: { column: 'version', nullable: false }, descending: true },
    { operand: { column: 'id', nullable: false }, descending: true },
  ],
  limit: 2,
  revision: false,
}

const nextPlan: SelectPlan = { ...firstPlan, after: [3, 4] }
