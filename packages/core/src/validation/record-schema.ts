import type { JsonSchema } from '../kind/kind.ts'
import { kindOf } from '../kind/registry.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import { adminName } from '../object/ext-codec.ts'

/**
 * Schema of the values a write may send, empty ones left out. Required fields, unknown names and nulls are looked at before it:
 * they depend on the operation, on who asks, and on defaults.
 */
export function recordSchema(definition: ObjectDefinition): JsonSchema {
  const properties: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const field of definition.fields) {
    if (field.layer === 'system' && field.readOnly && field.name !== 'id') continue
    const name = adminName(field)
    if (name === null) properties[field.name] = kindOf(field.kind).schema(field)
    else custom[name] = kindOf(field.kind).schema(field)
  }
  return { type: 'object', properties: { ...properties, custom: { type: 'object', properties: custom } } }
}
