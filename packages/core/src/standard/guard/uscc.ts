import { check } from '../../hook/hook.ts'
import { customer } from '../object/customer.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

/** True when the last character fits the others (GB 32100-2015). */
export function isUscc(code: string): boolean {
  if (code.length !== 18 || [...code].some((character) => !alphabet.includes(character))) return false
  const sum = weights.reduce((total, weight, index) => total + weight * alphabet.indexOf(code.charAt(index)), 0)
  return alphabet.charAt((31 - (sum % 31)) % 31) === code.charAt(17)
}

/** A mistyped code would make one company two. */
export const checkUscc = check(customer, { id: 'customer-uscc', on: ['create', 'update'], fields: ['uscc'], reads: ['uscc'] }, (change) => {
  const { uscc } = change.next
  if (uscc && !isUscc(uscc)) change.invalid('uscc', 'STANDARD_USCC_INVALID')
})
