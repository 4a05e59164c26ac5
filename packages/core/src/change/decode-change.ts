import type { ObjectDefinition } from '../object/definition.ts'
import { decodeChange as decodeValues } from '../object/storage-keys.ts'
import type { ChangeEntry } from '../record/records.ts'
import type { RawRow } from '../store/port.ts'

/** A change row as its readers see it. */
export function decodeChange(row: RawRow, definition: ObjectDefinition): ChangeEntry {
  const values = parsed(row.values) as Readonly<Record<string, unknown>> | null
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
    authors: Object.fromEntries(
      Object.entries((parsed(row.authors) as Record<string, string> | null) ?? {}).filter(([name]) => definition.field.has(name)),
    ),
    values: values && decodeValues(definition, values),
    digest: String(row.digest),
  }
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
