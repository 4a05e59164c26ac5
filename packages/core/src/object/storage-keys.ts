import { kindOf } from '../kind/registry.ts'
import type { FieldDefinition, ObjectDefinition } from './definition.ts'
import { adminName, extKeys } from './ext-codec.ts'
import { shownValue } from './shown-value.ts'

type Values = Readonly<Record<string, unknown>>

/** Which field a key of a change row stands for, and which of its parts. */
export interface StorageKey {
  readonly field: FieldDefinition
  readonly part: number
}

const known = new WeakMap<ObjectDefinition, ReadonlyMap<string, StorageKey>>()

/** Keys of one field in a change row: its columns, or its keys in `ext`. */
export function keysOf(field: FieldDefinition): readonly string[] {
  if ('columns' in field.storage) return field.storage.columns.map((column) => column.name)
  return extKeys(field)
}

/** All keys of an object's change rows. */
export function storageKeys(definition: ObjectDefinition): ReadonlyMap<string, StorageKey> {
  const made =
    known.get(definition) ??
    new Map(definition.fields.flatMap((field) => keysOf(field).map((key, part): [string, StorageKey] => [key, { field, part }])))
  known.set(definition, made)
  return made
}

/**
 * A change row's values, `{ key: [old, new] }` in storage form → `{ field: [old, new] }` as the API spells them. A change may hold only
 * one part of a value, such as an amount whose currency stayed: the other part is taken from `current`, the record as the API spells it.
 * Keys of fields that are gone are left out.
 */
export function decodeChange(definition: ObjectDefinition, values: Values, current: Values = {}): Record<string, [unknown, unknown]> {
  const keys = storageKeys(definition)
  const touched = new Set(Object.keys(values).flatMap((key) => keys.get(key)?.field ?? []))
  return Object.fromEntries([...touched].map((field) => [field.name, [side(field, values, 0, current), side(field, values, 1, current)]]))
}

function side(field: FieldDefinition, values: Values, index: 0 | 1, current: Values): unknown {
  const kind = kindOf(field.kind)
  const whole = currentValue(field, current)
  const rest = whole === null || whole === undefined ? [] : kind.encode(whole, field)
  const raw = keysOf(field).map((key, part) => (Object.hasOwn(values, key) ? pairOf(values, key)?.[index] : rest[part]))
  if (raw[0] === null || raw[0] === undefined) return field.kind === 'multiChoice' || field.kind === 'links' ? [] : null
  return shownValue(field, kind.decode(raw, field))
}

const pairOf = (values: Values, key: string) => values[key] as readonly [unknown, unknown] | null | undefined

function currentValue(field: FieldDefinition, current: Values): unknown {
  const name = adminName(field)
  return name === null ? current[field.name] : (current.custom as Values | undefined)?.[name]
}
