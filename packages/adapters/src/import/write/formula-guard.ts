/** Spaces, quotes and marks that a spreadsheet, or what cleans a text before it, may pass over. */
const passedOver = String.raw`[\p{Z}\p{Cc}\p{Cf}"'\x60‘’“”＂＇]`
const formulaStart = new RegExp(`^${passedOver}*[=+\\-@＝＋－＠﹦﹢﹣﹫]`, 'u')
const controlStart = /^[\p{Z}\p{Cf}"'`‘’“”＂＇]*[\t\r\n]/u

/** Whether a spreadsheet could take a text for a formula. An apostrophe in front changes nothing about the answer. */
export function looksLikeFormula(text: string): boolean {
  return formulaStart.test(text) || controlStart.test(text)
}

/** A text that every spreadsheet shows as text: an apostrophe stands before what could be a formula. */
export function withGuard(text: string): string {
  return looksLikeFormula(text) ? `'${text}` : text
}

/**
 * The text that {@link withGuard} was given. Because an apostrophe does not change what looks like a formula, texts that had
 * apostrophes of their own come back whole. Others guard their exports in the same way, and those are read alike.
 */
export function withoutGuard(text: string): string {
  return text.startsWith("'") && looksLikeFormula(text) ? text.slice(1) : text
}
