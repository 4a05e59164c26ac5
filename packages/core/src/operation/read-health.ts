import type { Kernel } from '../crm/kernel.ts'
import { readSchedules } from '../job/scheduler.ts'
import type { SelectPlan } from '../store/port.ts'
import { consumerTable } from '../store/system-tables.ts'
import { readDue } from '../sweep/due-rows.ts'
import type { ConsumerHealth, Health, JobHealth } from './health.ts'
import { webhooksHealth } from './webhook-health.ts'

/** A transaction that runs longer than this is worth telling. */
const longTransaction = 10_000
const farBehind = 1_000

const placesPlan: SelectPlan = { table: consumerTable, columns: ['id', 'cursor'], order: [], revision: false }

/** The state of all work, or of one tenant's. */
export async function readHealth(kernel: Kernel, tenant: string | null, running: boolean): Promise<Health> {
  const at = kernel.clock()
  const [consumers, jobs, schedules, deciders, confirmations, broken, webhooks, holdup] = await Promise.all([
    consumerHealth(kernel, tenant, at),
    jobHealth(kernel, tenant, at),
    readSchedules(kernel),
    tenant === null ? [] : dueDeciders(kernel, tenant),
    kernel.store.work.countWaitingRuns(tenant),
    kernel.store.work.countBrokenRules(tenant),
    webhooksHealth(kernel, tenant, at),
    kernel.store.work.holdup(longTransaction),
  ])
  const stuck = consumers.some(({ parked, retrying }) => parked > 0 && retrying === 0) || jobs.some(({ dead, known }) => dead > 0 || !known)
  return {
    ok: !stuck && holdup === null,
    at,
    held: false,
    running,
    consumers,
    jobs,
    schedules: [...schedules, ...deciders],
    confirmations,
    broken,
    webhooks,
    holdup: holdup && tenant !== null ? { milliseconds: holdup.milliseconds } : holdup,
  }
}

/** Deciders that run by themselves in a tenant. */
async function dueDeciders({ store }: Kernel, tenant: string): Promise<Health['schedules']> {
  const rows = await readDue(store.direct, tenant)
  return rows.flatMap(({ decider, nextAt, lastAt }) => (nextAt === null ? [] : { id: decider, nextAt, lastAt }))
}

async function consumerHealth({ store, contributions }: Kernel, tenant: string | null, now: number): Promise<ConsumerHealth[]> {
  const known = [...contributions.hooks.committed, ...contributions.consumers].map(({ id }) => id)
  if (known.length === 0) return []
  const [places, counts] = await Promise.all([store.direct.select(placesPlan, ['*']), store.work.countParked(tenant)])
  const cursors = new Map(places.map((row) => [String(row.id), row.cursor === null ? null : String(row.cursor)]))
  const parked = new Map(counts.map((row) => [String(row.consumer), row]))
  const pages = new Map<string | null, Promise<Pick<ConsumerHealth, 'behind' | 'lag'>>>()
  const distance = (cursor: string | null) => {
    const asked = pages.get(cursor) ?? behindOf(store, cursor, now)
    pages.set(cursor, asked)
    return asked
  }
  return Promise.all(
    known.map(async (id) => ({
      id,
      ...(await distance(cursors.get(id) ?? null)),
      parked: Number(parked.get(id)?.total ?? 0),
      retrying: Number(parked.get(id)?.retrying ?? 0),
    })),
  )
}

async function behindOf(store: Kernel['store'], cursor: string | null, now: number): Promise<Pick<ConsumerHealth, 'behind' | 'lag'>> {
  const { rows } = await store.direct.changesAfter(cursor, farBehind)
  const [first] = rows
  return { behind: rows.length, lag: first ? Math.max(0, now - Number(first.recorded_at)) : null }
}

async function jobHealth({ store, contributions }: Kernel, tenant: string | null, now: number): Promise<JobHealth[]> {
  const rows = new Map((await store.work.countJobs(tenant, now)).map((row) => [String(row.job), row]))
  const known = new Set(contributions.jobs.map(({ id }) => id))
  return [...new Set([...known, ...rows.keys()])].sort().map((id) => {
    const row = rows.get(id)
    const count = (name: string): number => Number(row?.[name] ?? 0)
    const oldest = row?.oldest
    return {
      id,
      waiting: count('total') - count('running') - count('dead'),
      due: count('due'),
      running: count('running'),
      dead: count('dead'),
      lag: oldest === null || oldest === undefined ? null : Math.max(0, now - Number(oldest)),
      known: known.has(id),
    }
  })
}
