import type { FileReference } from '../object/infer.ts'
import { cleanTextOrRefuse } from './clean-text.ts'
import { type FieldKind, KindRefusal } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readJson } from './raw-value.ts'

function fileIn(value: unknown): FileReference {
  if (typeof value !== 'object' || value === null) throw new KindRefusal('VALUE_TYPE', { expected: '{ id, name, size, type }' })
  const { id, name, size, type } = value as Partial<FileReference>
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw new KindRefusal('VALUE_TYPE', { expected: '{ id, name, size, type }' })
  return { id: cleanTextOrRefuse(id), name: cleanTextOrRefuse(name), size: size === 0 ? 0 : size, type: cleanTextOrRefuse(type) }
}

/** A stored file: where it is, what it is called, how big it is. */
export const file: FieldKind = oneColumn({
  name: 'file',
  type: 'json',
  extType: 'json',
  admin: false,
  operators: ['isNull'],
  check: (property) => propertyProblems(property, { types: ['object'] }),
  schema: () => ({
    type: 'object',
    required: ['id', 'name', 'size', 'type'],
    properties: {
      id: { type: 'string', maxLength: 200 },
      name: { type: 'string', maxLength: 255 },
      size: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      type: { type: 'string', maxLength: 100 },
    },
    additionalProperties: false,
  }),
  normalise: fileIn,
  write: (value) => JSON.stringify(value),
  read: readJson,
  operand: () => {
    throw new KindRefusal('VALUE_TYPE', { expected: 'nothing' })
  },
})
