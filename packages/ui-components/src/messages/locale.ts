import type { Words } from '../client/types.ts'

/** A language the components speak. */
export type Language = 'zh-CN' | 'en'

/** The nearest of our languages to a BCP 47 tag. */
export function pickLocale(tag: string | null | undefined): Language {
  if (tag === 'en' || tag === 'zh-CN') return tag
  return tag?.trim().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** A name inside a sentence: English ones begin small there, unless they are abbreviations. */
export function midSentence(name: string, locale: string): string {
  return pickLocale(locale) === 'en' && /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

/** The words in a language; whatever there is when they are incomplete. */
export function inLocale(words: Partial<Words> | null | undefined, locale: string): string {
  return words?.[pickLocale(locale)] ?? words?.en ?? words?.['zh-CN'] ?? ''
}
