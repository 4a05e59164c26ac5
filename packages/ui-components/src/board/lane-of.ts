import { readField } from '../client/record.ts'
import type { CrmRecord, FieldView } from '../client/types.ts'

/** The lane a record belongs to, as text. */
export function laneOf(record: CrmRecord, field: FieldView): string {
  return laneText(readField(record, field.name) ?? null)
}

/** The value of a lane as text. */
export function laneText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}
