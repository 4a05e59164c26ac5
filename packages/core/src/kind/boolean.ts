import { type FieldKind, KindRefusal } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readBoolean } from './raw-value.ts'

function booleanIn(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new KindRefusal('VALUE_TYPE', { expected: 'boolean' })
  return value
}

export const boolean: FieldKind = oneColumn({
  name: 'boolean',
  type: 'boolean',
  extType: 'boolean',
  sortable: true,
  groupable: true,
  operators: ['eq', 'ne', 'isNull'],
  check: (property) => propertyProblems(property, { types: ['boolean'], index: true }),
  schema: () => ({ type: 'boolean' }),
  settled: () => (value) => typeof value === 'boolean',
  normalise: booleanIn,
  read: readBoolean,
  operand: booleanIn,
})
