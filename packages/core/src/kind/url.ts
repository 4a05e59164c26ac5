import { cleanTextOrRefuse, partOfText } from './clean-text.ts'
import { type FieldKind, KindRefusal } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readText } from './raw-value.ts'
import { isPartial } from './text.ts'

const longest = 2_048

/** The URL parser drops tabs and line breaks in silence, so `java\nscript:` would pass as something else than it was shown as. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const control = /[\u0000-\u0020\u007f-\u009f]/

function urlIn(value: unknown): string {
  const text = cleanTextOrRefuse(value)
  const parsed = control.test(text) || !/^https?:\/\//i.test(text) ? null : URL.parse(text)
  if (parsed?.username !== '' || parsed.password !== '' || parsed.href.length > longest) throw new KindRefusal('VALUE_URL')
  return parsed.href
}

/** A web address: http or https, nothing else, no user name in it. */
export const url: FieldKind = oneColumn({
  name: 'url',
  type: 'text',
  extType: 'text',
  sortable: true,
  operators: ['eq', 'ne', 'contains', 'startsWith', 'isNull'],
  maxLength: longest,
  check: (property) => propertyProblems(property, { types: ['string'], keys: ['format'], unique: true, index: true, search: true }),
  schema: () => ({ type: 'string', maxLength: longest }),
  normalise: urlIn,
  read: readText,
  operand: (value, _field, _context, operator) => (isPartial(operator) ? partOfText(value) : urlIn(value)),
})
