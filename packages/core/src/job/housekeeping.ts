import type { Ledger } from '../ledger/ledger.ts'
import { defineJob, type Job } from './job.ts'
import { runDeciderJob } from './run-decider-job.ts'
import { defineSchedule, type Schedule } from './schedule.ts'

const noInput = { type: 'object', additionalProperties: false } as const

/** Decisions that have been kept long enough go. */
const purgeDecisions = defineJob<object>({
  id: 'core.purge-decisions',
  input: noInput,
  priority: 'low',
  concurrency: 1,
  run: (_, { session }) => session.decisions.purge(),
})

/** Messages of long ago go. */
const purgeMessages = defineJob<object>({
  id: 'core.purge-messages',
  input: noInput,
  priority: 'low',
  concurrency: 1,
  run: (_, { session }) => session.messages.purge(),
})

/** What the core itself does in the background: the balances of these ledgers are proved, and repaired where they are not their sums. */
export function coreJobs(ledgers: readonly Ledger[]): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } {
  const recountLedgers = defineJob<object>({
    id: 'core.recount-ledgers',
    input: noInput,
    priority: 'low',
    concurrency: 1,
    run: async (_, { session, stillMine }) => {
      for (const ledger of ledgers) {
        await stillMine()
        await session.ledgers.recount(ledger, { repair: true })
      }
    },
  })
  const nightly = (job: Job<object>, at: string, weekdays?: readonly number[]): Schedule =>
    defineSchedule<object>({ id: job.id, job, input: {}, times: { at, ...(weekdays && { weekdays }) } }) as unknown as Schedule
  const withLedgers = ledgers.length > 0
  return {
    jobs: [purgeDecisions, purgeMessages, runDeciderJob, ...(withLedgers ? [recountLedgers] : [])] as unknown as Job[],
    schedules: [
      nightly(purgeDecisions, '03:10'),
      nightly(purgeMessages, '03:20'),
      ...(withLedgers ? [nightly(recountLedgers, '03:40', [7])] : []),
    ],
  }
}
