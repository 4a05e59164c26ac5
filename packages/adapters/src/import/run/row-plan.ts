import type { Mark } from '../convert/converted.ts'
import type { Existing } from '../lookup/existing-records.ts'
import type { TableRow } from '../table.ts'
import type { Reason } from './reason.ts'

/** Field name → value; `custom.` fields under their full names. */
export type FlatValues = Readonly<Record<string, unknown>>

/** A repaired cell. */
export interface CellMark extends Mark {
  readonly column: string
  readonly value: unknown
}

/** A reference to a row of the same file that has not been read yet. */
export interface Waiting {
  readonly field: string
  readonly column: string
  readonly text: string
}

/** Something that became true after the record came to be. */
export interface Step {
  readonly at: number
  readonly set: FlatValues
}

/** What is to become of a row. */
export interface RowPlan {
  readonly row: TableRow
  /** Of the record that exists, else of the one to be made. */
  readonly id: string
  readonly existing: Existing | null
  /** As the record is at first. */
  readonly first: FlatValues
  /** As it is in the end. */
  readonly last: FlatValues
  readonly at: number | null
  readonly steps: readonly Step[]
  readonly marks: readonly CellMark[]
  readonly waiting: readonly Waiting[]
  /** Not empty = refused. */
  readonly reasons: readonly Reason[]
}

/** A record that is made because rows name it and nobody has that name. */
export interface Stub {
  readonly object: string
  readonly id: string
  readonly values: FlatValues
}

/** Values as the records API takes them: admin fields under `custom`. With an id, those of a new record. */
export function nested(values: FlatValues, id?: string): Record<string, unknown> {
  const names = Object.keys(values)
  // Copied as they are they keep their shape; field by field it costs three times as much to make, and more to read.
  if (!names.some(isAdmins)) return id === undefined ? { ...values } : { id, ...values }
  const result: Record<string, unknown> = id === undefined ? {} : { id }
  const custom: Record<string, unknown> = {}
  for (const name of names) {
    if (isAdmins(name)) custom[name.slice(prefix.length)] = values[name]
    else result[name] = values[name]
  }
  return { ...result, custom }
}

const prefix = 'custom.'
const isAdmins = (name: string): boolean => name.startsWith(prefix)

/** Nothing is there: null, or an empty list. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}
