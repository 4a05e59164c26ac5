import { CrmError } from '../error/crm-error.ts'
import { inUnit, type Scope } from '../scope/scope.ts'
import { systemScope } from '../scope/system-scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { revisionTable, scheduleTable } from '../store/system-tables.ts'
import { enqueueAll } from './enqueue.ts'
import { nextOccurrence } from './occurrence.ts'
import type { Schedule } from './schedule.ts'

const everyTenant = '*'
const columns = ['tenant_id', 'id', 'spec', 'next_at', 'last_at'] as const

const allPlan: SelectPlan = { table: scheduleTable, columns, order: [], revision: false }
const duePlan: SelectPlan = {
  ...allPlan,
  where: { op: 'lte', operand: { column: 'next_at', nullable: false }, param: 1 },
}
const lockedPlan: SelectPlan = {
  ...allPlan,
  where: { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 },
  lock: true,
}

type Kernel = Scope['kernel']

/** What schedules are there, and when they are due. */
export interface ScheduleState {
  readonly id: string
  readonly nextAt: number
  readonly lastAt: number | null
}

/** Writes down when each schedule is first due, and anew where its times have changed. */
export async function prepareSchedules(kernel: Kernel): Promise<void> {
  const { schedules } = kernel.contributions
  if (schedules.length === 0) return
  const known = new Map((await kernel.store.direct.select(allPlan, [everyTenant])).map((row) => [String(row.id), row]))
  const rows = schedules.flatMap((schedule) => {
    const row = known.get(schedule.id)
    const spec = specOf(kernel, schedule)
    if (row?.spec === spec) return []
    return [[everyTenant, schedule.id, spec, nextOccurrence(schedule.times, kernel.clock(), kernel.timeZone), row?.last_at ?? null]]
  })
  if (rows.length > 0) await kernel.store.direct.put({ table: scheduleTable, columns }, rows, 'replace')
}

/** What was last said of schedules that are wrong, by id: at the next look it is the same, and not said again. */
export type SaidOfSchedules = Map<string, string>

/** Puts the jobs of schedules that are due there, for every tenant, each occurrence once however many processes look. */
export async function enqueueDue(kernel: Kernel, said: SaidOfSchedules): Promise<number> {
  const { schedules } = kernel.contributions
  if (schedules.length === 0) return 0
  const due = new Set((await kernel.store.direct.select(duePlan, [everyTenant, kernel.clock()])).map(({ id }) => String(id)))
  let put = 0
  for (const schedule of schedules) if (due.has(schedule.id)) put += await tryOne(kernel, schedule, said)
  return put
}

/** A schedule that is wrong keeps no other from its time. */
async function tryOne(kernel: Kernel, schedule: Schedule, said: SaidOfSchedules): Promise<number> {
  const { id } = schedule
  try {
    const put = await enqueueOne(kernel, schedule)
    said.delete(id)
    return put
  } catch (error) {
    if (!(error instanceof CrmError) || error.status >= 500) throw error
    const { message } = error
    if (said.get(id) !== message)
      kernel.log({ level: 'error', message: 'The job of a schedule could not be put there.', schedule: id, error: message })
    said.set(id, message)
    return 0
  }
}

/** When the schedules of this CRM are due. */
export async function readSchedules({ store, contributions }: Kernel): Promise<ScheduleState[]> {
  const known = new Set(contributions.schedules.map(({ id }) => id))
  const rows = known.size === 0 ? [] : await store.direct.select(allPlan, [everyTenant])
  return rows
    .filter(({ id }) => known.has(String(id)))
    .map((row) => ({ id: String(row.id), nextAt: Number(row.next_at), lastAt: row.last_at === null ? null : Number(row.last_at) }))
}

function enqueueOne(kernel: Kernel, schedule: Schedule): Promise<number> {
  return inUnit(systemScope(kernel, everyTenant), async (unit) => {
    const { session, now } = unit.unit
    const [row] = await session.select(lockedPlan, [everyTenant, schedule.id])
    if (!row || Number(row.next_at) > now) return 0
    const next = nextOccurrence(schedule.times, now, kernel.timeZone)
    await session.put({ table: scheduleTable, columns }, [[everyTenant, schedule.id, row.spec, next, now]], 'replace')
    const tenants = await session.tenants(revisionTable)
    for (const tenant of tenants) {
      const scope = { ...systemScope(kernel, tenant), unit: unit.unit }
      await enqueueAll(scope, [{ job: schedule.job, input: schedule.input, key: `schedule:${schedule.id}` }])
    }
    return tenants.length
  })
}

function specOf({ timeZone }: Kernel, { times }: Schedule): string {
  return JSON.stringify([times, 'at' in times ? (times.zone ?? timeZone) : null])
}
