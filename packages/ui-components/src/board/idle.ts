import { daysSince } from '../format/date.ts'

const NEAR = 0.7

/** How long a card has stood still, against the limit of its stage. */
export interface Idle {
  readonly days: number
  readonly limit: number
  /** 0 to 1. */
  readonly share: number
  readonly level: 'fresh' | 'near' | 'over'
}

/** Idle time since the last progress; null where no limit applies. */
export function idleOf(since: unknown, limit: number | null, now: number): Idle | null {
  if (typeof since !== 'number' || limit === null) return null
  const days = daysSince(since, now)
  const share = days / limit
  return { days, limit, share: Math.min(1, share), level: share >= 1 ? 'over' : share >= NEAR ? 'near' : 'fresh' }
}
