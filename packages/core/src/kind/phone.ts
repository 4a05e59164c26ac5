import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { FieldDefinition } from '../object/definition.ts'
import { cleanTextOrRefuse, partOfText } from './clean-text.ts'
import { type FieldKind, type KindContext, KindRefusal } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readText } from './raw-value.ts'
import { isPartial } from './text.ts'

/** Mobile numbers of the mainland, the bulk of what is typed in, need no parser: it costs as much as the rest of a record. */
const mainlandMobile = /^(?:\+86)?(1[3-9]\d{9})$/

/** Any way of writing a number → E.164, without extension; null when it is no number. */
export function toE164(text: string, country: string): string | null {
  const compact = text.replace(/[\s-]/g, '')
  const mobile = country === 'CN' || compact.startsWith('+') ? mainlandMobile.exec(compact) : null
  if (mobile) return `+86${mobile[1]}`
  const parsed = parsePhoneNumberFromString(text, countryOf(country))
  return parsed?.isValid() ? parsed.number : null
}

const countryOf = (country: string): CountryCode | undefined => (isSupportedCountry(country) ? country : undefined)

function phoneIn(value: unknown, _field: FieldDefinition, context: KindContext): string {
  const number = toE164(cleanTextOrRefuse(value), context.country)
  if (number === null) throw new KindRefusal('VALUE_PHONE')
  return number
}

/** A telephone number, in E.164. */
export const phone: FieldKind = oneColumn({
  name: 'phone',
  type: 'text',
  extType: 'text',
  sortable: true,
  operators: ['eq', 'ne', 'in', 'contains', 'startsWith', 'isNull'],
  maxLength: 40,
  check: (property) => propertyProblems(property, { types: ['string'], unique: true, index: true, search: true }),
  schema: () => ({ type: 'string', maxLength: 40 }),
  normalise: phoneIn,
  read: readText,
  operand: (value, field, context, operator) =>
    isPartial(operator) ? partOfText(value).replace(/[\s-]/g, '') : phoneIn(value, field, context),
})
