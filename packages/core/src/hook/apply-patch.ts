import { crmError } from '../error/crm-error.ts'
import type { HookRecord, Values } from './hook-record.ts'
import type { Signature } from './signature.ts'

/** Puts a hook's patch into the record. A value that is there already is no change and gets no author. */
export function applyPatch(record: HookRecord, patch: Values, signature: Signature): void {
  const own = differing(patch, record.next)
  const fields = patch.custom === undefined ? own : own.filter((name) => name !== 'custom')
  const custom = patch.custom === undefined ? null : differing(membersOf(patch.custom), membersOf(record.next.custom))
  const names = custom ? [...fields, ...custom.map((name) => `custom.${name}`)] : fields
  if (names.length === 0) return
  signature.sign(record, names)
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
  const names: string[] = []
  for (const name of Object.keys(patch)) if (patch[name] !== undefined && !same(patch[name], current[name])) names.push(name)
  return names
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
