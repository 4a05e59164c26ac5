const separators = /[、，,;；|\n\r]+/

/** The entries of a cell that holds several. Entries that hold a separator themselves are written as a JSON list. */
export function splitList(text: string): string[] {
  const parts = jsonList(text) ?? text.split(separators)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** Entries as one cell, so that {@link splitList} finds them again. */
export function joinList(entries: readonly string[]): string {
  const joined = entries.join('、')
  const found = splitList(joined)
  const same = found.length === entries.length && found.every((part, index) => part === entries[index])
  return same ? joined : JSON.stringify(entries)
}

function jsonList(text: string): string[] | null {
  if (!text.startsWith('["') || !text.endsWith('"]')) return null
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((entry) => typeof entry === 'string') ? list : null
  } catch {
    return null
  }
}
