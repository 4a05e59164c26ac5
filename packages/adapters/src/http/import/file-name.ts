const longest = 200
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters and marks that turn text around are what it takes away.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** A name to show and to send: the last part of a path, without marks that hide or turn what is there. Never used as a path. */
export function safeFileName(name: string): string {
  const last = name.replace(unsafe, '').split(/[/\\]/).at(-1)?.trim() ?? ''
  const kept = last === '.' || last === '..' ? '' : last.toWellFormed()
  return [...(kept === '' ? 'file' : kept)].slice(0, longest).join('')
}
