import type { DeciderSchedule } from '@guanxi/core/types'

type Times = NonNullable<DeciderSchedule['times']>

/** When a rule runs by itself, while somebody sets it. */
export interface DraftTimes {
  readonly kind: 'hand' | 'every' | 'days' | 'kept'
  readonly every: string
  readonly at: string
  readonly weekdays: readonly number[]
  /** Times that have no controls here. */
  readonly kept: Times | null
}

/** Lengths that are offered. */
export const lengths = ['15m', '1h', '4h', '12h', '24h'] as const
export const week = [1, 2, 3, 4, 5, 6, 7] as const

/** A schedule as something that can be changed. */
export function draftTimes(times: Times | null): DraftTimes {
  const plain = { every: '1h', at: '02:00', weekdays: [...week], kept: null }
  if (times === null) return { ...plain, kind: 'hand' }
  if ('every' in times) return { ...plain, kind: 'every', every: times.every }
  if (times.monthDays || times.zone) return { ...plain, kind: 'kept', kept: times }
  return { ...plain, kind: 'days', at: times.at, weekdays: times.weekdays ?? [...week] }
}

/** As the server takes it; null = by hand only. */
export function timesOf({ kind, every, at, weekdays, kept }: DraftTimes): Times | null {
  if (kind === 'hand') return null
  if (kind === 'every') return { every }
  if (kind === 'kept') return kept
  return weekdays.length === week.length ? { at } : { at, weekdays }
}
