import type { HookRecord } from '../hook/hook-record.ts'
import { limitReached, requirePostings, takeOf } from '../ledger/check-posting.ts'
import { type EntryStamp, entryRow } from '../ledger/entry.ts'
import type { Posting } from '../ledger/ledger.ts'
import { type PreparedPosting, postInUnit } from '../ledger/post-in-unit.ts'
import { nowOf, type Scope, type UnitScope } from '../scope/scope.ts'
import type { CounterTake, WriteOutcome } from '../store/port.ts'
import type { Company } from './write-plans.ts'

type Rows = readonly (readonly unknown[])[]

/** What the postings of one write add to its statement. */
export interface PostingParts {
  readonly postings: readonly Posting[]
  readonly counters: readonly CounterTake[]
  /** Rows of the ledger satellite; null = the write brings none. */
  readonly rows: Rows | null
}

const none: PostingParts = { postings: [], counters: [], rows: null }

/** Entries and counters for the postings that hooks and the caller gave to a write. */
export function postingParts(scope: Scope, draft: HookRecord, at: number | undefined): PostingParts {
  const { postings } = draft
  if (postings.length === 0) return none
  const { tenant } = scope.actor
  return { postings, counters: postings.map(takeOf), rows: prepared(scope, draft, at).map(({ row }) => [tenant, ...row]) }
}

/** The satellites of a write, its entries the last of them. */
export function withPostings<S extends { readonly company: Company; readonly satellites: Rows[] }>(
  others: S,
  { rows, counters }: PostingParts,
): S {
  if (!rows) return others
  return { ...others, company: { ...others.company, postings: counters.length }, satellites: [...others.satellites, rows] }
}

/** The same for many records at once, in their transaction. */
export async function postForDrafts(
  scope: UnitScope,
  drafts: readonly HookRecord[],
  at: (index: number) => number | undefined,
): Promise<void> {
  const all = drafts.flatMap((draft, index) => (draft.postings.length > 0 ? prepared(scope, draft, at(index)) : []))
  if (all.length > 0) await postInUnit(scope.unit.session, scope.actor.tenant, all)
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
