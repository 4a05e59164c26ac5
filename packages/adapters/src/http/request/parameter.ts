import { parseJson } from './json.ts'
import { invalidParameter } from './query.ts'

/** An expression 32 deep is twice as deep in JSON, and a path on top. */
const whereLimits = { depth: 70, keys: 1_000 }

/** A whole number within bounds. */
export function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw invalidParameter(name, `${least}..${most}`)
}

/** `true` or `false`. */
export function flag(name: string, text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : oneOf(name, text, ['true', 'false']) === 'true'
}

export function oneOf<Value extends string>(name: string, text: string | undefined, values: readonly Value[]): Value | undefined {
  if (text === undefined) return undefined
  const found = values.find((value) => value === text)
  if (found !== undefined) return found
  throw invalidParameter(name, values.join(' | '))
}

/** A list with commas between. */
export function list(name: string, text: string | undefined, most: number): readonly string[] | undefined {
  if (text === undefined) return undefined
  const items = text.split(',')
  if (items.length <= most && !items.includes('')) return items
  throw invalidParameter(name, `a,b,… (1..${most})`)
}

/** A JSON object, within the same limits as a body. */
export function jsonObject(name: string, text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined
  const value = parseJson(text, whereLimits)
  if (isObject(value)) return value
  throw invalidParameter(name, 'JSON {…}')
}

/** A JSON object, not a list and not null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
