import type { boardWords } from '../board/words.ts'
import type { formWords } from '../form/words.ts'
import type { zhCN as importZhCN } from '../import/messages/zh-CN.ts'
import type { listWords } from '../list/words.ts'
import type { zhCN as settingsZhCN } from '../settings/messages/zh-CN.ts'
import { en } from './en.ts'
import { pickLocale } from './locale.ts'
import { zhCN } from './zh-CN.ts'

/** Every sentence the components can say. */
export type MessageKey =
  | keyof typeof zhCN
  | keyof (typeof listWords)['en']
  | keyof (typeof boardWords)['en']
  | keyof (typeof formWords)['en']
  | keyof typeof importZhCN
  | keyof typeof settingsZhCN

/** A catalogue: a sentence per key, with `{name}` places. `one | many` where the number decides. */
export type Messages = Readonly<Record<MessageKey, string>>

/** Values for the places of a sentence. */
export type MessageParams = Readonly<Record<string, string | number>>

/** Part of a catalogue, of a component that is loaded when it is needed. */
export type PartOfMessages = Readonly<Record<'zh-CN' | 'en', Partial<Messages>>>

let catalogues: PartOfMessages = { 'zh-CN': zhCN, en }
const added = new Set<PartOfMessages>()
const overrides = new Map<string, Partial<Messages>>()

/** Words of a component that comes later than the others, once. */
export function addMessages(part: PartOfMessages): void {
  if (added.has(part)) return
  added.add(part)
  catalogues = { 'zh-CN': { ...catalogues['zh-CN'], ...part['zh-CN'] }, en: { ...catalogues.en, ...part.en } }
}

/** A host's own words for some keys. */
export function overrideMessages(messages: Readonly<Record<string, Partial<Messages>>>): void {
  for (const [locale, words] of Object.entries(messages)) overrides.set(locale, { ...overrides.get(locale), ...words })
}

/** The sentence in a language. */
export function translate(locale: string, key: MessageKey, params: MessageParams = {}): string {
  const language = pickLocale(locale)
  const sentence = overrides.get(language)?.[key] ?? catalogues[language][key] ?? key
  return byNumber(sentence, language, params.count).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    return value === undefined ? whole : typeof value === 'number' ? value.toLocaleString(language) : value
  })
}

function byNumber(sentence: string, language: string, count: string | number | undefined): string {
  const [one, many] = sentence.split(' | ')
  if (many === undefined) return sentence
  return (typeof count === 'number' && new Intl.PluralRules(language).select(count) === 'one' ? one : many) ?? many
}
