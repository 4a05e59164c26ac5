import { UniqueViolation } from '../store/errors.ts'
import type { CounterTake, RowsPlan, SelectPlan, StoreSession } from '../store/port.ts'
import { balanceTable, ledgerTable } from '../store/system-tables.ts'
import { limitReached, takeOf } from './check-posting.ts'
import { entryColumns } from './entry.ts'
import type { Posting } from './ledger.ts'
import { repeatedPosting } from './repeated-posting.ts'

/** A posting with the row it becomes. */
export interface PreparedPosting {
  readonly posting: Posting
  readonly row: readonly unknown[]
}

const balances: RowsPlan = { table: balanceTable, columns: ['tenant_id', 'kind', 'key', 'used'] }
const entries: RowsPlan = { table: ledgerTable, columns: ['tenant_id', ...entryColumns] }
const column = (name: string) => ({ column: name, nullable: false })

const lockedBalances: SelectPlan = {
  table: balanceTable,
  columns: ['kind', 'key', 'used'],
  where: {
    op: 'and',
    of: [
      { op: 'in', operand: column('kind'), param: 1 },
      { op: 'in', operand: column('key'), param: 2 },
    ],
  },
  order: [
    { operand: column('kind'), descending: false },
    { operand: column('key'), descending: false },
  ],
  revision: false,
  lock: true,
}

const chunkSize = 1_000

/** Posts inside a transaction: balances are locked in order of their keys, judged, and moved with the entries. All or nothing. */
export async function postInUnit(session: StoreSession, tenant: string, prepared: readonly PreparedPosting[]): Promise<void> {
  // A chunk never locks what one before it sorts behind, so that two of these never wait for each other.
  const sorted = prepared
    .map((one) => ({ ...one, take: takeOf(one.posting) }))
    .toSorted((a, b) => compare(placeOf(a.take), placeOf(b.take)))
  for (let start = 0; start < sorted.length; start += chunkSize) await moveBalances(session, tenant, sorted.slice(start, start + chunkSize))
  const rows = prepared.map(({ row }) => [tenant, ...row])
  try {
    for (let start = 0; start < rows.length; start += chunkSize) await session.put(entries, rows.slice(start, start + chunkSize), 'error')
  } catch (error) {
    throw error instanceof UniqueViolation ? repeatedPosting(error) : error
  }
}

interface Taken {
  readonly posting: Posting
  readonly take: CounterTake
}

async function moveBalances(session: StoreSession, tenant: string, postings: readonly Taken[]): Promise<void> {
  const totals = new Map<string, number>()
  for (const { take } of postings) totals.set(placeOf(take), (totals.get(placeOf(take)) ?? 0) + take.amount)
  const places = [...new Map(postings.map(({ take }) => [placeOf(take), take])).values()]
  await session.put(
    balances,
    places.map(({ kind, key }) => [tenant, kind, key, 0]),
    'ignore',
  )
  const kinds = [...new Set(places.map(({ kind }) => kind))]
  const locked = await session.select(lockedBalances, [tenant, kinds, [...new Set(places.map(({ key }) => key))]])
  const used = new Map(locked.map((row) => [JSON.stringify([row.kind, row.key]), Number(row.used)]))
  const after = (take: CounterTake): number => (used.get(placeOf(take)) ?? 0) + (totals.get(placeOf(take)) ?? 0)
  const full = postings.filter(({ take }) => take.capacity !== null && after(take) > take.capacity)
  if (full.length > 0) throw limitReached(full.map(({ posting }) => posting))
  await session.put(
    balances,
    places.map((take) => [tenant, take.kind, take.key, after(take)]),
    'replace',
  )
}

const placeOf = ({ kind, key }: CounterTake): string => JSON.stringify([kind, key])

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
