import type { AfterChange } from '@guanxi/core'
import type { Activity } from '@guanxi/core/standard'

/** Subject id → when it was last followed up. */
export type LatestById = ReadonlyMap<string, number>

/** An activity counts when its kind does and something came of it. */
export function isFollowUp(activity: Pick<Activity, 'kind' | 'outcome'>, kinds: readonly string[]): boolean {
  return kinds.includes(activity.kind) && activity.outcome !== null && activity.outcome !== 'not_reached'
}

/** The latest follow-up of each subject of one object among these activities. */
export function latestBySubject(
  changes: readonly AfterChange<Activity>[],
  object: string,
  kinds: readonly string[],
  now: number,
): LatestById {
  const latest = new Map<string, number>()
  for (const { next } of changes) {
    if (next.subject.object !== object || !isFollowUp(next, kinds)) continue
    // A visit planned for next week is no progress yet.
    const at = Math.min(next.occurredAt ?? now, now)
    latest.set(next.subject.id, Math.max(latest.get(next.subject.id) ?? 0, at))
  }
  return latest
}
