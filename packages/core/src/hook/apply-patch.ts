import { crmError } from '../error/crm-error.ts'
import type { HookRecord, Values } from './hook-record.ts'

/** Puts a hook's patch into the record. A value that is there already is no change and gets no author. */
export function applyPatch(record: HookRecord, patch: Values, author: string, settable: (field: string) => boolean): void {
  const { custom, ...own } = patch
  const fields = differing(own, record.next)
  const customFields = differing(membersOf(custom), membersOf(record.next.custom))
  const customNames = Object.keys(customFields)
  const names = [...Object.keys(fields), ...customNames.map((name) => `custom.${name}`)]
  for (const name of names) if (!settable(name)) throw crmError('FIELD_UNKNOWN', { field: name })
  if (names.length === 0) return
  for (const name of names) record.authors.set(name, author)
  const merged = customNames.length > 0 ? { custom: { ...membersOf(record.next.custom), ...customFields } } : {}
  record.next = { ...record.next, ...fields, ...merged }
}

function differing(patch: Values, current: Values): Record<string, unknown> {
  return Object.fromEntries(Object.entries(patch).filter(([name, value]) => value !== undefined && !same(value, current[name])))
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  return typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b)
}

function membersOf(custom: unknown): Values {
  if (custom === undefined || custom === null) return {}
  if (typeof custom !== 'object') throw crmError('FIELD_UNKNOWN', { field: 'custom' })
  return custom as Values
}
