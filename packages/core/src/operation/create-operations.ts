import { crmError } from '../error/crm-error.ts'
import { authorise, inUnit, type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import { findJobs, jobById, removeJob, wakeJob } from './job-list.ts'
import type { OperationQuery, Operations } from './operations.ts'
import { findParked, nextOf, removeParked, wakeParked } from './parked-list.ts'
import { readHealth } from './read-health.ts'

/** The pseudo-object whose grants decide. */
const object = 'operations'
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The work of one tenant, as its operators see it. */
export function createOperations(scope: Scope): Operations {
  const { kernel, actor } = scope
  const { tenant } = actor
  const allow = (): void => void authorise(scope, 'define', object)
  const audited = async (decider: string, inputs: Readonly<Record<string, string>>, work: (unit: UnitScope) => Promise<boolean>) => {
    allow()
    return inUnit(scope, async (unit) => {
      if (!(await work(unit))) return false
      const { decisions } = kernel.session({ ...unit, privileged: true }, { id: actor.id, tenant })
      await decisions.record([{ decider, outcome: 'decided', inputs }])
      return true
    })
  }
  return {
    health: async () => {
      allow()
      return readHealth(kernel, tenant, false)
    },
    jobs: async ({ state, job, ...page } = {}) => {
      allow()
      const { limit, cursor } = requirePage(page)
      const found = await findJobs(sessionOf(scope), tenant, { state, job, limit: limit + 1, cursor })
      const jobs = found.slice(0, limit)
      return { jobs, cursor: found.length > limit ? (jobs.at(-1)?.id ?? null) : null }
    },
    replayJob: (id) =>
      audited('core.replay-job', { id }, async ({ unit: { session, now } }) => {
        const entry = idPattern.test(id) ? await jobById(session, tenant, id) : null
        if (entry?.state === 'running') throw crmError('JOB_RUNNING')
        if (!entry || (entry.state === 'waiting' && entry.attempt === 0)) return false
        return wakeJob(session, tenant, id, now)
      }),
    dropJob: (id) =>
      audited('core.drop-job', { id }, async ({ unit: { session } }) => {
        const entry = idPattern.test(id) ? await jobById(session, tenant, id) : null
        if (entry?.state === 'running') throw crmError('JOB_RUNNING')
        return entry !== null && removeJob(session, tenant, id)
      }),
    parked: async ({ consumer, ...page } = {}) => {
      allow()
      const { limit, cursor } = requirePage(page)
      return findParked(sessionOf(scope), tenant, { consumer, limit, cursor })
    },
    replayParked: (consumer, recordId) =>
      audited('core.replay-change', { consumer, recordId }, async ({ unit: { session, now } }) => {
        const first = idPattern.test(recordId) ? await nextOf(session, tenant, consumer, recordId) : null
        return first !== null && wakeParked(session, tenant, consumer, first, now)
      }),
    dropParked: (consumer, changeId) =>
      audited('core.drop-change', { consumer, changeId }, async ({ unit: { session, now } }) => {
        const record = idPattern.test(changeId) ? await removeParked(session, tenant, consumer, changeId) : null
        if (record === null) return false
        const next = await nextOf(session, tenant, consumer, record)
        if (next !== null) await wakeParked(session, tenant, consumer, next, now)
        return true
      }),
  }
}

function requirePage({ limit = 50, cursor }: OperationQuery): { limit: number; cursor: string | undefined } {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 200)
    throw crmError('PARAMETER_INVALID', { name: 'limit', reason: 'it must be 1 to 200' }, { path: '/limit' })
  if (cursor !== undefined && !idPattern.test(cursor)) throw crmError('CURSOR_INVALID', {}, { path: '/cursor' })
  return { limit, cursor }
}
