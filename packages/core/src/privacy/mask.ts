/** What a masked value was; decides how much of it is still shown. */
export type MaskKind = 'phone' | 'email' | 'name' | 'text'

const stars = '****'

/**
 * A value as somebody sees it who may know that it is there, but not what it is. The number of stars never tells the length, and a value
 * too short to keep anything of is all stars. Empty stays empty.
 */
export function mask(kind: MaskKind, value: string): string {
  if (value === '') return ''
  switch (kind) {
    case 'phone':
      return maskPhone(value)
    case 'email':
      return maskEmail(value)
    case 'name':
      return maskName(value)
    default:
      return stars
  }
}

/** `138****8000`: the first three and last four digits, without +86. Numbers of other countries keep their code. */
function maskPhone(value: string): string {
  // Masking what is masked changes nothing.
  if (/^\+?\d{0,6}\*{4}\d{0,4}$/.test(value)) return value
  const national = value.replace(/[^\d+]/g, '').replace(/^\+86(?=1\d{10}$)/, '')
  const digits = national.replace('+', '')
  if (digits.length >= 11) return `${national.slice(0, national.length - digits.length + 3)}${stars}${digits.slice(-4)}`
  return digits.length >= 7 ? `${stars}${digits.slice(-2)}` : stars
}

/** `z****@example.com`: who knows the company may know it still. */
function maskEmail(value: string): string {
  const at = value.lastIndexOf('@')
  if (at < 1) return stars
  const [first = ''] = value
  return `${at > 1 ? first : ''}${stars}${value.slice(at)}`
}

/** `王****`: the first character, as people are called by it. A name of one character is all stars. */
function maskName(value: string): string {
  const [first = '', ...rest] = value
  return rest.length > 0 ? `${first}${stars}` : stars
}
