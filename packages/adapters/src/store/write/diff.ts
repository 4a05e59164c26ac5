import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ColumnType } from '@guanxi/core/store'

/** A column, its type, and its value before and after, as the driver or the caller gave them. */
export interface Difference {
  readonly key: string
  readonly type: ColumnType
  readonly before: unknown
  readonly after: unknown
}

/** `{"key":[old,new]}` of what differs, as JSON text; `{}` when nothing does. */
export function diffText(candidates: readonly Difference[]): string {
  let text = ''
  for (const { key, type, before, after } of candidates) {
    if (isSame(type, before, after)) continue
    text += `${text ? ',' : ''}${JSON.stringify(key)}:[${jsonText(type, before)},${jsonText(type, after)}]`
  }
  return `{${text}}`
}

/** SHA-256, in hex, of the salt and the text after it. */
export function digestOf(salt: string, text: string): string {
  return hash('sha256', salt + text, 'hex')
}

function isSame(type: ColumnType, before: unknown, after: unknown): boolean {
  if (before === after) return true
  if (isNothing(before) || isNothing(after)) return isNothing(before) && isNothing(after)
  if (type === 'boolean') return isTrue(before) === isTrue(after)
  if (type === 'json') return isDeepStrictEqual(JSON.parse(String(before)), JSON.parse(String(after)))
  if (type === 'integer' || type === 'real') return Number(before) === Number(after)
  return String(before) === String(after)
}

/** Documents are JSON already; the rest is written by its declared type, whatever the driver gave. */
function jsonText(type: ColumnType, value: unknown): string {
  if (isNothing(value)) return 'null'
  if (type === 'json' || type === 'log') return String(value)
  if (type === 'boolean') return String(isTrue(value))
  if (type === 'integer' || type === 'real') return JSON.stringify(Number(value))
  return JSON.stringify(String(value))
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
