import { cleanTextOrRefuse, partOfText } from './clean-text.ts'
import { type FieldKind, KindRefusal } from './kind.ts'
import { oneColumn } from './one-column.ts'
import { propertyProblems } from './property-check.ts'
import { readText } from './raw-value.ts'
import { isPartial } from './text.ts'

const local = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u
const longest = 254

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
const asciiOnly = /^[\u0001-\u007f]*$/

/** Full-width forms come from Chinese keyboards; folding twice settles letters that change again when lowered. */
const fold = (text: string) => (asciiOnly.test(text) ? text.toLowerCase() : text.normalize('NFKC').toLowerCase().normalize('NFKC'))

/** A sane check, not RFC 5322: what passes can be written to, what is refused is a typing mistake. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1 || at > 64 || text.length > longest || !local.test(text.slice(0, at))) return false
  const labels = text.slice(at + 1).split('.')
  return labels.length > 1 && labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1) ?? '')
}

function emailIn(value: unknown): string {
  const text = fold(cleanTextOrRefuse(value))
  if (!isEmail(text)) throw new KindRefusal('VALUE_EMAIL')
  return text
}

/** An e-mail address in lower case. */
export const email: FieldKind = oneColumn({
  name: 'email',
  type: 'text',
  extType: 'text',
  sortable: true,
  operators: ['eq', 'ne', 'in', 'contains', 'startsWith', 'isNull'],
  maxLength: longest,
  check: (property) => propertyProblems(property, { types: ['string'], keys: ['format'], unique: true, index: true, search: true }),
  schema: () => ({ type: 'string', maxLength: longest }),
  normalise: emailIn,
  read: readText,
  operand: (value, _field, _context, operator) => (isPartial(operator) ? fold(partOfText(value)) : emailIn(value)),
})
