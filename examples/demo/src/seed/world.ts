import type { Session } from '@guanxi/core'
import { type Employee, employees } from '../people.ts'
import type { Random } from './random.ts'
import type { Happening } from './time-line.ts'

/** What the parts of the seed share. */
export interface World {
  /** Whoever enters the past. */
  readonly session: Session
  readonly chance: Random
  /** The present, ms. */
  readonly now: number
  readonly happenings: Happening[]
}

export const day = 24 * 60 * 60 * 1000

/** Those who sell, by where their customers are. */
export function repsFor(chinese: boolean): readonly Employee[] {
  return employees.filter(({ role, team }) => role === 'rep' && (team === 'overseas') === !chinese)
}

/** A working moment so many days ago: the day's start, so that a day's events are written together. */
export function daysAgo({ now }: World, days: number): number {
  const midnight = Math.floor(now / day) * day
  return Math.min(now, midnight - Math.round(days) * day + 2 * 60 * 60 * 1000)
}

export function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
