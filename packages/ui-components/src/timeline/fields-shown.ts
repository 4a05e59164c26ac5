import { fieldOf, isBlank, sameValue } from '../client/record.ts'
import type { FieldView, ObjectView } from '../client/types.ts'

/** A field that changed, before and after. */
export interface FieldChange {
  readonly field: FieldView
  readonly before: unknown
  readonly after: unknown
}

type Values = Readonly<Record<string, readonly [unknown, unknown]>> | null

const ofRecord = new Set(['ownerId', 'teamId'])

/** What changed that says something to a reader: fields they may see, without those the system keeps for itself. */
export function fieldsShown(definition: ObjectView | null, values: Values): readonly FieldChange[] {
  if (!definition || !values) return []
  return Object.entries(values).flatMap(([name, [before, after]]): readonly FieldChange[] => {
    const field = fieldOf(definition, name)
    if (!field || (field.layer === 'system' && !ofRecord.has(name))) return []
    if (sameValue(before, after) || (isBlank(before) && isBlank(after))) return []
    return [{ field, before, after }]
  })
}
