import type { ObjectDefinition } from '../object/definition.ts'
import type { RecordValues } from '../object/field-value.ts'
import { searchTokens } from '../text/search-tokens.ts'

/** Does a write of these fields move search words or name columns? Then the old record must be known. */
export function movesDerived(definition: ObjectDefinition, fields: Iterable<string>): boolean {
  for (const name of fields) {
    if (name === definition.nameField || definition.field.get(name)?.search) return true
  }
  return false
}

/** A row of the token table. */
export type TokenRow = readonly [tenant: string, object: string, token: string, field: string, record: string]

/** Search words of a record as rows. */
export function tokenRows(definition: ObjectDefinition, tenant: string, id: string, record: RecordValues): TokenRow[] {
  if (!definition.searchable) return []
  return searchTokens(definition, record).map(({ token, field }) => [tenant, definition.name, token, field, id])
}

/** Rows of `from` that are not in `other`. */
export function without(from: readonly TokenRow[], other: readonly TokenRow[]): TokenRow[] {
  const keys = new Set(other.map(([, , token, field]) => `${field}\0${token}`))
  return from.filter(([, , token, field]) => !keys.has(`${field}\0${token}`))
}
