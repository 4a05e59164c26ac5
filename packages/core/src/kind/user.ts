import { cleanTextOrRefuse, isPlainText } from './clean-text.ts'
import type { FieldKind } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readText } from './raw-value.ts'

const longest = 200

/** A person of the directory, by the host's id. */
export const user: FieldKind = oneColumn({
  name: 'user',
  type: 'text',
  extType: 'text',
  groupable: true,
  operators: ['eq', 'ne', 'in', 'isNull'],
  maxLength: longest,
  check: (property) => propertyProblems(property, { types: ['string'], unique: true, index: true }),
  schema: () => ({ type: 'string', maxLength: longest }),
  settled: () => (value) => isPlainText(value, 1, longest),
  normalise: cleanTextOrRefuse,
  read: readText,
  operand: cleanTextOrRefuse,
})
