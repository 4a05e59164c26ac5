import type { FieldDefinition } from '../object/definition.ts'
import { cleanText, cleanTextOrRefuse, isPlainText, partOfText } from './clean-text.ts'
import { type FieldKind, type FilterOperator, type JsonSchema, KindRefusal } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readText } from './raw-value.ts'

/** Operators that look for a part of a text. */
export const isPartial = (operator: FilterOperator | undefined): boolean => operator === 'contains' || operator === 'startsWith'

/** Schema of a text within its lengths, counted in characters. */
export function textSchema(field: FieldDefinition): JsonSchema {
  return {
    type: 'string',
    ...(field.minLength === null ? {} : { minLength: field.minLength }),
    ...(field.maxLength === null ? {} : { maxLength: field.maxLength }),
  }
}

/** Composing characters can lengthen a text, so the length is looked at once more. */
function normaliseText(value: unknown, field: FieldDefinition): string | null {
  const text = cleanText(value)
  if (text === null || text === value || field.maxLength === null) return text
  if ([...text].length > field.maxLength) throw new KindRefusal('VALUE_TOO_LONG', { limit: field.maxLength })
  return text
}

const settledText: FieldKind['settled'] = ({ minLength, maxLength }) => {
  const shortest = Math.max(minLength ?? 1, 1)
  const longest = maxLength ?? Number.POSITIVE_INFINITY
  return (value) => isPlainText(value, shortest, longest)
}

const textOperand: FieldKind['operand'] = (value, _field, _context, operator) =>
  isPartial(operator) ? partOfText(value) : cleanTextOrRefuse(value)

export const text = oneColumn({
  name: 'text',
  type: 'text',
  extType: 'text',
  sortable: true,
  groupable: true,
  operators: ['eq', 'ne', 'in', 'contains', 'startsWith', 'isNull'],
  maxLength: 255,
  check: (property) => [
    ...propertyProblems(property, { types: ['string'], keys: ['minLength', 'maxLength'], unique: true, index: true, search: true }),
    ...((property.maxLength ?? 0) > 2_000 ? ['maxLength of a text is at most 2000; use kind longText'] : []),
  ],
  schema: textSchema,
  settled: settledText,
  normalise: normaliseText,
  read: readText,
  operand: textOperand,
})

export const longText = oneColumn({
  name: 'longText',
  type: 'text',
  extType: 'text',
  operators: ['contains', 'isNull'],
  maxLength: 100_000,
  check: (property) => [
    ...propertyProblems(property, { types: ['string'], keys: ['minLength', 'maxLength'], search: true }),
    ...((property.maxLength ?? 0) > 1_000_000 ? ['maxLength of a longText is at most 1000000'] : []),
  ],
  schema: textSchema,
  settled: settledText,
  normalise: normaliseText,
  read: readText,
  operand: textOperand,
})
