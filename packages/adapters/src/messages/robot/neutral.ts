const wide: Readonly<Record<string, string>> = {
  '<': '＜',
  '>': '＞',
  '[': '［',
  ']': '］',
  '*': '＊',
  _: '＿',
  '`': '｀',
  '~': '～',
  '#': '＃',
  '|': '｜',
  '\\': '＼',
  '!': '！',
  '@': '＠',
  '&': '＆',
}

/**
 * Text inside the Markdown of a robot: what could become a heading, a link, a picture, a colour or a call to everybody is written as its
 * full-width form, which all three robots show as it is. None of them says how its Markdown is escaped.
 */
export function neutral(text: string): string {
  return text.replace(/[<>[\]*_`~#|\\!@&]/g, (character) => wide[character] ?? '').replace(/^(\s*)([-+]|\d+\.)(?=\s)/gm, '$1\u200A$2')
}

/** The address of a link inside Markdown: brackets and spaces end it. */
export function linkTarget(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return null
  return href.replace(/[()<>\s]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

/** Cuts a text to so many bytes of UTF-8, between characters. */
export function cutBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let cut = ''
  let size = 3
  for (const letter of text) {
    size += Buffer.byteLength(letter)
    if (size > bytes) break
    cut += letter
  }
  return `${cut}…`
}
