const fullWidth = /[\uff01-\uff5e\u3000\uffe0-\uffe6]/
const spaces = /[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]/g
const dashes = /[\u2010-\u2015\u2212\ufe63]/g

/** Half-width digits, letters and punctuation, ordinary spaces and hyphens: the form in which numbers, dates and codes are read. */
export function narrow(text: string): string {
  const plain = text.replace(spaces, ' ').replace(dashes, '-')
  const half = fullWidth.test(plain) ? plain.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)) : plain
  return half.replaceAll('￥', '¥').trim()
}

/** Are there full-width characters in it? */
export function isWide(text: string): boolean {
  return fullWidth.test(text)
}

/** The form in which names and labels are compared: width, case, doubled spaces and spaces beside Chinese do not count. */
export function folded(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ')
  return plain.replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
}
