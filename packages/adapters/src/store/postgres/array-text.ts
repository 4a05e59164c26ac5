/** A backslash that JSON means differently from PostgreSQL, which takes the next character as it is. */
const foreign = /\\[bfnrtu]/
const escapes = /\\(u[0-9a-f]{4}|.)/gi

/**
 * The text of an array, as JSON wrote it: in brackets. Braces take their place where it is written down for the server, because a text
 * put together anew would be one more copy of everything that is sent.
 */
export class ArrayText {
  readonly bracketed: string

  constructor(bracketed: string) {
    this.bracketed = bracketed
  }

  /** Asked by pg's own queries. */
  toPostgres(): string {
    return `{${this.bracketed.slice(1, -1)}}`
  }
}

/**
 * The values of a column as the text of an array. JSON quotes texts and writes numbers, booleans and null the way arrays do, and
 * V8 makes it faster than anything that looks at one value at a time; only control characters are written differently.
 */
export function arrayText(values: readonly unknown[]): ArrayText {
  const json = JSON.stringify(values)
  // Few texts have a backslash at all, which is found sooner.
  return new ArrayText(json.includes('\\') ? withoutForeign(json) : json)
}

/** U+0001 stands in the sort key of every name; without a doubled backslash it can be told without looking at each. */
function withoutForeign(json: string): string {
  const text = json.includes('\\\\') ? json : json.replaceAll('\\u0001', '\u0001')
  return foreign.test(text) ? text.replace(escapes, plainEscape) : text
}

function plainEscape(written: string): string {
  return written === '\\"' || written === '\\\\' ? written : (JSON.parse(`"${written}"`) as string)
}

/** The column at `index` of many rows, as the text of an array. */
export function columnText(rows: readonly (readonly unknown[])[], index: number): ArrayText {
  return textOf(rows, (row) => row[index])
}

/** One value of each of many, as the text of an array. What is the same for all is written once and repeated. */
export function textOf<Item>(items: readonly Item[], value: (item: Item) => unknown): ArrayText {
  if (items.length === 0 || !isAlike(items, value)) return allOf(items, value)
  const one = arrayText([value(items[0] as Item)]).bracketed.slice(1, -1)
  return new ArrayText(`[${`${one},`.repeat(items.length - 1)}${one}]`)
}

/** The same where {@link onceSql} reads it: what is the same for all is sent once, as the element at 0. */
export function onceText<Item>(items: readonly Item[], value: (item: Item) => unknown): ArrayText | string {
  if (items.length === 0 || !isAlike(items, value)) return allOf(items, value)
  return `[0:0]=${arrayText([value(items[0] as Item)]).toPostgres()}`
}

/**
 * The element of such an array that belongs to a row, given the array and what unnesting it has put there. Other arrays have nothing at
 * 0; and where that one is null, so is all that unnesting fills up with.
 */
export function onceSql(array: string, unnested: string): string {
  return `coalesce((${array})[0], ${unnested})`
}

function isAlike<Item>(items: readonly Item[], value: (item: Item) => unknown): boolean {
  const first = value(items[0] as Item)
  let at = 1
  while (at < items.length && value(items[at] as Item) === first) at++
  return at === items.length
}

function allOf<Item>(items: readonly Item[], value: (item: Item) => unknown): ArrayText {
  const values: unknown[] = new Array(items.length)
  for (let index = 0; index < items.length; index++) values[index] = value(items[index] as Item)
  return arrayText(values)
}
