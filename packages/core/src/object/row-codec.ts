import type { FieldKind } from '../kind/kind.ts'
import { asItIs } from '../kind/one-column.ts'
import { readNumber, readText } from '../kind/raw-value.ts'
import { kindOf } from '../kind/registry.ts'
import type { RawRow, RowValues } from '../store/port.ts'
import type { FieldDefinition, ObjectDefinition } from './definition.ts'
import { adminName, decodeExt, encodeExt, extSteps } from './ext-codec.ts'
import { shownValue } from './shown-value.ts'
import { extColumn } from './system-fields.ts'

type Values = Record<string, unknown>

/** Rows of one object ⇄ records, for all fields or some. */
export interface RowCodec {
  /** Physical columns to select, in order. */
  readonly columns: readonly string[]
  /** Text that is equal for the same columns. */
  readonly shape: string
  /** Fields computed on read, whose values come after the columns; only of codecs that read. */
  readonly computed: readonly FieldDefinition[]
  /** A row by the names of its columns → a record. */
  decode(row: RawRow): Values
  /** Values in the order of {@link columns} → a record. What comes after them is left alone. */
  decodeValues(values: RowValues): Values
  /** A record (complete in these fields) → storage values in the order of {@link columns}. */
  encode(record: Readonly<Values>): unknown[]
  /** The same into `row`, from `start` on. */
  encodeInto(row: unknown[], start: number, record: Readonly<Values>): void
}

/** One field with columns. `second` is there for kinds with two columns. */
interface Step {
  readonly name: string
  readonly columns: readonly string[]
  /** Where the first column stands among those of the codec. */
  readonly at: number
  readonly isList: boolean
  /** What `typeof` says of a raw value that is the field's value already. */
  readonly plain: 'string' | 'number' | null
  readonly read: (raw: unknown, values: RowValues) => unknown
  /** Null where the value is stored as it is. */
  readonly write: ((value: unknown, row: unknown[], at: number) => void) | null
}

const codecs = new WeakMap<ObjectDefinition, Map<string, RowCodec>>()
const mostSubsets = 100

/**
 * The codec of a definition, made once. `fields` besides the system fields; `custom.<name>` for admin fields. All unless said.
 * Writes see records without the fields that are computed on read.
 */
export function rowCodec(definition: ObjectDefinition, fields?: readonly string[], use: 'read' | 'write' = 'write'): RowCodec {
  const made = codecs.get(definition) ?? new Map<string, RowCodec>()
  codecs.set(definition, made)
  const key = `${use} ${fields === undefined ? '*' : [...fields].sort().join()}`
  const known = made.get(key)
  if (known) return known
  if (made.size >= mostSubsets) made.clear()
  const shown = fields === undefined ? definition.fields : subset(definition, new Set(fields))
  const codec = makeCodec(use === 'read' ? shown : shown.filter((field) => !isComputed(field)))
  made.set(key, codec)
  return codec
}

const subset = (definition: ObjectDefinition, names: ReadonlySet<string>) =>
  definition.fields.filter((field) => field.layer === 'system' || names.has(field.name))

const isComputed = ({ formula }: FieldDefinition) => formula?.mode === 'read'

function makeCodec(fields: readonly FieldDefinition[]): RowCodec {
  const steps = stepsOf(fields)
  const ext = extSteps(fields)
  const own = steps.flatMap((step) => step.columns)
  const columns = ext.length > 0 ? [...own, extColumn.name] : own
  const blank = blankRecord(fields)
  const computedFields = fields.filter(isComputed)
  const computed = computedSteps(computedFields, columns.length)
  const decodeValues = (values: RowValues): Values => {
    // A clone of one literal keeps every record in the same hidden class; a record built key by key is slower to make and to read.
    const record: Values = { ...blank }
    for (const step of steps) {
      const raw = values[step.at]
      if (typeof raw === step.plain) record[step.name] = raw
      else if (raw !== null && raw !== undefined) record[step.name] = step.read(raw, values)
      else if (step.isList) record[step.name] = []
    }
    record.custom = decodeExt(ext, values[own.length])
    for (const step of computed) (step.isAdmin ? (record.custom as Values) : record)[step.key] = step.read(values)
    return record
  }
  const encodeInto = (row: unknown[], start: number, record: Readonly<Values>): void => {
    for (const step of steps) {
      const at = start + step.at
      const value = record[step.name]
      if (value !== null && value !== undefined) {
        if (step.write === null) row[at] = value
        else step.write(value, row, at)
      } else {
        row[at] = step.isList ? '[]' : null
        if (step.columns.length > 1) row[at + 1] = null
      }
    }
    if (ext.length > 0) row[start + own.length] = encodeExt(ext, record.custom as Values | undefined)
  }
  return {
    columns,
    shape: columns.join(','),
    computed: computedFields,
    decodeValues,
    decode: (row) => decodeValues(columns.map((column) => row[column])),
    encode(record) {
      const row: unknown[] = new Array(columns.length)
      encodeInto(row, 0, record)
      return row
    },
    encodeInto,
  }
}

function plainType(read: FieldKind['read']): Step['plain'] {
  if (read === readText) return 'string'
  return read === readNumber ? 'number' : null
}

/** A record without values, its keys in the order of the fields. */
function blankRecord(fields: readonly FieldDefinition[]): Values {
  const shown = fields.filter((field) => adminName(field) === null && field.kind !== 'children')
  return { ...Object.fromEntries(shown.map((field) => [field.name, null])), custom: null }
}

interface ComputedStep {
  readonly key: string
  readonly isAdmin: boolean
  readonly read: (values: RowValues) => unknown
}

/** Values that come after the columns: one each, for amounts the currency too. */
function computedSteps(fields: readonly FieldDefinition[], start: number): ComputedStep[] {
  let next = start
  return fields.map((field) => {
    const kind = kindOf(field.kind)
    const at = next
    const width = kind.columns.length
    next += width
    const admin = adminName(field)
    const isNothing = (raw: readonly unknown[]) => raw.some((part) => part === null || part === undefined)
    return {
      key: admin ?? field.name,
      isAdmin: admin !== null,
      read(values) {
        const raw = values.slice(at, at + width)
        const value = isNothing(raw) ? null : kind.decode(raw, field)
        // PostgreSQL knows a zero below zero.
        return value === 0 ? 0 : value
      },
    }
  })
}

function stepsOf(fields: readonly FieldDefinition[]): Step[] {
  const steps: Step[] = []
  let at = 0
  for (const field of fields) {
    const step = stepOf(field, at)
    if (!step) continue
    steps.push(step)
    at += step.columns.length
  }
  return steps
}

function stepOf(field: FieldDefinition, at: number): Step | null {
  if (!('columns' in field.storage)) return null
  const kind = kindOf(field.kind)
  const [first, other] = field.storage.columns
  if (!first) return null
  const { write } = kind
  const read = field.masked === undefined ? kind.read : undefined
  const common = { name: field.name, at, isList: field.kind === 'multiChoice' || field.kind === 'links' }
  if (other) {
    return {
      ...common,
      plain: null,
      columns: [first.name, other.name],
      read: (raw, values) => shownValue(field, kind.decode([raw, values[at + 1]], field)),
      write: (value, row, at) => ([row[at], row[at + 1]] = kind.encode(value, field)),
    }
  }
  return {
    ...common,
    plain: plainType(read),
    columns: [first.name],
    read: read ? (raw) => read(raw, field) : (raw) => shownValue(field, kind.decode([raw], field)),
    write: write === asItIs ? null : (value, row, at) => (row[at] = write ? write(value, field) : kind.encode(value, field)[0]),
  }
}
