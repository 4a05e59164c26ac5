import type { Job } from './job.ts'
import { timesProblems } from './occurrence.ts'

/** When a schedule is due: at a local time of some days, or every so many minutes or hours. */
export type ScheduleTimes =
  | {
      /** `02:30`. A time that the clocks skip moves forward by the gap; of one that comes twice it is the first. */
      readonly at: string
      /** Monday 1 to Sunday 7; all unless said. */
      readonly weekdays?: readonly number[]
      /** 1 to 31, -1 for the last; all unless said. */
      readonly monthDays?: readonly number[]
      /** IANA zone; the CRM's own unless said. */
      readonly zone?: string
    }
  /** `15m`, `6h`: counted from midnight UTC of 1970, so that every process means the same instants. */
  | { readonly every: string }

/** A job that comes round by itself, once for each tenant. What was missed while nothing ran is made up for once. */
export interface Schedule<I = never> {
  /** `<plugin>.<name>`. */
  readonly id: string
  readonly job: Job<I>
  readonly input: I
  readonly times: ScheduleTimes
}

/** Declares a schedule. Checked when a plugin records it. */
export function defineSchedule<I>(schedule: Schedule<I>): Schedule<I> {
  return Object.freeze(schedule)
}

const idPattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/

/** Everything wrong with the declaration of a schedule, in words. */
export function scheduleProblems(prefix: string, { id, job, times }: Schedule): string[] {
  const named = idPattern.test(id) && id.startsWith(`${prefix}.`)
  const problems = named ? [] : [`the schedule “${id}” needs an id such as “${prefix}.nightly”`]
  if (typeof job?.id !== 'string') return [...problems, `the schedule “${id}” names no job`]
  if (typeof times !== 'object' || times === null) return [...problems, `the schedule “${id}” has no times`]
  return [...problems, ...timesProblems(times).map((problem) => `the schedule “${id}” ${problem}`)]
}

/** The times of a schedule in words, for plans. */
export function timesText(times: ScheduleTimes): string {
  if ('every' in times) return `every ${times.every}`
  const { at, weekdays, monthDays, zone } = times
  const days = [
    ...(weekdays ? [`on weekdays ${weekdays.join(', ')}`] : []),
    ...(monthDays ? [`on days ${monthDays.join(', ')} of the month`] : []),
  ]
  return ['at', at, ...days, ...(zone ? [`in ${zone}`] : [])].join(' ')
}
