import type { FieldDefinition } from './definition.ts'

/** A record as the API spells it. */
export type RecordValues = Readonly<Record<string, unknown>>

const adminPrefix = 'custom.'

/** A field's value in a record; admin fields stand under `custom`. */
export function fieldValue(record: RecordValues, field: FieldDefinition): unknown {
  if (!field.name.startsWith(adminPrefix)) return record[field.name]
  return (record.custom as RecordValues | undefined)?.[field.name.slice(adminPrefix.length)]
}
