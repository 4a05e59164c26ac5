import { foldAccents, nameKey } from './fold.ts'
import { cutToken, isPaired, pairsOf, runsOf } from './tokens.ts'

/** Tokens from `from`, `to` not included, by code point. */
export interface TokenRange {
  readonly from: string
  readonly to: string
}

const mostRanges = 6

/**
 * What a search asks for: a record is found when it has a token in every one of the ranges, at most six. An empty list means that
 * there was nothing to look for in the text (only punctuation): such a search finds nothing.
 */
export function queryTokens(search: string): TokenRange[] {
  const tokens = foldAccents(nameKey(search)).split(' ').flatMap(termTokens)
  return spread([...new Set(tokens.map(cutToken))]).map(rangeOf)
}

function termTokens(term: string): string[] {
  if (/^[^@\s]+@[^@\s]*$/u.test(term)) return [term]
  return runsOf(term).flatMap((run) => (isPaired(run) && [...run].length > 1 ? pairsOf(run) : [run]))
}

/** Of a long text the first, the last, and some between. */
function spread(tokens: readonly string[]): string[] {
  if (tokens.length <= mostRanges) return [...tokens]
  return Array.from({ length: mostRanges }, (_, index) => tokens[Math.round((index * (tokens.length - 1)) / (mostRanges - 1))] ?? '')
}

/** All tokens that begin with this one: up to the text whose last character is the next one. */
function rangeOf(from: string): TokenRange {
  const characters = [...from]
  const last = characters.pop()?.codePointAt(0) ?? 0
  const next = last === 0xd7ff ? 0xe000 : last + 1
  return { from, to: characters.join('') + String.fromCodePoint(next) }
}
