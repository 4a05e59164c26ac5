import type { FieldView, ObjectView } from '../client/types.ts'

/** Fields that make sensible groups: few values, and words for them. */
export function groupFields(object: ObjectView): readonly FieldView[] {
  return object.fields.filter(({ groupable, kind, name }) => {
    if (groupable === false || ['id', 'createdBy', 'updatedBy', 'teamId'].includes(name)) return false
    return kind === 'choice' || kind === 'user' || kind === 'reference' || kind === 'boolean'
  })
}
