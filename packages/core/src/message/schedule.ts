import { stateAt } from '../directory/person-state.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import { messageReasons } from '../reason/message-reasons.ts'
import type { Reason } from '../reason/reason.ts'
import { nowOf, sessionOf, type UnitScope } from '../scope/scope.ts'
import type { Setting } from '../settings/setting.ts'
import { messageCapTable } from '../store/system-tables.ts'
import type { MessagePurpose } from '../template/define-message.ts'
import { nominalLength, parseDuration } from '../time/duration.ts'
import type { MessagePriority } from './message.ts'
import { capLockPlan, countedPlan } from './plans.ts'
import { inboxChannel } from './reach.ts'
import type { Target } from './recipients.ts'
import { afterQuiet, type CapRule, overCap } from './timing.ts'

/** What is to go when. */
export interface ScheduleQuestion {
  readonly target: Target
  readonly purpose: MessagePurpose
  readonly priority: MessagePriority
  /** Not before, ms. */
  readonly from: number
  /** When others of the same call go to the same subject. */
  readonly reserved: readonly number[]
}

/** When it goes, and why not at once; or why never. */
export interface Schedule {
  readonly state: 'queued' | 'suppressed'
  readonly dueAt: number
  readonly reason: Reason | null
}

const { make } = messageReasons
const counted = ['queued', 'sending', 'sent', 'unknown']
const longestWindow = 7 * 86_400_000
/** Working hours, quiet hours and caps may each move the time into the other's way; what does not settle is not sent. */
const rounds = 8

/** Finds the time for a send outside the inbox: absence, working hours, quiet hours, caps. */
export async function scheduleSend(scope: UnitScope, question: ScheduleQuestion): Promise<Schedule> {
  const { from, target } = question
  const rules = await capRules(scope, question)
  const others = rules.length > 0 ? [...(await countedSends(scope, question)), ...question.reserved] : []
  const limit = nominalLength(parseDuration(await setting(scope, scope.kernel.messageSettings.deferLimit, target)))
  const never = (reason: Reason): Schedule => ({ state: 'suppressed', dueAt: from, reason })
  let at = from
  let reason: Reason | null = null
  for (let round = 0; round < rounds; round++) {
    const waits = await nextHour(scope, question, at)
    if (waits) {
      if (waits.counts && waits.until - from > limit) return never(waits.never)
      at = waits.until
      reason = waits.reason
    }
    const over = overCap(rules, others, at)
    if (!over) return { state: 'queued', dueAt: at, reason }
    const facts = { limit: over.rule.limit, days: over.rule.days }
    if (over.until === null || over.until - from > limit) return never(make.message_cap(facts))
    at = over.until
    reason = make.message_cap_until({ ...facts, until: at })
  }
  return never(reason ?? make.message_stale({ after: '48h' }))
}

interface Wait {
  readonly until: number
  readonly reason: Reason
  /** Does it count against the limit of waiting? */
  readonly counts: boolean
  readonly never: Reason
}

/** What the hour says at an instant; null when nothing is against it. */
async function nextHour(scope: UnitScope, { target, purpose, priority }: ScheduleQuestion, at: number): Promise<Wait | null> {
  const { calendars, messageSettings } = scope.kernel
  if (purpose === 'marketing') {
    const [from, to] = [await setting(scope, messageSettings.quietFrom, target), await setting(scope, messageSettings.quietTo, target)]
    const until = afterQuiet(await calendars(scope, whose(target)), at, from, to)
    return until === at ? null : wait(until, make.message_quiet_until({ until }))
  }
  if (purpose !== 'work' || priority === 'urgent') return null
  const away = awayWait(target, at)
  if (away) return away
  if (!(await setting(scope, messageSettings.workingHours, target))) return null
  const until = (await calendars(scope, whose(target))).nextWorking(at)
  return until === at ? null : wait(until, make.message_working_hours({ until }))
}

function wait(until: number, reason: Reason): Wait {
  return { until, reason, counts: false, never: reason }
}

function awayWait({ to }: Target, at: number): Wait | null {
  if (to.is !== 'person' || !to.person || stateAt(to.person, at) !== 'away') return null
  const { id, awayTo } = to.person
  const never =
    awayTo === null ? coreReasons.make.person_away({ person: id }) : coreReasons.make.person_away_until({ person: id, until: awayTo })
  return { until: awayTo ?? Number.MAX_SAFE_INTEGER, reason: never, counts: true, never }
}

async function capRules(scope: UnitScope, { purpose, target }: ScheduleQuestion): Promise<readonly CapRule[]> {
  const { dayCap, weekCap } = scope.kernel.messageSettings
  if (purpose === 'transaction') return []
  const day = await setting(scope, dayCap[purpose], target)
  const week = purpose === 'marketing' ? await setting(scope, weekCap, target) : null
  return [...(day === null ? [] : [{ limit: day, days: 1 }]), ...(week === null ? [] : [{ limit: week, days: 7 }])]
}

/** Counts under a lock that all who send to this subject for this purpose take: two at once never both take the last place. */
async function countedSends(scope: UnitScope, { target: { subject }, purpose, from }: ScheduleQuestion): Promise<number[]> {
  const session = sessionOf(scope)
  const { tenant } = scope.actor
  await session.put({ table: messageCapTable, columns: ['tenant_id', 'subject', 'purpose'] }, [[tenant, subject, purpose]], 'ignore')
  await session.select(capLockPlan, [tenant, subject, purpose])
  const since = Math.min(from, nowOf(scope)) - longestWindow
  const rows = await session.select(countedPlan, [tenant, subject, purpose, since, counted, inboxChannel])
  return rows.map((row) => Number(row.due_at))
}

/** Whose calendar and settings count; the organisation's for anybody outside. */
function whose({ to }: Target): { readonly person: string | null } {
  return { person: to.is === 'person' ? to.id : null }
}

function setting<V>(scope: UnitScope, which: Setting<V>, target: Target): Promise<V> {
  return scope.kernel.settingsReader(scope).get(which, whose(target))
}
