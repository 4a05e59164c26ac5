import type { DeciderStage } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { nextOccurrence, timesProblems } from '../job/occurrence.ts'
import type { ScheduleTimes } from '../job/schedule.ts'

/** Stages in which a decider runs. */
export const isLive = (stage: DeciderStage): boolean => stage === 'shadow' || stage === 'pilot' || stage === 'on'

/** The zone that times of day are meant in. */
export function zoneOfTimes(times: ScheduleTimes | null, zone: string): string {
  return times && 'at' in times ? (times.zone ?? zone) : zone
}

/** The next instants after one, the earliest first. */
export function instantsAfter(times: ScheduleTimes, after: number, zone: string, count: number): readonly number[] {
  const instants: number[] = []
  for (let last = after; instants.length < count; instants.push(last)) last = nextOccurrence(times, last, zone)
  return instants
}

/** The last instant of a schedule that has come, `from` being one that has: what was missed is made up for once. */
export function lastInstant(times: ScheduleTimes, from: number, now: number, zone: string): number {
  let last = 'every' in times ? Math.max(from, nextOccurrence(times, now, zone) - intervalOf(times, now, zone)) : from
  for (let next = nextOccurrence(times, last, zone); next <= now; next = nextOccurrence(times, next, zone)) last = next
  return last
}

function intervalOf(times: ScheduleTimes, now: number, zone: string): number {
  const next = nextOccurrence(times, now, zone)
  return nextOccurrence(times, next, zone) - next
}

const known: readonly string[] = ['at', 'weekdays', 'monthDays', 'zone', 'every']

/** A schedule as an administrator sent it; PARAMETER_INVALID says what is wrong. */
export function requireTimes(times: unknown): ScheduleTimes | null {
  if (times === null) return null
  const refuse = (reason: string) => crmError('PARAMETER_INVALID', { name: 'schedule', reason }, { path: '/schedule' })
  if (typeof times !== 'object' || Array.isArray(times)) throw refuse('times such as { "at": "02:30" }, or null')
  const strange = Object.keys(times).find((key) => !known.includes(key))
  if (strange !== undefined) throw refuse(`it has no “${strange.slice(0, 60)}”`)
  const given = times as { readonly weekdays?: unknown; readonly monthDays?: unknown; readonly every?: unknown; readonly at?: unknown }
  if (given.every !== undefined && Object.keys(times).length > 1) throw refuse('“every” stands alone')
  for (const days of [given.weekdays, given.monthDays]) if (days !== undefined && !Array.isArray(days)) throw refuse('days are a list')
  const [problem] = timesProblems(times as ScheduleTimes)
  if (problem !== undefined) throw refuse(`it ${problem}`)
  return times as ScheduleTimes
}
