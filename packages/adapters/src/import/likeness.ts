import { folded } from './convert/width.ts'

/** Below this two texts are not the same thing spelt twice. */
const enough = 0.6

/** How alike two texts are, 0 to 1: shared pairs of characters, width, case, spaces and punctuation aside. */
export function likeness(a: string, b: string): number {
  const [first, second] = [bare(a), bare(b)]
  if (first === second) return first === '' ? 0 : 1
  if (first.length < 2 || second.length < 2) return 0
  const pairs = new Map<string, number>()
  for (const pair of pairsOf(first)) pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of pairsOf(second)) {
    const left = pairs.get(pair) ?? 0
    if (left === 0) continue
    shared++
    pairs.set(pair, left - 1)
  }
  return (2 * shared) / (first.length + second.length - 2)
}

/** The most alike of the candidates, or null when none is alike enough, or two are just as much. */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  let best: string | null = null
  let most = enough
  let tied = false
  for (const candidate of candidates) {
    const much = likeness(text, candidate)
    if (much < most) continue
    if (much === most && best !== null) {
      // Two spellings of one name, such as a value and its label, are no doubt.
      if (bare(best) !== bare(candidate)) tied = true
      continue
    }
    tied = false
    best = candidate
    most = much
  }
  return tied ? null : best
}

const bare = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]/gu, '')

function* pairsOf(text: string): Generator<string> {
  for (let index = 0; index < text.length - 1; index++) yield text.slice(index, index + 2)
}
