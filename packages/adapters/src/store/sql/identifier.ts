const legalName = /^[a-z_][a-z0-9_]*$/
const legalKey = /^[A-Za-z_][A-Za-z0-9_]*$/
const longest = 63

/** A table, column or index name in quotes. Names come from our own generators; anything else is a mistake and stops here. */
export function quote(name: string): string {
  if (!legalName.test(name) || name.length > longest) throw new TypeError(`Not a legal SQL name: ${JSON.stringify(name)}`)
  return `"${name}"`
}

/** Names in quotes, separated by commas. */
export function quoteAll(names: readonly string[]): string {
  return names.map(quote).join(', ')
}

/** A key of the `ext` document, safe to stand inside a SQL text literal. */
export function extKey(key: string): string {
  if (!legalKey.test(key) || key.length > longest) throw new TypeError(`Not a legal ext key: ${JSON.stringify(key)}`)
  return key
}
