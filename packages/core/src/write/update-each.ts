import { type CrmError, crmError } from '../error/crm-error.ts'
import { isUuid } from '../id/uuid7.ts'
import { refuseUnknown } from '../read/query.ts'
import type { RecordChange, WriteOptions } from '../record/records.ts'
import { authorise, inUnit, type Scope, type UnitScope } from '../scope/scope.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { lockMatches } from './bulk-target.ts'
import { bulkLimits } from './create-many.ts'
import { type Draft, draftUpdate, issueAt } from './draft.ts'
import { fingerprintOf, once } from './idempotency.ts'
import { conflict, type Locked, requireVersion } from './locked-read.ts'
import { type BulkWrite, writeDrafts } from './update-many.ts'
import { checkWriteOptions } from './write-options.ts'

const changeKeys = new Set(['id', 'version', 'set', 'at'])

/** Sets different fields on many records, all or none, set-based; only records that differ are written. */
export function updateEach(
  scope: Scope,
  object: string,
  changes: readonly RecordChange[],
  options: WriteOptions = {},
): Promise<{ ids: string[] }> {
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const runtime = tenant.runtime(object)
    const reach = authorise(scope, 'update', object)
    checkWriteOptions(scope, object, options)
    const asked = checkedChanges(scope, object, changes)
    if (asked.length === 0) return { ids: [] }
    const fingerprint = () => fingerprintOf('updateEach', object, changes)
    const write: BulkWrite = { tenant, runtime, action: 'update', options, fingerprint }
    const run = () =>
      inUnit(scope, async (unit) => {
        const ids = asked.map(({ id }) => id)
        const locked = new Map((await lockMatches(unit, tenant, runtime, { ids, reach }, ids.length)).map((record) => [record.id, record]))
        return writeDrafts(unit, write, draftsOf(unit, tenant, object, asked, locked, options), (index) => ({
          at: asked[index]?.at ?? options.at,
          cause: options.cause,
        }))
      })
    return once(scope, options.idempotencyKey, fingerprint, run, async ({ ids }) => ({ ids: [...ids] }))
  })
}

/** Ids in the spelling of the database; each record once, because the second change would not know of the first. */
function checkedChanges(scope: Scope, object: string, changes: readonly RecordChange[]): RecordChange[] {
  if (!Array.isArray(changes))
    throw crmError('PARAMETER_INVALID', { name: 'updateEach', reason: 'a list of changes is expected' }, { path: '/updateEach' })
  if (changes.length > bulkLimits.records)
    throw crmError('LIMIT_EXCEEDED', { what: 'records', limit: bulkLimits.records }, { path: '/updateEach' })
  const seen = new Set<string>()
  return changes.map((change, index) => {
    if (typeof change !== 'object' || change === null)
      throw crmError('PARAMETER_INVALID', { name: String(index), reason: 'it has an id, a version and a set' }, { path: `/${index}` })
    refuseUnknown(change, changeKeys)
    requireVersion(change)
    if (change.at !== undefined) checkWriteOptions(scope, object, { at: change.at })
    const id = typeof change.id === 'string' && isUuid(change.id) ? change.id.toLowerCase() : ''
    if (id === '') throw crmError('NOT_FOUND', {}, { path: `/${index}/id` })
    if (seen.has(id)) throw crmError('PARAMETER_INVALID', { name: 'id', reason: 'each record is changed once' }, { path: `/${index}/id` })
    seen.add(id)
    return { ...change, id }
  })
}

/** All that is wrong before any hook has run is answered together: what is not there, what has moved on, what is no value. */
function draftsOf(
  scope: UnitScope,
  tenant: Tenant,
  object: string,
  changes: readonly RecordChange[],
  locked: ReadonlyMap<string, Locked>,
  options: WriteOptions,
): Draft[] {
  const runtime = tenant.runtime(object)
  const lost: CrmError[] = []
  const wrong: CrmError[] = []
  const placed = (issue: CrmError, index: number): CrmError => (changes.length > 1 ? issueAt(issue, index) : issue)
  const drafts: Draft[] = []
  changes.forEach(({ id, version, set, at }, index) => {
    const previous = locked.get(id)
    if (!previous) {
      lost.push(placed(crmError('NOT_FOUND', {}, { path: '/id' }), index))
      return
    }
    if (version !== 'any' && version !== previous.version) lost.push(placed(conflict(scope, runtime, previous, set), index))
    const draft = draftUpdate(scope, runtime, id, previous, set, at ?? options.at)
    for (const issue of draft.issues) wrong.push(placed(issue, index))
    drafts.push(draft)
  })
  const [first] = lost
  if (!first) return drafts
  const issues = [...lost, ...wrong]
  const details = { issues: issues.slice(0, 1_000) }
  // Where nothing else is wrong, the error is the one that the write of a single record gives.
  if (issues.every(({ code }) => code === first.code)) throw crmError(first.code as 'CONFLICT', {}, { path: first.path, details })
  throw crmError('VALIDATION_FAILED', { count: issues.length }, { details })
}
