import type { PropertySchema } from '../object/schema.ts'

/** Which parts of a property mean something to a kind. */
export interface PropertyRules {
  /** Values of `type` that fit the kind. */
  readonly types: readonly NonNullable<PropertySchema['type']>[]
  /** Keys besides those that every property may carry. */
  readonly keys?: readonly (keyof PropertySchema)[]
  readonly unique?: boolean
  readonly index?: boolean
  readonly search?: boolean
}

const everyKey: readonly string[] = [
  'kind',
  'type',
  'label',
  'help',
  'readOnly',
  'unique',
  'index',
  'search',
  'default',
  'formula',
  'when',
  'access',
]
const switches = ['unique', 'index', 'search'] as const

/** Problems of a property that any kind may have, in words. */
export function propertyProblems(property: PropertySchema, rules: PropertyRules): string[] {
  const allowed = [...everyKey, ...(rules.keys ?? [])]
  const foreign = Object.keys(property).filter((key) => !allowed.includes(key))
  return [
    ...foreign.map((key) => `"${key}" means nothing here; remove it`),
    ...(property.type && !rules.types.includes(property.type)
      ? [`type "${property.type}" does not fit; leave it out or use ${rules.types.join(' or ') || 'none'}`]
      : []),
    ...switches.filter((key) => property[key] && !rules[key]).map((key) => `"${key}" is not possible for this kind; remove it`),
    ...lengthProblems(property),
    ...rangeProblems(property),
  ]
}

function lengthProblems({ minLength, maxLength }: PropertySchema): string[] {
  const isCount = (value: number | undefined) => value === undefined || (Number.isSafeInteger(value) && value >= 0)
  if (!isCount(minLength) || !isCount(maxLength)) return ['minLength and maxLength are whole numbers from 0']
  return minLength !== undefined && maxLength !== undefined && minLength > maxLength ? ['minLength is more than maxLength'] : []
}

function rangeProblems({ minimum, maximum }: PropertySchema): string[] {
  const isNumber = (value: number | undefined) => value === undefined || Number.isFinite(value)
  if (!isNumber(minimum) || !isNumber(maximum)) return ['minimum and maximum are numbers']
  return minimum !== undefined && maximum !== undefined && minimum > maximum ? ['minimum is more than maximum'] : []
}
