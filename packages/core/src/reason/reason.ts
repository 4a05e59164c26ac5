import { locales, pickLocale, type Words } from '../locale/locale.ts'
import type { ReasonDefinition } from './define-reasons.ts'
import { type ReasonView, shown } from './reason-data.ts'

/** A reason as it is kept and sent. */
export interface StoredReason {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
}

/** A reason as a reader gets it. */
export interface ReasonBody extends StoredReason {
  readonly message: string
  readonly hint: string | null
}

/** Why something was refused or decided: a code, the facts, and a sentence in both languages. */
export class Reason implements StoredReason {
  readonly code: string
  readonly data: Readonly<Record<string, unknown>>
  readonly #definition: ReasonDefinition

  constructor(code: string, definition: ReasonDefinition, data: Readonly<Record<string, unknown>>) {
    this.code = code
    this.data = Object.freeze({ ...data })
    this.#definition = definition
  }

  /** The sentence in both languages, instants in UTC and people by id. */
  get message(): Words {
    const [zh, en] = locales.map((locale) => this.text({ locale }))
    return { 'zh-CN': zh ?? '', en: en ?? '' }
  }

  /** The sentence for one reader. */
  text(view: ReasonView = {}): string {
    return this.#fill(this.#definition.message, view)
  }

  /** For one reader, in full. */
  toBody(view: ReasonView = {}): ReasonBody {
    const { hint } = this.#definition
    return { code: this.code, data: this.data, message: this.text(view), hint: hint ? this.#fill(hint, view) : null }
  }

  /** What is kept of it: sentences are made again when it is read. */
  toJSON(): StoredReason {
    return { code: this.code, data: this.data }
  }

  #fill(words: Words, view: ReasonView): string {
    const { data = {} } = this.#definition
    const text = words[pickLocale(view.locale ?? undefined)]
    return text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const kind = data[name]
      return kind ? shown(kind, this.data[name], view) : place
    })
  }
}
