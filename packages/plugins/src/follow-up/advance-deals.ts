import { batch, type Hook, type HookContext, type Records, type Stored, type Where } from '@guanxi/core'
import { activity, type Deal, deal } from '@guanxi/core/standard'
import { type LatestById, latestBySubject } from './latest-by-subject.ts'

/** A follow-up with a deal, or with the customer of open deals, is progress. */
export const advanceDeals = (kinds: readonly string[]): Hook =>
  batch.after(
    activity,
    { id: 'advance-deals', on: ['create', 'update'], fields: ['outcome'], database: true },
    async (changes, context) => {
      const ofDeals = latestBySubject(changes, 'deal', kinds, context.now)
      const ofCustomers = latestBySubject(changes, 'customer', kinds, context.now)
      await advance(
        context,
        ofDeals,
        (ids) => ({ id: { in: ids }, status: 'open' }),
        (record) => record.id,
      )
      await advance(
        context,
        ofCustomers,
        (ids) => ({ customerId: { in: ids }, status: 'open' }),
        (record) => record.customerId,
      )
    },
  )

async function advance(
  context: HookContext,
  latest: LatestById,
  whereOf: (ids: readonly string[]) => Where<Stored<Deal>>,
  subjectOf: (record: Stored<Deal>) => string | null,
): Promise<void> {
  if (latest.size === 0) return
  const deals = context.records(deal)
  const ids = [...latest.keys()]
  for (let from = 0; from < ids.length; from += 500) {
    const where = whereOf(ids.slice(from, from + 500))
    for await (const record of everyPage(deals, where)) {
      const at = latest.get(subjectOf(record) ?? '') ?? 0
      if (at > (record.lastProgressAt ?? 0)) await deals.update({ id: record.id, version: 'any' }, { lastProgressAt: at })
    }
  }
}

async function* everyPage(deals: Records<Deal>, where: Where<Stored<Deal>>): AsyncGenerator<Stored<Deal>> {
  let cursor: string | undefined
  do {
    const page = await deals.find({ where, fields: ['customerId', 'lastProgressAt'], limit: 500, cursor })
    yield* page.records
    cursor = page.cursor ?? undefined
  } while (cursor)
}
