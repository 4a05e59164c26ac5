import type { KindName, PropertySchema } from '../object/schema.ts'

const byFormat: ReadonlyMap<string | undefined, KindName> = new Map([
  ['date', 'date'],
  ['email', 'email'],
  ['uri', 'url'],
])

/** The kind of a property: as it says, or as its JSON Schema implies. */
export function inferKind(property: PropertySchema): KindName {
  if (property.kind) return property.kind
  if (property.type === 'array') return 'multiChoice'
  if (property.enum || property.options) return 'choice'
  if (property.type === 'integer' || property.type === 'number' || property.type === 'boolean') return property.type
  return byFormat.get(property.format) ?? 'text'
}
