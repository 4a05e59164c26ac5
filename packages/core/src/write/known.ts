import { isWithin } from '../logic/needed.ts'
import type { FieldDefinition } from '../object/definition.ts'
import { adminName } from '../object/ext-codec.ts'
import type { Draft } from './draft.ts'

/** Names of the fields whose value a write knows: all, or on the short path of an update only those it sets. */
export type KnownFields = ReadonlySet<string> | 'all'

export const knownFields = (draft: Draft): KnownFields => (draft.operation === 'create' || draft.previous !== null ? 'all' : draft.touched)

export const isKnown = (known: KnownFields, needs: ReadonlySet<string>): boolean => known === 'all' || isWithin(needs, known)

/** Puts a value that the definition decided into the record. */
export function place(draft: Draft, field: FieldDefinition, value: unknown): void {
  const admin = adminName(field)
  const custom = admin === null ? {} : { custom: { ...(draft.next.custom as object | undefined), [admin]: value } }
  draft.next = { ...draft.next, ...(admin === null ? { [field.name]: value } : custom) }
  draft.computed = new Set([...draft.computed, field.name])
}
