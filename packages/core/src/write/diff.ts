import type { FieldDefinition } from '../object/definition.ts'
import { fieldValue, type RecordValues } from '../object/field-value.ts'
import { storageJson, storageKeys, storageValues, storesJson } from './storage-values.ts'

/** What differs between two states of a record, in storage form. */
export interface Diff {
  readonly fields: readonly FieldDefinition[]
  readonly columns: readonly string[]
  readonly values: readonly unknown[]
  /** Keys to merge into `ext`, as JSON text; undefined when no admin field differs. */
  readonly ext: string | undefined
  /** `"key":[old,new]` parts of the change row. */
  readonly parts: readonly string[]
}

/** Compares the named fields. A field of several columns is compared and kept as a whole, so that a change row can be read alone. */
export function diffOf(fields: Iterable<FieldDefinition>, previous: RecordValues | null, next: RecordValues): Diff {
  const changed: FieldDefinition[] = []
  const columns: string[] = []
  const values: unknown[] = []
  const ext: string[] = []
  const parts: string[] = []
  for (const field of fields) {
    const keys = storageKeys(field)
    if (keys.length === 0) continue
    const then = storageValues(field, previous && fieldValue(previous, field))
    const now = storageValues(field, fieldValue(next, field))
    if (previous ? same(then, now) : now.every((value) => value === null)) continue
    const json = storesJson(field)
    changed.push(field)
    keys.forEach((key, index) => {
      const value = storageJson(now[index], json)
      parts.push(`${JSON.stringify(key)}:[${previous ? storageJson(then[index], json) : 'null'},${value}]`)
      if (field.storage.at === 'ext') ext.push(`${JSON.stringify(key)}:${value}`)
      else {
        columns.push(key)
        values.push(now[index])
      }
    })
  }
  return { fields: changed, columns, values, ext: ext.length > 0 ? `{${ext.join(',')}}` : undefined, parts }
}

function same(then: readonly unknown[], now: readonly unknown[]): boolean {
  return then.every((value, index) => value === now[index])
}

/** Every one of the fields as columns and values, for a database that compares by itself. */
export function encodeAll(fields: Iterable<FieldDefinition>, next: RecordValues): Pick<Diff, 'columns' | 'values' | 'ext'> {
  const columns: string[] = []
  const values: unknown[] = []
  const ext: string[] = []
  for (const field of fields) {
    const now = storageValues(field, fieldValue(next, field))
    storageKeys(field).forEach((key, index) => {
      if (field.storage.at === 'ext') ext.push(`${JSON.stringify(key)}:${storageJson(now[index], storesJson(field))}`)
      else {
        columns.push(key)
        values.push(now[index])
      }
    })
  }
  return { columns, values, ext: ext.length > 0 ? `{${ext.join(',')}}` : undefined }
}
