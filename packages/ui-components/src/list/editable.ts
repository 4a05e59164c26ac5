import type { FieldView } from '../client/types.ts'

const FIXED = new Set(['anyReference', 'children', 'file', 'longText'])

/** Can a field be edited in its cell, by whoever may change the record? Of what every record has, whose it is. */
export function isEditable(field: FieldView): boolean {
  return !field.readOnly && (field.layer !== 'system' || field.name === 'ownerId') && !FIXED.has(field.kind)
}
