import { type ExpressionSchema, type FieldLike, schemaOf } from './schema.ts'

/** Fields for an expression that is about no object: name → kind, or kind with details. */
export type PlainFields = Readonly<Record<string, string | Omit<FieldLike, 'name'>>>

const known = new WeakMap<PlainFields, ExpressionSchema>()

/** A schema from plain fields. */
export function schemaOfFields(fields: PlainFields): ExpressionSchema {
  const made = known.get(fields)
  if (made) return made
  const list = Object.entries(fields).map(([name, field]) => (typeof field === 'string' ? { name, kind: field } : { ...field, name }))
  const schema = schemaOf({ name: '', fields: list })
  known.set(fields, schema)
  return schema
}
