import { isStorableText } from '../kind/clean-text.ts'
import type { ReasonData } from '../reason/reason-data.ts'
import { textProblems } from './define-message.ts'
import { type MessageText, textLimits } from './text.ts'

const shape = 'own words are { "zh-CN": { title, body }, en: { title, body } }'

/** What is wrong with a tenant's own words for a message that has some facts; null when nothing is. */
export function messageValueProblem(value: unknown, data: ReasonData): string | null {
  if (!isObject(value) || !onlyKeys(value, ['zh-CN', 'en'])) return shape
  for (const [language, words] of Object.entries(value as MessageText)) {
    if (!isObject(words) || !onlyKeys(words, ['title', 'body'])) return shape
    for (const [part, text] of Object.entries(words)) {
      const problem = partProblem(part as 'title' | 'body', text, data)
      if (problem) return `${part} in ${language}: ${problem}`
    }
  }
  return null
}

function partProblem(part: 'title' | 'body', text: unknown, data: ReasonData): string | null {
  const limit = textLimits[part]
  if (typeof text !== 'string' || text.length > limit || !isStorableText(text)) return `text of at most ${limit} characters is expected`
  if (part === 'title' && (text.trim() === '' || /\p{Cc}/u.test(text))) return 'one line of text is expected'
  return textProblems(text, data)[0] ?? null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function onlyKeys(value: object, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key))
}
