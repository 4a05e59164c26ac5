import type { ObjectDefinition } from '../object/definition.ts'
import { decodeChange as decodeValues } from '../object/storage-keys.ts'
import type { ChangeEntry } from '../record/records.ts'
import type { RawRow } from '../store/port.ts'

/** A change row as its readers see it. */
export function decodeChange(row: RawRow, definition: ObjectDefinition): ChangeEntry {
  return Object.assign(withoutValues(row, definition), { values: valuesOf(row, definition) })
}

const source = Symbol('source')

interface Told {
  readonly [source]: { readonly row: RawRow; readonly definition: ObjectDefinition; values?: ChangeEntry['values'] }
}

const readWhenAsked = {
  enumerable: true,
  get(this: Told): ChangeEntry['values'] {
    const known = this[source]
    if (known.values === undefined) known.values = valuesOf(known.row, known.definition)
    return known.values
  },
}

/** The same for whoever may not look at the values: they are read from the row where somebody asks for them. */
export function tellChange(row: RawRow, definition: ObjectDefinition): ChangeEntry {
  const entry = withoutValues(row, definition)
  Object.defineProperty(entry, source, { value: { row, definition } })
  return Object.defineProperty(entry, 'values', readWhenAsked) as ChangeEntry
}

function valuesOf(row: RawRow, definition: ObjectDefinition): ChangeEntry['values'] {
  const values = parsed(row.values) as Readonly<Record<string, unknown>> | null
  return values && decodeValues(definition, values)
}

function withoutValues(row: RawRow, definition: ObjectDefinition): Omit<ChangeEntry, 'values'> {
  return {
    id: String(row.id),
    object: String(row.object),
    recordId: String(row.record_id),
    version: Number(row.version),
    operation: row.op as ChangeEntry['operation'],
    at: Number(row.at),
    recordedAt: Number(row.recorded_at),
    actor: { kind: String(row.actor_kind), id: String(row.actor_id) },
    cause: parsed(row.cause),
    authors: row.authors === null ? {} : authorsOf(definition, parsed(row.authors) as Record<string, string> | null),
    digest: String(row.digest),
  }
}

function authorsOf(definition: ObjectDefinition, authors: Readonly<Record<string, string>> | null): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(authors ?? {}).filter(([name]) => definition.field.has(name)))
}

/** Columns of a change row that {@link decodeChange} needs. */
export const changeColumns = [
  'id',
  'object',
  'record_id',
  'version',
  'op',
  'at',
  'recorded_at',
  'actor_kind',
  'actor_id',
  'cause',
  'authors',
  'values',
  'digest',
] as const

/** JSON kept as text, which some drivers have parsed already. */
function parsed(value: unknown): unknown {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? JSON.parse(value) : value
}
