import type { RawRow } from '../store/port.ts'
import { digestOf } from '../write/change-row.ts'

/** Does a change row's digest prove its values? Values as text are compared letter for letter. */
export function digestMatches(row: RawRow): boolean {
  if (row.values === null || row.values === undefined || row.salt === null) return true
  const text = typeof row.values === 'string' ? row.values : JSON.stringify(row.values)
  return digestOf(String(row.salt), text) === row.digest
}
