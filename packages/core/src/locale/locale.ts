/** Languages every label, error, reason and sentence exists in. */
export const locales = ['zh-CN', 'en'] as const

/** One of {@link locales}. */
export type Locale = (typeof locales)[number]

/** The same words in every language. */
export interface Words {
  readonly 'zh-CN': string
  readonly en: string
}

/** The words in `locale`; English when the locale is none of ours. */
export function inLocale(words: Words, locale: string | undefined): string {
  return pickLocale(locale) === 'zh-CN' ? words['zh-CN'] : words.en
}

/** The nearest of our languages to a BCP 47 tag or an Accept-Language header. */
export function pickLocale(tag: string | undefined): Locale {
  return tag?.trim().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}
