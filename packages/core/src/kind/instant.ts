import { type FieldKind, KindRefusal } from './kind.ts'
import { orderOperators, settledInteger } from './number.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readNumber } from './raw-value.ts'

/** The range of ECMAScript's own time values. */
const farthest = 8.64e15

function instantIn(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || Math.abs(value) > farthest) throw new KindRefusal('VALUE_INSTANT')
  return value === 0 ? 0 : value
}

/** A moment: integer milliseconds UTC. */
export const instant: FieldKind = oneColumn({
  name: 'instant',
  type: 'integer',
  extType: 'integer',
  sortable: true,
  operators: orderOperators,
  check: (property) => propertyProblems(property, { types: ['integer'], unique: true, index: true }),
  schema: () => ({ type: 'integer', minimum: -farthest, maximum: farthest }),
  settled: () => settledInteger(-farthest, farthest),
  normalise: instantIn,
  read: readNumber,
  operand: instantIn,
})
