import { readJson } from '../kind/raw-value.ts'
import { kindOf } from '../kind/registry.ts'
import type { FieldDefinition } from './definition.ts'
import { shownValue } from './shown-value.ts'

type Values = Record<string, unknown>

/** One admin field in the `ext` document. Kinds with two columns have two keys: the id, and the id with the column's suffix. */
export interface ExtStep {
  readonly name: string
  readonly keys: readonly string[]
  readonly isList: boolean
  readonly read: (raw: readonly unknown[]) => unknown
  readonly write: (value: unknown) => readonly unknown[]
}

const prefix = 'custom.'

/** Name of an admin field inside `custom`, or null for a field of code. */
export function adminName(field: FieldDefinition): string | null {
  return field.name.startsWith(prefix) ? field.name.slice(prefix.length) : null
}

/** Keys of a field in the `ext` document, one per column of its kind. */
export function extKeys(field: FieldDefinition): readonly string[] {
  const { storage } = field
  return storage.at === 'ext' ? kindOf(field.kind).columns.map(({ suffix }) => storage.id + suffix) : []
}

/** The admin fields among `fields`. */
export function extSteps(fields: readonly FieldDefinition[]): readonly ExtStep[] {
  return fields.flatMap((field) => {
    const name = adminName(field)
    const kind = kindOf(field.kind)
    if (name === null || field.storage.at !== 'ext') return []
    return [
      {
        name,
        keys: extKeys(field),
        isList: field.kind === 'multiChoice',
        read: (raw) => shownValue(field, kind.decode(raw, field)),
        // A document inside a document stays a document: as text it could be neither searched nor indexed.
        write: kind.extType === 'json' ? (value) => [value] : (value) => kind.encode(value, field),
      },
    ]
  })
}

/** The `ext` document, parsed by the driver or not → `custom`, complete. */
export function decodeExt(steps: readonly ExtStep[], raw: unknown): Values {
  const custom: Values = {}
  if (steps.length === 0) return custom
  const document = raw === null || raw === undefined ? custom : (readJson(raw) as Values)
  for (const { name, keys, isList, read } of steps) {
    const parts = keys.map((key) => document[key])
    const [first] = parts
    custom[name] = first === null || first === undefined ? (isList ? [] : null) : read(parts)
  }
  return custom
}

/** `custom` → the `ext` document as JSON text; null when nothing has a value. Only for whole records. */
export function encodeExt(steps: readonly ExtStep[], custom: Readonly<Values> | undefined): string | null {
  const document: Values = {}
  for (const { name, keys, isList, write } of steps) {
    const value = custom?.[name]
    if (value === null || value === undefined || (isList && Array.isArray(value) && value.length === 0)) continue
    const written = write(value)
    for (const [index, key] of keys.entries()) document[key] = written[index]
  }
  return Object.keys(document).length > 0 ? JSON.stringify(document) : null
}
