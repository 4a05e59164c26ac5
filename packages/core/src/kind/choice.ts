import type { FieldDefinition } from '../object/definition.ts'
import { cleanTextOrRefuse } from './clean-text.ts'
import { type FieldKind, KindRefusal } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { liveValues, optionProblems, optionsOf, ranksOf } from './options.ts'
import { propertyProblems } from './property-check.ts'
import { readJson, readText } from './raw-value.ts'

const mostTags = 500
const longestTag = 100

function optionIn(value: unknown, field: FieldDefinition): string {
  const text = cleanTextOrRefuse(value)
  if (field.options.length > 0 && !ranksOf(field).has(text)) throw new KindRefusal('VALUE_OPTION')
  return text
}

/** What is no option of the definition, such as one that was retired, is left to the schema. */
function settledOption(field: FieldDefinition): (value: unknown) => boolean {
  const live: ReadonlySet<unknown> = new Set(liveValues(field))
  return (value) => value !== '' && live.has(value)
}

/** One of a list of options. */
export const choice: FieldKind = oneColumn({
  name: 'choice',
  type: 'text',
  extType: 'text',
  sortable: true,
  groupable: true,
  operators: ['eq', 'ne', 'in', 'isNull'],
  check: (property) => [
    ...propertyProblems(property, { types: ['string'], keys: ['enum', 'options'], unique: true, index: true }),
    ...(optionsOf(property).length === 0 ? ['a choice needs "enum" or "options"'] : optionProblems(property)),
  ],
  schema: (field) => ({ type: 'string', enum: liveValues(field) }),
  settled: settledOption,
  normalise: optionIn,
  read: readText,
  operand: optionIn,
})

/** A set has no order of its own, so it is kept in the order of the options; the same set is then the same value. */
function setIn(value: unknown, field: FieldDefinition): string[] {
  if (!Array.isArray(value)) throw new KindRefusal('VALUE_TYPE', { expected: 'array' })
  const ranks = ranksOf(field)
  const values = [...new Set(value.map((entry) => optionIn(entry, field)))]
  if (field.options.length === 0) return values.sort()
  return values.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
}

/** Any of a list of options; without options, free tags. Never null: nothing chosen is an empty list. */
export const multiChoice: FieldKind = oneColumn({
  name: 'multiChoice',
  type: 'json',
  extType: 'json',
  operators: ['hasAny', 'hasAll', 'hasNone'],
  check: (property) => [
    ...propertyProblems(property, { types: ['array'], keys: ['enum', 'items', 'options'] }),
    ...optionProblems(property),
  ],
  schema: (field) => ({
    type: 'array',
    maxItems: mostTags,
    uniqueItems: true,
    items: field.options.length > 0 ? { type: 'string', enum: liveValues(field) } : { type: 'string', maxLength: longestTag },
  }),
  normalise: setIn,
  write: (value) => JSON.stringify(value),
  read: readJson,
  operand: optionIn,
})
