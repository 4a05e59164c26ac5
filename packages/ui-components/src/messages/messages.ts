import type { zhCN as filterZhCN } from '../filter/messages/zh-CN.ts'
import type { zhCN as importZhCN } from '../import/messages/zh-CN.ts'
import type { bellWords } from '../inbox/bell-words.ts'
import type { zhCN as inboxZhCN } from '../inbox/messages/zh-CN.ts'
import type { zhCN as operationsZhCN } from '../operations/messages/zh-CN.ts'
import type { zhCN as rulesZhCN } from '../rules/messages/zh-CN.ts'
import type { zhCN as settingsZhCN } from '../settings/messages/zh-CN.ts'
import type { zhCN as timelineZhCN } from '../timeline/messages/zh-CN.ts'
import type { zhCN as webhookZhCN } from '../webhook/messages/zh-CN.ts'
import { type Language, pickLocale } from './locale.ts'
import type { words as boardZhCN } from './zh-CN/board.ts'
import type { words as coreZhCN } from './zh-CN/core.ts'
import type { words as formZhCN } from './zh-CN/form.ts'
import type { words as laterZhCN } from './zh-CN/later.ts'
import type { words as listZhCN } from './zh-CN/list.ts'

/** Every sentence the components can say. */
export type MessageKey =
  | keyof typeof coreZhCN
  | keyof typeof formZhCN
  | keyof typeof listZhCN
  | keyof typeof boardZhCN
  | keyof typeof laterZhCN
  | keyof typeof importZhCN
  | keyof typeof filterZhCN
  | keyof typeof settingsZhCN
  | keyof typeof operationsZhCN
  | keyof typeof timelineZhCN
  | keyof typeof webhookZhCN
  | keyof typeof rulesZhCN
  | keyof typeof inboxZhCN
  | keyof (typeof bellWords)['en']

/** A catalogue: a sentence per key, with `{name}` places. `one | many` where the number decides. */
export type Messages = Readonly<Record<MessageKey, string>>

/** Values for the places of a sentence. */
export type MessageParams = Readonly<Record<string, string | number>>

/** Part of a catalogue, of a component that is loaded when it is needed. */
export type PartOfMessages = Readonly<Record<Language, Partial<Messages>>>

/** Where the words of a component are; only those of the language in use are loaded. */
export type WordSource = Readonly<Record<Language, () => Promise<{ readonly words: Partial<Messages> }>>>

const catalogues: Record<Language, Partial<Messages>> = { 'zh-CN': {}, en: {} }
const loaded: Readonly<Record<Language, Set<WordSource>>> = { 'zh-CN': new Set(), en: new Set() }
const wanted = new Set<WordSource>()
const plurals = new Map<Language, Intl.PluralRules>()
const overrides = new Map<string, Partial<Messages>>()

/** Words of a component that comes later than the others and brings both languages. */
export function addMessages(part: PartOfMessages): void {
  for (const language of ['zh-CN', 'en'] as const) Object.assign(catalogues[language], part[language])
}

/** From now on these words belong to every language in use. */
export function wantWords(source: WordSource): void {
  wanted.add(source)
}

/** Loads the words that a language still lacks; null when it has all of them. */
export function missingWords(language: Language): Promise<unknown> | null {
  const have = loaded[language]
  if (have.size === wanted.size) return null
  const load = async (source: WordSource) => {
    const { words } = await source[language]()
    Object.assign(catalogues[language], words)
    have.add(source)
  }
  return Promise.all([...wanted].filter((source) => !have.has(source)).map(load))
}

/** A host's own words for some keys. */
export function overrideMessages(messages: Readonly<Record<string, Partial<Messages>>>): void {
  for (const [locale, words] of Object.entries(messages)) overrides.set(locale, { ...overrides.get(locale), ...words })
}

/** The sentence in a language. */
export function translate(locale: string, key: MessageKey, params: MessageParams = {}): string {
  const language = pickLocale(locale)
  const sentence = overrides.get(language)?.[key] ?? catalogues[language][key] ?? key
  // Most sentences have no places, and many are said for every row.
  if (!sentence.includes('{')) return byNumber(sentence, language, params.count)
  return byNumber(sentence, language, params.count).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    return value === undefined ? whole : typeof value === 'number' ? value.toLocaleString(language) : value
  })
}

function byNumber(sentence: string, language: Language, count: string | number | undefined): string {
  if (!sentence.includes(' | ')) return sentence
  const [one = '', many = ''] = sentence.split(' | ')
  return typeof count === 'number' && pluralsOf(language).select(count) === 'one' ? one : many
}

/** Making the rules costs far more than using them. */
function pluralsOf(language: Language): Intl.PluralRules {
  const rules = plurals.get(language) ?? new Intl.PluralRules(language)
  plurals.set(language, rules)
  return rules
}
