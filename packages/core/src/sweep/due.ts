import type { DeciderStage } from '../decider/deciders.ts'
import { enqueueAll } from '../job/enqueue.ts'
import { nextOccurrence } from '../job/occurrence.ts'
import { runDeciderJob } from '../job/run-decider-job.ts'
import type { ScheduleTimes } from '../job/schedule.ts'
import { inUnit, type Scope, type UnitScope } from '../scope/scope.ts'
import { systemScope } from '../scope/system-scope.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { lockDue, putDue, readDue } from './due-rows.ts'
import { isLive, lastInstant, zoneOfTimes } from './timing.ts'

type Kernel = Scope['kernel']

/** Writes down when a decider is due from now on. An instant that is due already stays, unless the times have changed. */
export async function setDue(
  { unit, actor, kernel }: UnitScope,
  tenant: Tenant,
  decider: string,
  stage: DeciderStage,
  times: ScheduleTimes | null,
): Promise<void> {
  const row = await lockDue(unit.session, actor.tenant, decider)
  const isDue = times !== null && isLive(stage)
  if (!row && !isDue) return
  const zone = zoneOfTimes(times, kernel.zoneOf(tenant))
  if (!isDue) return row ? putDue(unit.session, actor.tenant, { ...row, nextAt: null }) : undefined
  const isSame = row !== null && row.zone === zone && textOf(row.times) === textOf(times)
  const nextAt = (isSame ? row.nextAt : null) ?? nextOccurrence(times, unit.now, zone)
  await putDue(unit.session, actor.tenant, { decider, times, zone, nextAt, lastAt: row?.lastAt ?? null })
}

/** Documents come back from a database with their keys in any order. */
const textOf = (times: ScheduleTimes): string => JSON.stringify(Object.entries(times).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Where the tenant's zone has changed, its schedules follow. */
export async function moveDue({ unit, actor }: UnitScope, zone: string): Promise<void> {
  for (const row of await readDue(unit.session, actor.tenant)) {
    const own = zoneOfTimes(row.times, zone)
    if (row.nextAt === null || own === row.zone) continue
    await putDue(unit.session, actor.tenant, { ...row, zone: own, nextAt: nextOccurrence(row.times, unit.now, own) })
  }
}

const atOnce = 200

/** Puts the jobs of deciders that are due there, each instant once however many processes look. */
export async function enqueueDueDeciders(kernel: Kernel): Promise<void> {
  const rows = await kernel.store.work.dueDeciders(kernel.clock(), atOnce)
  for (const { tenant_id: tenant, decider } of rows) await enqueueOne(kernel, String(tenant), String(decider))
}

function enqueueOne(kernel: Kernel, tenant: string, decider: string): Promise<void> {
  return inUnit(systemScope(kernel, tenant), async (unit) => {
    const { session, now } = unit.unit
    const row = await lockDue(session, tenant, decider)
    if (!row || row.nextAt === null || row.nextAt > now) return
    const at = lastInstant(row.times, row.nextAt, now, row.zone)
    await putDue(session, tenant, { ...row, nextAt: nextOccurrence(row.times, now, row.zone), lastAt: at })
    await enqueueAll(unit, [{ job: runDeciderJob, input: { decider, at }, key: decider }])
  })
}
