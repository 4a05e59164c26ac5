const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = digits.length
const timeDigits = 8
/** With fewer free digits than this in one place, the next place is used. */
const room = 3

/** Digits of chance at the end: twenty people who choose the same gap at once meet about once in 70,000 times, and then the id decides. */
const chance = 4

/**
 * A rank that sorts between two others by its bytes; null = the open end. It is chosen at random within the gap, so that people who
 * place different cards in the same gap at the same moment all find a place of their own, without asking anybody. Ranks that are out
 * of order or the same leave no gap: then the place is below the first.
 *
 * `random` gives numbers from 0 up to but not including 1.
 */
export function rankBetween(above: string | null, below: string | null, random: () => number = Math.random): string {
  if (above !== null && below !== null && above >= below) return rankBetween(above, null, random)
  const pick = (from: number, count: number) => digitAt(from + Math.floor(random() * count))
  let rank = ''
  let isTight = below !== null
  for (let place = 0; ; place += 1) {
    const low = valueAt(above, place)
    const high = isTight ? valueAt(below, place) : base
    const free = high - low - 1
    if (free >= room) {
      const tail = Array.from({ length: chance - 1 }, () => pick(0, base)).join('')
      return rank + pick(low + 1, free) + tail + pick(1, base - 1)
    }
    rank += digitAt(low)
    if (low < high) isTight = false
  }
}

/** On top of everything: as if the card had just come in, so that those who come in later stand above it. */
export function rankOnTop(now: number, id: string, first: string | null, random: () => number = Math.random): string {
  const entered = `${inDigits(base ** timeDigits - 1 - now, timeDigits)}${inDigits(hash(id), 6)}V`
  return first === null || entered < first ? entered : rankBetween(null, first, random)
}

/** Beyond the end of the text the lowest digit goes on for ever. */
function valueAt(rank: string | null, place: number): number {
  const digit = rank?.charAt(place) ?? ''
  return digit === '' ? 0 : Math.max(0, digits.indexOf(digit))
}

const digitAt = (value: number): string => digits.charAt(value)

function inDigits(value: number, length: number): string {
  let text = ''
  for (let rest = Math.max(0, Math.floor(value)); text.length < length; rest = Math.floor(rest / base)) text = digitAt(rest % base) + text
  return text
}

function hash(text: string): number {
  let value = 0
  for (const letter of text) value = (value * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return value
}
