/** Surrogates come after the rest of the first plane, as their code points do. */
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** Order by code point, as both databases have it. `<` on strings orders by code unit and puts an emoji before U+FFFD. */
export function compareText(left: string, right: string): number {
  const end = Math.min(left.length, right.length)
  for (let index = 0; index < end; index++) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a !== b) return rank(a) - rank(b)
  }
  return left.length - right.length
}
