import type { Money } from '../object/infer.ts'
import { type FieldKind, KindRefusal } from './kind.ts'
import { integerSchema } from './number.ts'
import { propertyProblems } from './property-check.ts'
import { readNumber, readText } from './raw-value.ts'

let known: ReadonlySet<string> | undefined

/** Codes of ISO 4217, as the platform knows them. */
export function isCurrency(code: string): boolean {
  known ??= new Set(Intl.supportedValuesOf('currency'))
  return known.has(code)
}

function moneyIn(value: unknown): Money {
  if (typeof value !== 'object' || value === null) throw new KindRefusal('VALUE_TYPE', { expected: '{ minor, currency }' })
  const { minor, currency } = value as Partial<Money>
  if (typeof minor !== 'number' || !Number.isSafeInteger(minor)) throw new KindRefusal('VALUE_TYPE', { expected: '{ minor, currency }' })
  if (typeof currency !== 'string' || !isCurrency(currency)) throw new KindRefusal('VALUE_CURRENCY')
  return { minor: minor === 0 ? 0 : minor, currency }
}

/** Minor units and a currency. `minimum` and `maximum` are in minor units. A filter must also compare the currency. */
export const money: FieldKind = {
  name: 'money',
  columns: [
    { suffix: '', type: 'integer' },
    { suffix: '_currency', type: 'text' },
  ],
  admin: true,
  extType: 'integer',
  sortable: true,
  groupable: false,
  summable: true,
  operators: ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'isNull'],
  check: (property) => propertyProblems(property, { types: ['object'], keys: ['minimum', 'maximum'], index: true }),
  schema: (field) => ({
    type: 'object',
    required: ['minor', 'currency'],
    properties: { minor: integerSchema(field), currency: { type: 'string' } },
    additionalProperties: false,
  }),
  normalise: moneyIn,
  encode: (value) => {
    const { minor, currency } = value as Money
    return [minor, currency]
  },
  decode: (raw) => ({ minor: readNumber(raw[0]), currency: readText(raw[1]) }),
  operand: (value) => moneyIn(value).minor,
}
