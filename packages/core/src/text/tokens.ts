import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { KindName } from '../object/schema.ts'
import { foldAccents, nameKey, unspaced } from './fold.ts'
import { otherReadingsOf, type Reading, readingsOf } from './pinyin.ts'
import { leadingPlace } from './regions.ts'

/** Characters of a token; longer words are found by their beginning. */
export const longestToken = 40

/** Names longer than this are prose: nobody types their initials. */
const longestName = 60
const shortestNumber = 4

const runs = new RegExp(`[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}\\p{N}])+`, 'gu')
const isUnspaced = new RegExp(`^[${unspaced}]`, 'u')

/** Runs of a text: Chinese and Japanese each in one piece, other scripts word by word. */
export function runsOf(text: string): string[] {
  return foldAccents(nameKey(text)).match(runs) ?? []
}

/** Is the run to be read in pairs? */
export const isPaired = (run: string): boolean => isUnspaced.test(run)

/** Neighbouring characters in twos. */
export function pairsOf(run: string): string[] {
  const pairs: string[] = []
  let before = ''
  for (const character of run) {
    if (before !== '') pairs.push(before + character)
    before = character
  }
  return pairs
}

/** Search tokens of one value of a kind. They are found by prefix. */
export function tokensOf(value: unknown, kind: KindName): string[] {
  if (typeof value !== 'string' || value === '') return []
  const tokens = makeTokens(value, kind)
  return [...new Set(tokens.map(cutToken))]
}

function makeTokens(value: string, kind: KindName): string[] {
  if (kind === 'phone') return phoneTokens(value)
  if (kind === 'email') return emailTokens(value)
  if (kind === 'text') return [...pinyinTokens(value), ...wordTokens(value)]
  if (kind === 'longText' || kind === 'url') return wordTokens(value)
  return []
}

/** The last character stands alone too, so that every single character is the beginning of some token. */
function wordTokens(text: string): string[] {
  return runsOf(text).flatMap((run) => (isPaired(run) ? [...pairsOf(run), [...run].at(-1) ?? ''] : [run]))
}

/** The whole name by initials and in full; once more without the place in front, because 上海蓝海 is looked for as lh. */
function pinyinTokens(text: string): string[] {
  const name = runsOf(text).join('')
  if (name.length > longestName || !/\p{Script=Han}/u.test(name)) return []
  const place = leadingPlace(name)
  const whole = readingsOf(name)
  // Each Chinese character is one reading, so a place is as many readings as characters.
  const variants = [whole, otherReadingsOf(name), place > 0 ? whole.slice(place) : null]
  return variants.flatMap((reading) => (reading ? [initialsOf(reading), reading.map(({ text: part }) => part).join('')] : []))
}

const initialsOf = (readings: readonly Reading[]) => readings.map(({ text, isChinese }) => (isChinese ? text.charAt(0) : text)).join('')

/** Most numbers of a Chinese CRM, and their form says all there is to say. */
const chineseMobile = /^\+86(1[3-9]\d{9})$/

/** Any four digits or more of a number are the beginning of one of its endings. */
function phoneTokens(value: string): string[] {
  const digits = value.replace(/\D/g, '')
  const national = chineseMobile.exec(value)?.[1] ?? parsePhoneNumberFromString(value)?.nationalNumber ?? digits
  const count = Math.max(national.length - shortestNumber + 1, 1)
  const endings = Array.from({ length: count }, (_, start) => national.slice(start))
  return [...endings, digits, ...(chineseMobile.test(value) ? [] : [`0${national}`])]
}

function emailTokens(value: string): string[] {
  const whole = foldAccents(nameKey(value))
  const at = whole.lastIndexOf('@')
  return [whole, whole.slice(0, Math.max(at, 0)), whole.slice(at + 1), ...wordTokens(whole)].filter((token) => token !== '')
}

/** A token of bounded length, never half a character. */
export function cutToken(token: string): string {
  return token.length <= longestToken
    ? token
    : token
        .slice(0, longestToken)
        .toWellFormed()
        .replace(/\ufffd$/u, '')
}
