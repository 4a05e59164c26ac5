import { crmError } from '../error/crm-error.ts'
import type { HookRecord, Values } from './hook-record.ts'

/** Puts a hook's patch into the record. A value that is there already is no change and gets no author. */
export function applyPatch(record: HookRecord, patch: Values, author: string, settable: (field: string) => boolean): void {
  const fields = differing(patch, record.next).filter((name) => name !== 'custom')
  const custom = patch.custom === undefined ? null : differing(membersOf(patch.custom), membersOf(record.next.custom))
  const names = custom ? [...fields, ...custom.map((name) => `custom.${name}`)] : fields
  if (names.length === 0) return
  for (const name of names) if (!settable(name)) throw crmError('FIELD_UNKNOWN', { field: name })
  for (const name of names) record.authors.set(name, author)
  const next: Record<string, unknown> = { ...record.next }
  for (const name of fields) next[name] = patch[name]
  if (custom && custom.length > 0) {
    const members: Record<string, unknown> = { ...membersOf(next.custom) }
    for (const name of custom) members[name] = membersOf(patch.custom)[name]
    next.custom = members
  }
  record.next = next
}

function differing(patch: Values, current: Values): string[] {
  return Object.keys(patch).filter((name) => patch[name] !== undefined && !same(patch[name], current[name]))
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
