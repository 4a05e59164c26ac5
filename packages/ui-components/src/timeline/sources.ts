import type { DeciderDecision } from '@guanxi/core/types'
import type { Client } from '../client/client.ts'
import { ClientError } from '../client/client-error.ts'
import { LogClient, type RecordPlace } from '../client/log-client.ts'
import type { ObjectView, RecordValues } from '../client/types.ts'
import type { FeedSource } from './feed.ts'
import type { TimelineItem } from './item.ts'

/** Changes of a record. */
export function changesOf(client: Client, place: RecordPlace): FeedSource {
  return async (cursor, limit, signal) => {
    const page = await new LogClient(client).changes(place, { limit, ...(cursor !== null && { cursor }) }, signal)
    const items = page.entries.map((change): TimelineItem => ({ kind: 'change', key: `c ${change.id}`, at: change.at, change }))
    return { items, cursor: page.cursor }
  }
}

/** Decisions about it; without those that changed it, where its changes are shown as well. */
export function decisionsOf(client: Client, place: RecordPlace, isBesideChanges: boolean): FeedSource {
  return async (cursor, limit, signal) => {
    const page = await new LogClient(client).why(place, { limit: Math.min(limit, 200), ...(cursor !== null && { cursor }) }, signal)
    const shown = page.decisions.filter(({ reasons }) => !isBesideChanges || !reasons.some(({ code }) => code === 'rule_applied'))
    const items = shown.map((decision): TimelineItem => ({ kind: 'decision', key: `d ${decision.id}`, at: decision.at, decision }))
    return { items, cursor: page.cursor }
  }
}

/** What rules would have done to it. */
export function shadowsOf(decisions: readonly DeciderDecision[]): FeedSource {
  const items = decisions
    .filter(({ mode }) => mode === 'shadow')
    .map(
      (decision): TimelineItem => ({
        kind: 'shadow',
        key: `s ${decision.decider} ${decision.run} ${decision.at}`,
        at: decision.at,
        decision,
      }),
    )
  return async () => ({ items, cursor: null })
}

/** Which follow-ups are about a record: by the field of theirs that points to it; null where none does. */
export function aboutRecord(activity: ObjectView | null, { object, id }: RecordPlace): RecordValues | null {
  const any = activity?.fields.find(({ kind }) => kind === 'anyReference')
  if (any) return { [any.name]: { eq: { object, id } } }
  const one = activity?.fields.find(({ kind, to }) => kind === 'reference' && to === object)
  return one ? { [one.name]: id } : null
}

/** Calls, visits and notes about it. Whoever may not read them sees none. */
export function activitiesOf(client: Client, where: RecordValues): FeedSource {
  return async (cursor, limit, signal) => {
    try {
      const page = await client.find('activity', { where, sort: ['-occurredAt'], limit, cursor }, signal)
      const items = page.records.map((activity): TimelineItem => {
        const at = typeof activity.occurredAt === 'number' ? activity.occurredAt : (activity.createdAt ?? 0)
        return { kind: 'activity', key: `a ${activity.id}`, at, activity }
      })
      return { items, cursor: page.cursor }
    } catch (error) {
      if (error instanceof ClientError && error.status === 403) return { items: [], cursor: null }
      throw error
    }
  }
}
