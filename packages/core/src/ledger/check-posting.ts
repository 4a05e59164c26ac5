import { isTextId } from '../access/to-actor.ts'
import { crmError } from '../error/crm-error.ts'
import type { CounterTake } from '../store/port.ts'
import { balanceKind, balanceSign } from './entry.ts'
import type { Posting } from './ledger.ts'

/** Bounds of postings. */
export const ledgerLimits = { postings: 100, amount: 1_000_000_000_000_000 } as const

/** Characters of a key; a reversal's own key is longer by its prefix. */
const keyLength = 180
const reversal = 'reversal:'

const keys = new Set(['ledger', 'account', 'amount', 'key', 'limit', 'reason', 'data'])

/** Refuses postings that cannot be made, or to a ledger that no plugin of this CRM has. */
export function requirePostings(postings: readonly Posting[], known: (name: string) => boolean): void {
  if (!Array.isArray(postings)) throw refuse('a list of postings is expected', '/post')
  if (postings.length > ledgerLimits.postings)
    throw crmError('LIMIT_EXCEEDED', { what: 'postings', limit: ledgerLimits.postings }, { path: '/post' })
  for (const [index, posting] of postings.entries()) requirePosting(posting, known, `/post/${index}`)
}

function requirePosting(posting: Posting, known: (name: string) => boolean, path: string): void {
  const stranger = Object.keys(posting).find((key) => !keys.has(key))
  if (stranger !== undefined) throw crmError('PARAMETER_UNKNOWN', { name: stranger.slice(0, 100) }, { path })
  const { ledger, account, amount, key, limit, reason, data } = posting
  if (!known(ledger?.name)) throw crmError('LEDGER_UNKNOWN', { ledger: String(ledger?.name).slice(0, 100) }, { path: `${path}/ledger` })
  if (!isTextId(account)) throw refuse('an account is text of 1 to 200 characters', `${path}/account`)
  if (!isTextId(key) || (key.length > keyLength && !key.startsWith(reversal)))
    throw refuse(`a key is text of 1 to ${keyLength} characters`, `${path}/key`)
  if (!isAmount(amount) || amount === 0) throw refuse('an amount is a whole number other than 0', `${path}/amount`)
  if (limit !== undefined && limit !== null && !isAmount(limit)) throw refuse('a limit is a whole number, or null', `${path}/limit`)
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > 100))
    throw refuse('a reason is a code of at most 100 characters', `${path}/reason`)
  if (data !== undefined && (typeof data !== 'object' || data === null || JSON.stringify(data).length > 10_000))
    throw refuse('data is an object of at most 10,000 characters', `${path}/data`)
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= ledgerLimits.amount
}

function refuse(reason: string, path: string) {
  return crmError('PARAMETER_INVALID', { name: 'post', reason }, { path })
}

/** The counter a posting takes. One that moves away from its limit is never refused, even where the limit has been lowered since. */
export function takeOf({ ledger, account, amount, limit = null }: Posting): CounterTake {
  const sign = balanceSign(ledger)
  const moved = sign * amount
  return { kind: balanceKind(ledger), key: account, amount: moved, capacity: limit === null || moved < 0 ? null : sign * limit }
}

/** The refusal of postings whose limit is reached. */
export function limitReached(full: readonly Posting[]) {
  const [first] = full
  const details = full.map(({ ledger, account, amount, limit = null }) => ({ ledger: ledger.name, account, amount, limit }))
  return crmError('LEDGER_LIMIT', { ledger: first?.ledger.name ?? '', limit: first?.limit ?? 0 }, { details: { full: details } })
}
