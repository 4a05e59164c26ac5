import { before } from '../../hook/hook.ts'
import { contactPoint } from '../object/contact-point.ts'

/** Gives every contact point one spelling, so that duplicates are equal. */
export const contactPointValue = before(
  contactPoint,
  { id: 'contact-point-value', on: ['create', 'update'], fields: ['kind', 'value'], reads: ['kind', 'value'] },
  (change) => change.set({ normalised: normalised(change.next.kind, change.next.value ?? '') }),
)

/** Digits for phones, lower case for the rest; E.164 where the country code is written. */
function normalised(kind: string | undefined, value: string): string {
  const text = value.normalize('NFKC').trim()
  if (kind !== 'phone') return text.toLowerCase().replace(/\s+/g, kind === 'address' ? ' ' : '')
  const digits = text.replace(/[^\d+]/g, '').replace(/^00/, '+')
  return /^1[3-9]\d{9}$/.test(digits) ? `+86${digits}` : digits
}
