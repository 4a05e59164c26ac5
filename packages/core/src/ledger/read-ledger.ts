import { isTextId } from '../access/to-actor.ts'
import { crmError } from '../error/crm-error.ts'
import type { SelectPlan, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { balanceTable, ledgerTable } from '../store/system-tables.ts'
import { balanceKind, balanceOf, decodeEntry, entryColumns, type LedgerEntry } from './entry.ts'
import type { Ledger } from './ledger.ts'
import type { LedgerQuery } from './ledgers.ts'

const column = (name: string) => ({ column: name, nullable: false })
const eq = (name: string, param: number): Predicate => ({ op: 'eq', operand: column(name), param })

const balancesPlan: SelectPlan = {
  table: balanceTable,
  columns: ['key', 'used'],
  where: { op: 'and', of: [eq('kind', 1), { op: 'in', operand: column('key'), param: 2 }] },
  order: [],
  revision: false,
}

/** Balances of some accounts. */
export async function readBalances(
  session: StoreSession,
  tenant: string,
  ledger: Ledger,
  accounts: readonly string[],
): Promise<Map<string, number>> {
  if (!Array.isArray(accounts) || accounts.length > 1_000)
    throw crmError('LIMIT_EXCEEDED', { what: 'accounts', limit: 1_000 }, { path: '/accounts' })
  const found = new Map(accounts.map((account) => [account, 0]))
  if (accounts.length === 0) return found
  const rows = await session.select(balancesPlan, [tenant, balanceKind(ledger), [...found.keys()]])
  for (const row of rows) found.set(String(row.key), balanceOf(ledger, Number(row.used)))
  return found
}

/** Newest first; ids are in order of time. Parameters: tenant, limit, ledger, account, and the position. */
const firstPage: SelectPlan = {
  table: ledgerTable,
  columns: entryColumns,
  where: { op: 'and', of: [eq('ledger', 2), eq('account', 3)] },
  order: [{ operand: column('id'), descending: true }],
  limit: 1,
  revision: false,
}
const nextPage: SelectPlan = { ...firstPage, after: [4] }

/** The same by record. Parameters: tenant, limit, record, and the position. */
const firstOfRecord: SelectPlan = { ...firstPage, where: { op: 'eq', operand: { column: 'record_id', nullable: true }, param: 2 } }
const nextOfRecord: SelectPlan = { ...firstOfRecord, after: [3] }

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A page of entries. The cursor is the id of the last one: it says nothing that the entry does not. */
export async function readEntries(
  session: StoreSession,
  tenant: string,
  ledger: Ledger,
  account: string,
  query: LedgerQuery,
): Promise<LedgerPage> {
  return readPage(session, cursorPlan(query, firstPage, nextPage), [tenant, ledger.name, account], query)
}

/** A page of the entries that the writes of a record carried. */
export async function readEntriesOf(session: StoreSession, tenant: string, record: string, query: LedgerQuery): Promise<LedgerPage> {
  return readPage(session, cursorPlan(query, firstOfRecord, nextOfRecord), [tenant, record], query)
}

interface LedgerPage {
  readonly entries: LedgerEntry[]
  readonly cursor: string | null
}

const cursorPlan = ({ cursor }: LedgerQuery, first: SelectPlan, next: SelectPlan): SelectPlan => (cursor === undefined ? first : next)

async function readPage(
  session: StoreSession,
  plan: SelectPlan,
  [tenant, ...asked]: readonly string[],
  { limit = 50, cursor }: LedgerQuery,
): Promise<LedgerPage> {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 500)
    throw crmError('PARAMETER_INVALID', { name: 'limit', reason: 'it must be 1 to 500' }, { path: '/limit' })
  if (cursor !== undefined && !idPattern.test(cursor)) throw crmError('CURSOR_INVALID', {}, { path: '/cursor' })
  const rows = await session.select(plan, [tenant, limit + 1, ...asked, ...(cursor === undefined ? [] : [cursor])])
  const entries = rows.slice(0, limit).map(decodeEntry)
  return { entries, cursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null }
}

const onePlan: SelectPlan = {
  table: ledgerTable,
  columns: entryColumns,
  where: { op: 'and', of: [eq('ledger', 1), eq('key', 2)] },
  order: [],
  revision: false,
}

/** One entry; NOT_FOUND when there is none. */
export async function readEntry(session: StoreSession, tenant: string, ledger: Ledger, key: string): Promise<LedgerEntry> {
  const [row] = isTextId(key) ? await session.select(onePlan, [tenant, ledger.name, key]) : []
  if (!row) throw crmError('NOT_FOUND')
  return decodeEntry(row)
}
