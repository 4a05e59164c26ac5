import { crmError, type Ledger } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { list, wholeNumber } from '../request/parameter.ts'
import { invalidParameter, readQuery } from '../request/query.ts'
import { listLimits } from './limits.ts'
import { type Call, param } from './route.ts'

/** The ledgers there are. */
export async function ledgers({ exchange, session }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  return json({ ledgers: session.ledgers.list() })
}

/** Balances of some accounts. */
export async function balances(call: Call): Promise<Reply> {
  const { accounts } = readQuery(call.exchange.query, ['accounts'])
  const asked = list('accounts', accounts, listLimits.accounts)
  if (!asked) throw invalidParameter('accounts', `a,b,… (1..${listLimits.accounts})`)
  return json({ balances: Object.fromEntries(await call.session.ledgers.balances(ledgerOf(call), asked)) })
}

/** A page of an account, newest first, with its balance. */
export async function entries(call: Call): Promise<Reply> {
  const { account, limit, cursor } = readQuery(call.exchange.query, ['account', 'limit', 'cursor'])
  if (!account) throw invalidParameter('account', 'id')
  const ledger = ledgerOf(call)
  const query = { limit: wholeNumber('limit', limit, 1, 500), cursor }
  const page = await call.session.ledgers.entries(ledger, account, query)
  return json({ ...page, balance: await call.session.ledgers.balance(ledger, account) })
}

/** Entries that the writes of a record carried. */
export async function recordEntries(call: Call): Promise<Reply> {
  const { limit, cursor } = readQuery(call.exchange.query, ['limit', 'cursor'])
  const record = { object: param(call, 'object'), id: param(call, 'id') }
  return json(await call.session.ledgers.entriesOf(record, { limit: wholeNumber('limit', limit, 1, 500), cursor }))
}

function ledgerOf(call: Call): Ledger {
  const name = param(call, 'ledger')
  const ledger = call.session.ledgers.list().find((one) => one.name === name)
  if (!ledger) throw crmError('LEDGER_UNKNOWN', { ledger: name.slice(0, 100) })
  return ledger
}
