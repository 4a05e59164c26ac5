const separators = /[、，,;；|\n\r]+/

/** The entries of a cell that holds several. */
export function splitList(text: string): string[] {
  return text
    .split(separators)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
