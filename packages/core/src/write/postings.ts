import type { HookRecord } from '../hook/hook-record.ts'
import { enqueueAll } from '../job/enqueue.ts'
import { jobRows } from '../job/job-row.ts'
import { limitReached, requirePostings, takeOf } from '../ledger/check-posting.ts'
import { type EntryStamp, entryRow } from '../ledger/entry.ts'
import type { Posting } from '../ledger/ledger.ts'
import { type PreparedPosting, postInUnit } from '../ledger/post-in-unit.ts'
import type { SingleWriteOptions } from '../record/records.ts'
import { nowOf, type Scope, type UnitScope } from '../scope/scope.ts'
import type { CounterTake, WriteOutcome } from '../store/port.ts'
import type { Company } from './write-plans.ts'

type Rows = readonly (readonly unknown[])[]

/** What the postings and jobs of one write add to its statement. */
export interface PostingParts {
  readonly postings: readonly Posting[]
  readonly counters: readonly CounterTake[]
  /** Rows of the ledger satellite; null = the write brings none. */
  readonly rows: Rows | null
  /** Rows of the job satellite; null = the write brings none. */
  readonly jobs: Rows | null
}

const none: PostingParts = { postings: [], counters: [], rows: null, jobs: null }

/** Entries, counters and jobs that hooks and the caller gave to a write. */
export function postingParts(scope: Scope, draft: HookRecord, at: number | undefined): PostingParts {
  if (!carriesMore(draft)) return none
  const { postings } = draft
  const { tenant } = scope.actor
  const rows = postings.length === 0 ? null : prepared(scope, draft, at).map(({ row }) => [tenant, ...row])
  return { postings, counters: postings.map(takeOf), rows, jobs: draft.jobs.length === 0 ? null : jobRows(scope, draft.jobs) }
}

/** What the caller gave to a write, before any hook adds to it. */
export function takeOptions(draft: HookRecord, { post, enqueue }: SingleWriteOptions): void {
  if (post) draft.postings = post
  if (enqueue) draft.jobs = enqueue
}

/** Does the write carry something that must not be lost when the record itself does not differ? */
export function carriesMore({ postings, jobs }: HookRecord): boolean {
  return postings.length > 0 || jobs.length > 0
}

/** The satellites of a write, its entries and jobs the last of them. */
export function withPostings<S extends { readonly company: Company; readonly satellites: Rows[] }>(
  others: S,
  { rows, counters, jobs }: PostingParts,
): S {
  if (!rows && !jobs) return others
  return {
    ...others,
    company: { ...others.company, postings: counters.length, jobs: jobs !== null },
    satellites: [...others.satellites, ...(rows ? [rows] : []), ...(jobs ? [jobs] : [])],
  }
}

/** The same for many records at once, in their transaction. */
export async function postForDrafts(
  scope: UnitScope,
  drafts: readonly HookRecord[],
  at: (index: number) => number | undefined,
): Promise<void> {
  const all = drafts.flatMap((draft, index) => (draft.postings.length > 0 ? prepared(scope, draft, at(index)) : []))
  if (all.length > 0) await postInUnit(scope.unit.session, scope.actor.tenant, all)
  await enqueueAll(
    scope,
    drafts.flatMap(({ jobs }) => jobs),
  )
}

/** Throws LEDGER_LIMIT where nothing but full counters refused the write; a reason to begin anew comes before a limit. */
export function throwFull({ refused, full }: WriteOutcome, { postings }: PostingParts): void {
  if (!refused.includes('counter') || refused.some((guard) => guard !== 'counter')) return
  throw limitReached(full.flatMap((index) => postings[index] ?? []))
}

function prepared(scope: Scope, draft: HookRecord, at: number | undefined): PreparedPosting[] {
  const { ledgers } = scope.kernel.contributions
  requirePostings(draft.postings, (name) => ledgers.some((ledger) => ledger.name === name))
  const recordedAt = nowOf(scope)
  const { kind, id } = scope.actor
  const stamp: EntryStamp = { at: at ?? recordedAt, recordedAt, record: { object: draft.object, id: draft.id }, actor: { kind, id } }
  return draft.postings.map((posting) => ({ posting, row: entryRow(posting, stamp) }))
}
