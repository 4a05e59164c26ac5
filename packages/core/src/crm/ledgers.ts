import { crmError } from '../error/crm-error.ts'
import { requirePostings } from '../ledger/check-posting.ts'
import { decodeEntry, type EntryStamp, entryColumns, entryRow } from '../ledger/entry.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Ledgers } from '../ledger/ledgers.ts'
import { postInUnit } from '../ledger/post-in-unit.ts'
import { readBalances, readEntries, readEntriesOf, readEntry } from '../ledger/read-ledger.ts'
import { recountLedger } from '../ledger/recount.ts'
import { createRecords } from '../record/create-records.ts'
import { authorise, inUnit, nowOf, type Scope, sessionOf } from '../scope/scope.ts'

/** The pseudo-object whose grants decide about ledgers. */
const object = 'ledgers'

/** The ledgers as one actor reads them and posts to them. */
export function createLedgers(scope: Scope): Ledgers {
  const { tenant } = scope.actor
  const isKnown = (name: string): boolean => scope.kernel.contributions.ledgers.some((ledger) => ledger.name === name)
  const reading = (ledger: Ledger) => {
    authorise(scope, 'read', object)
    if (!isKnown(ledger.name)) throw crmError('LEDGER_UNKNOWN', { ledger: String(ledger.name).slice(0, 100) })
    return sessionOf(scope)
  }
  return {
    balance: async (ledger, account) => (await readBalances(reading(ledger), tenant, ledger, [account])).get(account) ?? 0,
    balances: async (ledger, accounts) => readBalances(reading(ledger), tenant, ledger, accounts),
    entries: async (ledger, account, query = {}) => readEntries(reading(ledger), tenant, ledger, account, query),
    entriesOf: async (record, query = {}) => {
      authorise(scope, 'read', object)
      const { id } = await createRecords(scope, record.object).get(record.id)
      return readEntriesOf(sessionOf(scope), tenant, String(id), query)
    },
    list: () => {
      authorise(scope, 'read', object)
      return [...scope.kernel.contributions.ledgers].sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    post: async (postings) => {
      authorise(scope, 'update', object)
      requirePostings(postings, isKnown)
      await inUnit(scope, (unit) => {
        const stamp = stampOf(unit)
        return postInUnit(
          unit.unit.session,
          tenant,
          postings.map((posting) => ({ posting, row: entryRow(posting, stamp) })),
        )
      })
    },
    reverse: async (ledger, key, why = {}) => {
      authorise(scope, 'update', object)
      reading(ledger)
      return inUnit(scope, async (unit) => {
        const { session } = unit.unit
        const original = await readEntry(session, tenant, ledger, key)
        if (original.reverses !== null) throw crmError('LEDGER_REVERSAL')
        const posting = { ...why, ledger, account: original.account, amount: -original.amount, key: `reversal:${original.key}` }
        requirePostings([posting], isKnown)
        const row = entryRow(posting, { ...stampOf(unit), record: original.record }, original.key)
        await postInUnit(session, tenant, [{ posting, row }])
        return decodeEntry(Object.fromEntries(entryColumns.map((column, index) => [column, row[index]])))
      })
    },
    recount: async (ledger, { repair = false } = {}) => {
      authorise(scope, repair ? 'define' : 'read', object)
      reading(ledger)
      return recountLedger((work) => inUnit(scope, ({ unit }) => work(unit.session)), tenant, ledger, repair)
    },
  }
}

function stampOf(scope: Scope): EntryStamp {
  const now = nowOf(scope)
  return { at: now, recordedAt: now, record: null, actor: { kind: scope.actor.kind, id: scope.actor.id } }
}
