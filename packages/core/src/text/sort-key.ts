import { foldAccents, nameKey } from './fold.ts'
import { readingsOf } from './pinyin.ts'

const longestPart = 120

/** Sorts before anything that may stand in a name, so that a name comes before its own continuations. */
export const divider = '\u0001'

/**
 * A text whose order by code point is the order of a phone book: numbers first, then Chinese by pinyin among Latin letters
 * (alder, 北辰, cat), accents and marks overlooked. Equal readings are told apart by the text itself.
 */
export function sortKey(text: string): string {
  const key = foldAccents(nameKey(text))
  const reading = readingsOf(cut(key)).map(({ text: part, isChinese }) => (isChinese ? ` ${part} ` : part))
  return `${cut(words(reading.join('')))}${divider}${cut(key)}`
}

/** Marks between words count as spaces, so that `A-B` stands beside `A B`. */
const words = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** The first characters of a text; indexes have a longest entry. */
function cut(text: string): string {
  return text.length <= longestPart
    ? text
    : text
        .slice(0, longestPart)
        .toWellFormed()
        .replace(/\ufffd$/u, '')
}
