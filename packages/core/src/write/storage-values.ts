import { kindOf } from '../kind/registry.ts'
import type { FieldDefinition } from '../object/definition.ts'

/** The names a field's storage values go by: columns, or keys of the `ext` document. */
export function storageKeys(field: FieldDefinition): readonly string[] {
  const { storage } = field
  if (storage.at === 'ext') return kindOf(field.kind).columns.map(({ suffix }) => storage.id + suffix)
  return 'columns' in storage ? storage.columns.map(({ name }) => name) : []
}

/** A field's storage values, one per key. Lists are never null. */
export function storageValues(field: FieldDefinition, value: unknown): readonly unknown[] {
  const kind = kindOf(field.kind)
  if (value === null || value === undefined)
    return field.kind === 'multiChoice' || field.kind === 'links' ? ['[]'] : kind.columns.map(() => null)
  return kind.encode(value, field)
}

/** Does the field store JSON text, to be embedded in a document as it is? */
export function storesJson(field: FieldDefinition): boolean {
  return kindOf(field.kind).columns[0]?.type === 'json'
}

/** A storage value as JSON text. */
export function storageJson(value: unknown, json: boolean): string {
  if (value === null || value === undefined) return 'null'
  return json ? (value as string) : JSON.stringify(value)
}
