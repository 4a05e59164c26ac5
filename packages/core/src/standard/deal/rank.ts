import { before } from '../../hook/hook.ts'
import { deal } from '../object/deal.ts'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const timeDigits = 8
/** Milliseconds that eight digits can count down from: the year 8888. */
const latest = 62 ** timeDigits - 1

/** A rank is text that sorts by its bytes; it never ends in the lowest digit, so there is always room below it. */
const shape = /^[0-9A-Za-z]*[1-9A-Za-z]$/

/**
 * The place of a card that nobody has placed: the later it came, the higher it stands. The end of the id keeps two cards of the same
 * millisecond apart, so that another card can always be put between them.
 */
export function entryRank(at: number, id: string): string {
  const tail = Number.parseInt(id.replaceAll('-', '').slice(-8), 16)
  return `${inDigits(latest - at, timeDigits)}${inDigits(Number.isNaN(tail) ? 0 : tail, 6)}V`
}

/** Ranks come from clients: whatever does not sort with the others is refused. */
export const checkRank = before(deal, { id: 'deal-rank', on: ['create', 'update'], fields: ['rank'], reads: [] }, ({ next }, context) => {
  if (typeof next.rank === 'string' && !shape.test(next.rank)) context.reject('STANDARD_RANK_INVALID', {}, 'rank')
})

function inDigits(value: number, length: number): string {
  let text = ''
  for (let rest = Math.max(0, Math.floor(value)); text.length < length; rest = Math.floor(rest / 62))
    text = (digits[rest % 62] ?? '0') + text
  return text
}
