import { batch, type Hook } from '@guanxi/core'
import { activity, lead } from '@guanxi/core/standard'
import { latestBySubject } from './latest-by-subject.ts'

/** The first follow-up of an owned lead starts its following. */
export const followLeads = (kinds: readonly string[]): Hook =>
  batch.after(activity, { id: 'follow-leads', on: ['create', 'update'], fields: ['outcome'], database: true }, async (changes, context) => {
    const latest = latestBySubject(changes, 'lead', kinds, context.now)
    if (latest.size === 0) return
    const leads = context.records(lead)
    const ids = [...latest.keys()]
    for (let from = 0; from < ids.length; from += 500) {
      const part = { in: ids.slice(from, from + 500) }
      const { records } = await leads.find({ where: { id: part, status: 'owned' }, fields: ['ownedSince'], limit: 500 })
      for (const { id } of records) {
        await leads.update({ id, version: 'any' }, { status: 'following', firstValidFollowUpAt: latest.get(id) })
      }
    }
  })
