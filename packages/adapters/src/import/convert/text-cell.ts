import type { FieldDefinition } from '@guanxi/core'
import type { Content } from './cell-content.ts'
import { type Reading, type Refused, refuse } from './converted.ts'
import { isWide, narrow } from './width.ts'

/** Integers with more digits have lost the last ones in the spreadsheet already. */
const exactInteger = 1e15

/** Reads a cell into text, as it stands. Leading zeros stay; a number is kept as text only while all its digits are there. */
export function readText(content: Content, _field: FieldDefinition): Reading<string> | Refused {
  if (content.kind === 'boolean') return { value: content.original, codes: content.codes }
  if (content.kind === 'text') return { value: content.text.trim().normalize('NFC'), codes: content.codes }
  if (content.kind === 'empty') return { value: '', codes: [] }
  if (content.date || Math.abs(content.number) >= exactInteger) return refuse('IMPORT_NUMBER_ROUNDED', { value: content.original })
  const rounded = Number(content.number.toPrecision(15))
  return { value: String(rounded), codes: [...content.codes, rounded === content.number ? 'NUMBER_AS_TEXT' : 'NUMBER_NOISE'] }
}

/** Reads an e-mail address; the rest is checked where every address is. */
export function readEmail(text: string): Reading<string> {
  const value = narrow(text)
    .replace(/^mailto:/i, '')
    .toLowerCase()
  return { value: value.normalize('NFKC').toLowerCase(), codes: isWide(text) ? ['WIDTH'] : [] }
}

/** Reads a web address. Only http and https are one; `www.` gets the scheme it lacks. */
export function readUrl(text: string): Reading<string> | Refused {
  const bare = narrow(text)
  const lacking = /^(?:www\.)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[/?#].*)?$/u.test(bare) && !/^https?:/i.test(bare)
  const parsed = /\s/.test(bare) ? null : URL.parse(lacking ? `https://${bare}` : bare)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return refuse('VALUE_URL')
  return { value: parsed.href, codes: lacking ? ['URL_SCHEME'] : [] }
}
