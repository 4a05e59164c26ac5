import { kindOf } from '../kind/registry.ts'
import type { FieldDefinition, ObjectDefinition } from './definition.ts'
import { adminName, extKeys } from './ext-codec.ts'
import { shownValue } from './shown-value.ts'

type Values = Readonly<Record<string, unknown>>

/** Which field a key of a change row stands for, and which of its parts. */
export interface StorageKey {
  readonly field: FieldDefinition
  readonly part: number
  /** All keys of the field. */
  readonly keys: readonly string[]
  /** What its parts mean, as the API spells it. */
  readonly read: (raw: readonly unknown[]) => unknown
}

const known = new WeakMap<ObjectDefinition, ReadonlyMap<string, StorageKey>>()

/** Keys of one field in a change row: its columns, or its keys in `ext`. */
export function keysOf(field: FieldDefinition): readonly string[] {
  if ('columns' in field.storage) return field.storage.columns.map((column) => column.name)
  return extKeys(field)
}

/** All keys of an object's change rows. */
export function storageKeys(definition: ObjectDefinition): ReadonlyMap<string, StorageKey> {
  const made = known.get(definition) ?? new Map(definition.fields.flatMap(keysOfField))
  known.set(definition, made)
  return made
}

function keysOfField(field: FieldDefinition): [string, StorageKey][] {
  const keys = keysOf(field)
  const kind = kindOf(field.kind)
  const isList = field.kind === 'multiChoice' || field.kind === 'links'
  const read = (raw: readonly unknown[]): unknown => {
    if (raw[0] === null || raw[0] === undefined) return isList ? [] : null
    return shownValue(field, kind.decode(raw, field))
  }
  return keys.map((key, part) => [key, { field, part, keys, read }])
}

/**
 * A change row's values, `{ key: [old, new] }` in storage form → `{ field: [old, new] }` as the API spells them. A change may hold only
 * one part of a value, such as an amount whose currency stayed: the other part is taken from `current`, the record as the API spells it.
 * Keys of fields that are gone are left out.
 */
export function decodeChange(definition: ObjectDefinition, values: Values, current: Values = {}): Record<string, [unknown, unknown]> {
  const known = storageKeys(definition)
  const shown: Record<string, [unknown, unknown]> = {}
  for (const name of Object.keys(values)) {
    const key = known.get(name)
    if (!key || Object.hasOwn(shown, key.field.name)) continue
    if (key.keys.length === 1) {
      const pair = values[name] as Pair
      shown[key.field.name] = [key.read([pair?.[0]]), key.read([pair?.[1]])]
    } else shown[key.field.name] = [side(key, values, 0, current), side(key, values, 1, current)]
  }
  return shown
}

/** One side of a field whose parts may not all be in the change. */
function side({ field, keys, read }: StorageKey, values: Values, index: 0 | 1, current: Values): unknown {
  const whole = currentValue(field, current)
  const rest = whole === null || whole === undefined ? [] : kindOf(field.kind).encode(whole, field)
  return read(keys.map((key, part) => (Object.hasOwn(values, key) ? (values[key] as Pair)?.[index] : rest[part])))
}

type Pair = readonly [unknown, unknown] | null | undefined

function currentValue(field: FieldDefinition, current: Values): unknown {
  const name = adminName(field)
  return name === null ? current[field.name] : (current.custom as Values | undefined)?.[name]
}
