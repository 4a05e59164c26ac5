import type { FieldView } from '../../client/types.ts'
import { type Compared, classOf, type Source } from './fields.ts'

/** A field that a condition may compare with, and what leads to it. */
export interface OtherField {
  readonly path: string
  readonly fields: readonly FieldView[]
}

/** Fields of the same class: the object's own, and those one reference away. */
export function comparableFields({ object, objects, isOwn }: Source, { cls }: Compared, without: string): readonly OtherField[] {
  const fits = (field: FieldView): boolean => classOf(field) === cls && field.name !== 'id'
  const own = object.fields.filter(fits).map((field) => ({ path: field.name, fields: [field] }))
  const related = object.fields
    .filter(({ kind, to }) => !isOwn && kind === 'reference' && to)
    .flatMap((hop) =>
      (objects(hop.to ?? '')?.fields ?? []).filter(fits).map((field) => ({ path: `${hop.name}.${field.name}`, fields: [hop, field] })),
    )
  return [...own, ...related].filter(({ path }) => path !== without)
}
