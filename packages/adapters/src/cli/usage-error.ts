import type { Locale } from '@guanxi/core'
import { say, type sentences } from './words.ts'

/** The command was not given what it needs. */
export class UsageError extends Error {
  readonly sentence: keyof typeof sentences
  readonly params: Readonly<Record<string, string | number>>

  constructor(sentence: keyof typeof sentences, params: Readonly<Record<string, string | number>> = {}) {
    super(say(sentence, 'en', params))
    this.sentence = sentence
    this.params = params
  }

  in(locale: Locale): string {
    return say(this.sentence, locale, this.params)
  }
}
