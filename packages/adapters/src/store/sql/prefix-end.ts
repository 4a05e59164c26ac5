const highest = 0x10ffff
const lastBeforeSurrogates = 0xd7ff
const firstAfterSurrogates = 0xe000

/** The smallest text, by code point, that comes after every text starting with `prefix`: it gives an index its upper bound. */
export function prefixEnd(prefix: string): string {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0)
  while (points.length > 0) {
    const last = points.pop() as number
    if (last === highest) continue
    const next = last === lastBeforeSurrogates ? firstAfterSurrogates : last + 1
    return String.fromCodePoint(...points, next)
  }
  // Nothing comes after the highest code point, so this stands for the end of all text.
  return String.fromCodePoint(highest).repeat(64)
}
