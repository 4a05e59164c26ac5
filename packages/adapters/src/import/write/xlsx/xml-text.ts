const literalEscape = /_(?=x[0-9a-f]{4}_)/gi
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold, and a return would come back as a line feed.
const unwritable = /[\0-\x08\x0b-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text of a cell: characters that XML cannot hold as `_x000D_`, and what looks like that escaped in turn. */
export function xString(text: string): string {
  const escaped = text.replace(literalEscape, '_x005F_').replace(unwritable, (character) => {
    return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  })
  return xmlText(escaped)
}

/** Text between tags or in an attribute. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
