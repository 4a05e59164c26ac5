import { kindOf } from '../kind/registry.ts'
import { encodeExtPatch, extSteps } from './ext-codec.ts'
import type { FieldDefinition, ObjectDefinition } from './definition.ts'

type Values = Record<string, unknown>

/** Some fields of a record → what an update sets. Made once per set of fields and kept by the caller, beside its plan. */
export interface PatchCodec {
  /** Physical columns to set, in order. */
  readonly columns: readonly string[]
  /** Are there admin fields among them? */
  readonly mergesExt: boolean
  /** Links fields among them; their pairs are written by satellites. */
  readonly links: readonly FieldDefinition[]
  /** Values (nested, as the API spells them) → storage values in the order of {@link columns}. */
  encode(values: Readonly<Values>): unknown[]
  /** The JSON text to merge into `ext`. */
  encodeExt(values: Readonly<Values>): string
}

/** The codec of an update of these fields (`custom.<name>` for admin fields). Names that are no fields are the caller's mistake. */
export function patchCodec(definition: ObjectDefinition, names: readonly string[]): PatchCodec {
  const fields = names.map((name) => fieldOf(definition, name))
  const stored = fields.flatMap((field) => (field.storage.at === 'columns' ? [{ field, kind: kindOf(field.kind), columns: field.storage.columns }] : []))
  const ext = extSteps(fields)
  return {
    columns: stored.flatMap(({ columns }) => columns.map((column) => column.name)),
    mergesExt: ext.length > 0,
    links: fields.filter((field) => field.kind === 'links'),
    encode: (values) => stored.flatMap(({ field, kind, columns }) => encodeOrNull(values[field.name], field, kind, columns.length)),
    encodeExt: (values) => encodeExtPatch(ext, (values.custom ?? {}) as Values),
  }
}

function fieldOf(definition: ObjectDefinition, name: string): FieldDefinition {
  const field = definition.field.get(name)
  if (!field) throw new RangeError(`Object ${definition.name} has no field ${name}.`)
  return field
}

function encodeOrNull(value: unknown, field: FieldDefinition, kind: ReturnType<typeof kindOf>, width: number): readonly unknown[] {
  if (value !== null && value !== undefined) return kind.encode(value, field)
  return field.kind === 'multiChoice' ? ['[]'] : Array.from({ length: width }, () => null)
}
