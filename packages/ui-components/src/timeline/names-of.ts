import type { FieldView } from '../client/types.ts'
import { fieldsShown } from './fields-shown.ts'
import type { TimelineItem } from './item.ts'
import type { TimelineView } from './timeline-view.ts'

/** Reads the names of everybody and everything that these events speak of. */
export async function loadNames({ names, definition }: TimelineView, items: readonly TimelineItem[]): Promise<void> {
  const people = new Set<string>()
  const pairs: (readonly [FieldView, unknown])[] = []
  for (const item of items) {
    if (item.kind === 'change' && item.change.actor.kind === 'user') people.add(item.change.actor.id)
    if (item.kind === 'decision' && item.decision.winner) people.add(item.decision.winner)
    if (item.kind === 'activity' && item.activity.ownerId) people.add(item.activity.ownerId)
    const values = item.kind === 'change' ? item.change.values : item.kind === 'shadow' ? item.decision.values : null
    for (const { field, before, after } of fieldsShown(definition, values)) pairs.push([field, before], [field, after])
  }
  await Promise.all([names.load({ people: [...people] }), names.loadValues(pairs)])
}
