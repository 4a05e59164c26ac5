import type { Query } from '@guanxi/core'
import type { BenchLead } from '../subject.ts'

/** A page of a filtered list: as Guanxi is asked, and as somebody would write it by hand. */
export interface Question {
  readonly what: string
  readonly query: Query<BenchLead>
  /** The condition in SQL, amounts in hundredths; the same text on both engines. */
  readonly sql: string
}

const common = { sort: ['amount'], limit: 50 } as const

export const questions: readonly Question[] = [
  {
    what: 'one choice, in the order of the index',
    query: { ...common, where: { status: 'open' } },
    sql: `"status" = 'open'`,
  },
  {
    what: 'a choice and a range',
    query: { ...common, where: { status: 'working', amount: { gte: '500000.00' } } },
    sql: `"status" = 'working' AND "amount" >= 50000000`,
  },
  {
    what: 'five terms, a page in a hundred rows',
    query: {
      ...common,
      where: { status: 'open', city: { in: ['Shanghai', 'Xiamen'] }, score: { gte: 60 }, due: { lt: '2025-06-15' }, subscribed: true },
    },
    sql: `"status" = 'open' AND "city" IN ('Shanghai', 'Xiamen') AND "score" >= 60 AND "due" < '2025-06-15' AND "subscribed" = TRUE`,
  },
  {
    what: 'this or that, with a negation',
    query: { ...common, where: { status: 'won', or: [{ grade: 'a' }, { visits: { gte: 20 } }], source: { ne: 'fair' } } },
    sql: `"status" = 'won' AND ("grade" = 'a' OR "visits" >= 20) AND ("source" <> 'fair' OR "source" IS NULL)`,
  },
]
