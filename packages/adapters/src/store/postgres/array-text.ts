/** A backslash that JSON means differently from PostgreSQL, which takes the next character as it is. */
const foreign = /\\[bfnrtu]/
const escapes = /\\(u[0-9a-f]{4}|.)/gi

/**
 * The values of a column as the text of an array. JSON quotes texts and writes numbers, booleans and null the way arrays do, and
 * V8 makes it faster than anything that looks at one value at a time; only control characters are written differently.
 */
export function arrayText(values: readonly unknown[]): string {
  const json = JSON.stringify(values)
  const text = foreign.test(json) ? json.replace(escapes, plainEscape) : json
  return `{${text.slice(1, -1)}}`
}

function plainEscape(written: string): string {
  return written === '\\"' || written === '\\\\' ? written : (JSON.parse(`"${written}"`) as string)
}

/** The column at `index` of many rows, as the text of an array. */
export function columnText(rows: readonly (readonly unknown[])[], index: number): string {
  return arrayText(rows.map((row) => row[index]))
}
