import type { Random } from './random.ts'

/** A UUIDv7 of a time, out of the seed's own chance: the same company gets the same ids. */
export function uuidv7(at: number, chance: Random): string {
  const time = at.toString(16).padStart(12, '0')
  const hex = (digits: number): string => Array.from({ length: digits }, () => chance.between(0, 15).toString(16)).join('')
  const variant = chance.pick(['8', '9', 'a', 'b'])
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`
}
