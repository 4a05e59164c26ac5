import type { FieldView, ObjectView } from '../../client/types.ts'
import { settableFields } from '../draft.ts'

/** Fields that a rule can fill in another record: sums and several choices as well, with fixed values. */
export function writableFields(object: ObjectView | undefined): readonly FieldView[] {
  const plain = new Set(settableFields(object))
  const more = (field: FieldView): boolean =>
    (field.kind === 'money' || field.kind === 'multiChoice') && !field.formula && !field.readOnly && field.layer !== 'system'
  return (object?.fields ?? []).filter((field) => plain.has(field) || more(field))
}
