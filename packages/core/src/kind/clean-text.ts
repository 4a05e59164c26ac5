import { KindRefusal } from './kind.ts'

/**
 * The rule of all text: trimmed, NFC, well formed, no U+0000. Empty text is no value and becomes null.
 * PostgreSQL refuses U+0000, SQLite stops reading at it, and lone surrogates come back altered from both.
 */
export function cleanText(value: unknown): string | null {
  if (typeof value !== 'string') throw new KindRefusal('VALUE_TYPE', { expected: 'string' })
  const trimmed = value.trim()
  return trimmed === '' ? null : storable(trimmed)
}

/** Letters of Europe, Chinese, and their punctuation: nothing here is refused, combines, or has another canonical spelling. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what the range leaves out
const plain = /^[\u0001-\u02ff\u2010-\u2027\u3001-\u3029\u3400-\u9fff\uff00-\uffef]*$/

/** Tells of a text, trimmed, that it is clean and within these lengths; letters that need a closer look are left to it. */
export function isPlainText(value: unknown, shortest: number, longest: number): boolean {
  return typeof value === 'string' && value.length >= shortest && value.length <= longest && plain.test(value)
}

/** Text as it may be stored, spaces and all. */
export function storable(text: string): string {
  if (plain.test(text)) return text
  if (!isStorableText(text)) throw new KindRefusal('VALUE_TEXT')
  return text.normalize('NFC')
}

/** Do both engines give it back as it was? */
export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}

/** Part of a text, as `contains` and `startsWith` take it: spaces count, and empty would match everything. */
export function partOfText(value: unknown): string {
  if (typeof value !== 'string') throw new KindRefusal('VALUE_TYPE', { expected: 'string' })
  if (value === '') throw new KindRefusal('VALUE_REQUIRED')
  return storable(value)
}

/** Text that is there, or a refusal. */
export function cleanTextOrRefuse(value: unknown): string {
  const text = cleanText(value)
  if (text === null) throw new KindRefusal('VALUE_REQUIRED')
  return text
}
