import { isUuid, uuidPattern } from '../id/uuid7.ts'
import type { AnyReference } from '../object/infer.ts'
import { objectNamePattern } from '../object/names.ts'
import { type FieldKind, KindRefusal } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readText } from './raw-value.ts'

/** A malformed id points to nothing, so it is refused in the same words. */
export function idIn(value: unknown): string {
  const id = typeof value === 'string' ? value.trim() : ''
  if (!isUuid(id)) throw new KindRefusal('VALUE_REFERENCE')
  return id.toLowerCase()
}

/** Schema of an id. */
export const idSchema = { type: 'string', pattern: uuidPattern } as const

/** A pointer to a record of one object. */
export const reference: FieldKind = oneColumn({
  name: 'reference',
  type: 'uuid',
  extType: 'text',
  groupable: true,
  operators: ['eq', 'ne', 'in', 'isNull'],
  check: (property) => [
    ...propertyProblems(property, { types: ['string'], keys: ['to'], unique: true, index: true }),
    ...(property.to ? [] : ['a reference needs "to", the object it points to']),
  ],
  schema: () => idSchema,
  normalise: idIn,
  read: readText,
  operand: idIn,
})

function anyIn(value: unknown): AnyReference {
  if (typeof value !== 'object' || value === null) throw new KindRefusal('VALUE_TYPE', { expected: '{ object, id }' })
  const { object, id } = value as Partial<AnyReference>
  if (typeof object !== 'string' || !objectNamePattern.test(object)) throw new KindRefusal('VALUE_REFERENCE')
  return { object, id: idIn(id) }
}

/** A pointer to a record of any object. Filters compare the id alone: ids are unique across objects. */
export const anyReference: FieldKind = {
  name: 'anyReference',
  columns: [
    { suffix: '', type: 'uuid' },
    { suffix: '_object', type: 'text' },
  ],
  admin: false,
  extType: 'text',
  sortable: false,
  groupable: false,
  summable: false,
  operators: ['eq', 'ne', 'in', 'isNull'],
  check: (property) => propertyProblems(property, { types: ['object'], index: true }),
  schema: () => ({
    type: 'object',
    required: ['object', 'id'],
    properties: { object: { type: 'string', maxLength: 40 }, id: idSchema },
    additionalProperties: false,
  }),
  normalise: anyIn,
  encode: (value) => {
    const { object, id } = value as AnyReference
    return [id, object]
  },
  decode: (raw) => ({ object: readText(raw[1]), id: readText(raw[0]) }),
  operand: (value) => (typeof value === 'string' ? idIn(value) : anyIn(value).id),
}
