import type { FieldDefinition } from '../object/definition.ts'
import { type FieldKind, type FilterOperator, type JsonSchema, KindRefusal } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readNumber } from './raw-value.ts'

/** What can be asked of anything with an order. */
export const orderOperators: readonly FilterOperator[] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'isNull']

/** Magnitudes at which both engines and JSON agree to the last digit. */
export const largestNumber = 1e15
export const smallestNumber = 1e-15

/** `-0` compares equal but prints differently. */
const plainZero = (value: number) => (value === 0 ? 0 : value)

export function integerIn(value: unknown): number {
  if (typeof value !== 'number') throw new KindRefusal('VALUE_TYPE', { expected: 'integer' })
  if (!Number.isSafeInteger(value)) throw new KindRefusal('VALUE_TYPE', { expected: 'integer' })
  return plainZero(value)
}

/** Schema of a safe integer within the field's bounds. */
export function integerSchema(field: FieldDefinition): JsonSchema {
  return { type: 'integer', minimum: field.minimum ?? Number.MIN_SAFE_INTEGER, maximum: field.maximum ?? Number.MAX_SAFE_INTEGER }
}

/** Tells of a safe integer within these bounds. */
export function settledInteger(minimum: number | null, maximum: number | null): (value: unknown) => boolean {
  const least = minimum ?? Number.MIN_SAFE_INTEGER
  const most = maximum ?? Number.MAX_SAFE_INTEGER
  return (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most && !Object.is(value, -0)
}

function numberIn(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new KindRefusal('VALUE_TYPE', { expected: 'number' })
  const size = Math.abs(value)
  if (size > largestNumber) throw new KindRefusal('VALUE_TOO_LARGE', { limit: largestNumber })
  if (size !== 0 && size < smallestNumber) throw new KindRefusal('VALUE_TOO_SMALL', { limit: smallestNumber })
  return plainZero(value)
}

const settledNumber: FieldKind['settled'] = ({ minimum, maximum }) => {
  const least = Math.max(minimum ?? -largestNumber, -largestNumber)
  const most = Math.min(maximum ?? largestNumber, largestNumber)
  return (value) =>
    typeof value === 'number' && value >= least && value <= most && (Math.abs(value) >= smallestNumber || Object.is(value, 0))
}

const boundsAreSafe = ({ minimum = 0, maximum = 0 }) => Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum)

export const integer: FieldKind = oneColumn({
  name: 'integer',
  type: 'integer',
  extType: 'integer',
  sortable: true,
  groupable: true,
  summable: true,
  operators: orderOperators,
  check: (property) => [
    ...propertyProblems(property, { types: ['integer'], keys: ['minimum', 'maximum'], unique: true, index: true }),
    ...(boundsAreSafe(property) ? [] : ['minimum and maximum of an integer are safe integers']),
  ],
  schema: integerSchema,
  settled: ({ minimum, maximum }) => settledInteger(minimum, maximum),
  normalise: integerIn,
  read: readNumber,
  operand: integerIn,
})

export const number: FieldKind = oneColumn({
  name: 'number',
  type: 'real',
  extType: 'real',
  sortable: true,
  summable: true,
  operators: orderOperators,
  check: (property) => propertyProblems(property, { types: ['number'], keys: ['minimum', 'maximum'], index: true }),
  schema: (field) => ({ type: 'number', minimum: field.minimum ?? -largestNumber, maximum: field.maximum ?? largestNumber }),
  settled: settledNumber,
  normalise: numberIn,
  read: readNumber,
  operand: numberIn,
})
