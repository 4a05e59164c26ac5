import type { AggregatePlan, SelectPlan, StoreSession } from '../store/port.ts'
import { balanceTable, ledgerTable } from '../store/system-tables.ts'
import { balanceKind, balanceOf, balanceSign } from './entry.ts'
import type { Ledger } from './ledger.ts'
import type { Recount } from './ledgers.ts'

const column = (name: string) => ({ column: name, nullable: false })
const pageSize = 500

/** Balances of a ledger after an account, locked: nobody posts to them until their sums are compared. */
const balancesPlan: SelectPlan = {
  table: balanceTable,
  columns: ['key', 'used'],
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: column('kind'), param: 2 },
      { op: 'gt', operand: column('key'), param: 3 },
    ],
  },
  order: [{ operand: column('key'), descending: false }],
  limit: 1,
  revision: false,
  lock: true,
}

const sumsPlan: AggregatePlan = {
  table: ledgerTable,
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: column('ledger'), param: 2 },
      { op: 'in', operand: column('account'), param: 3 },
    ],
  },
  groups: [column('account')],
  measures: [{ as: 'sum', fn: 'sum', operand: column('amount') }],
  limit: 1,
  revision: false,
}

/** Runs `work` in a transaction of its own. */
export type InTransaction = <T>(work: (session: StoreSession) => Promise<T>) => Promise<T>

/** Page by page, each in its own short transaction, so that a recount of millions never holds a ledger up. */
export async function recountLedger(run: InTransaction, tenant: string, ledger: Ledger, repair: boolean): Promise<Recount> {
  const differences: Recount['differences'][number][] = []
  let accounts = 0
  for (let after = ''; ; ) {
    const page = await run((session) => recountPage(session, tenant, ledger, after, repair))
    accounts += page.accounts
    differences.push(...page.differences)
    if (page.last === null) return { accounts, differences, repaired: repair && differences.length > 0 }
    after = page.last
  }
}

async function recountPage(session: StoreSession, tenant: string, ledger: Ledger, after: string, repair: boolean) {
  const rows = await session.select(balancesPlan, [tenant, pageSize, balanceKind(ledger), after])
  const keys = rows.map((row) => String(row.key))
  const sums = new Map<string, number>()
  if (keys.length > 0)
    for (const row of await session.aggregate(sumsPlan, [tenant, pageSize, ledger.name, keys])) sums.set(String(row.g0), Number(row.sum))
  const differences = rows.flatMap((row) => {
    const account = String(row.key)
    const balance = balanceOf(ledger, Number(row.used))
    const sum = sums.get(account) ?? 0
    return balance === sum ? [] : [{ account, balance, sum }]
  })
  if (repair && differences.length > 0)
    await session.put(
      { table: balanceTable, columns: ['tenant_id', 'kind', 'key', 'used'] },
      differences.map(({ account, sum }) => [tenant, balanceKind(ledger), account, balanceSign(ledger) * sum]),
      'replace',
    )
  return { accounts: rows.length, differences, last: rows.length < pageSize ? null : (keys.at(-1) ?? null) }
}
