import { compileField } from '../../src/object/compile-field.ts'
import type { FieldDefinition } from '../../src/object/definition.ts'
import type { PropertySchema } from '../../src/object/schema.ts'

/** A field of code made from a property. */
export function fieldOf(property: PropertySchema, name = 'field'): FieldDefinition {
  return compileField({ object: 'thing', layer: 'object', author: 'test', name, property, required: false, isName: false })
}

export const context = { country: 'CN' }
