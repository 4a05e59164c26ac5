import { toE164 } from '@guanxi/core'
import type { Content } from './cell-content.ts'
import { type Reading, type Refused, refuse } from './converted.ts'
import type { ConvertOptions } from './options.ts'
import type { RepairCode } from './repairs.ts'
import { isWide, narrow } from './width.ts'

const scientific = /^\d(?:\.\d+)?e\+?\d+$/i
const digits = { fewest: 5, most: 15 } as const

/**
 * Reads a cell into a telephone number. A spreadsheet's number is one only while it still has all its digits; `1.38E+10` as text has
 * lost them.
 */
export function readPhone(content: Content, { country = 'CN' }: ConvertOptions): Reading<string> | Refused {
  if (content.kind === 'number') return fromNumber(content.number, content.codes, country)
  if (content.kind !== 'text') return refuse('VALUE_PHONE')
  const text = narrow(content.text)
  if (scientific.test(text)) return refuse('IMPORT_NUMBER_ROUNDED', { value: content.original })
  const number = toE164(text, country)
  if (number === null) return refuse('VALUE_PHONE')
  return { value: number, codes: isWide(content.text) ? [...content.codes, 'WIDTH'] : content.codes }
}

function fromNumber(number: number, codes: readonly RepairCode[], country: string): Reading<string> | Refused {
  const text = Number.isInteger(number) && number > 0 ? BigInt(number).toString() : ''
  if (text.length < digits.fewest || text.length > digits.most) return refuse('IMPORT_NUMBER_ROUNDED', { value: String(number) })
  const plain = toE164(text, country)
  return plain === null ? refuse('VALUE_PHONE') : { value: plain, codes: [...codes, 'PHONE_NUMBER'] }
}
