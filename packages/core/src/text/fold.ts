/** The one spelling for comparing: full width becomes half, capitals small, spaces one. */
export function nameKey(text: string): string {
  if (isFolded.test(text)) return text
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim().replace(/\s+/gu, ' ')
}

/** Small letters, digits and Chinese: as they are to be. */
const isFolded = /^[a-z0-9\u3400-\u9fff]*$/

/** {@link nameKey} without accents, so that `Café` is found as `cafe`. */
export function foldAccents(key: string): string {
  return isPlain.test(key)
    ? key
    : key
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .normalize('NFC')
}

/** ASCII and Chinese have no accents. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
const isPlain = /^[\u0000-\u007f\u3400-\u9fff]*$/

/** Scripts written without spaces: read in pairs, not in words. */
export const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}'
