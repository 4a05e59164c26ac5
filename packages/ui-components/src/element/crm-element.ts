import { LitElement, type PropertyDeclarations } from 'lit'
import { unsafeStatic } from 'lit/static-html.js'
import { type Session, sessionFor } from '../client/session.ts'
import type { ObjectView, Words } from '../client/types.ts'
import { inLocale, midSentence, pickLocale } from '../messages/locale.ts'
import { type MessageKey, type MessageParams, translate } from '../messages/messages.ts'
import { installTokens } from '../styles/tokens.ts'
import type { CrmEventDetails } from './events.ts'

/** What form, list and board have in common: where the server is, the language, and how they speak to the host. */
export abstract class CrmElement extends LitElement {
  /** What the tags of this family start with; `define` sets it. */
  static prefix = 'crm'

  static override properties: PropertyDeclarations = {
    src: {},
    object: {},
    locale: {},
  }

  /** Base path of the server's handler. */
  declare src: string
  /** Name of the object, such as `deal`. */
  declare object: string
  /** Language; the nearest `lang` unless set. */
  declare locale: string | null

  #language: string | null = null

  constructor() {
    super()
    this.src = '/crm'
    this.object = ''
    this.locale = null
  }

  override connectedCallback(): void {
    installTokens(this.ownerDocument)
    this.#language = null
    super.connectedCallback()
  }

  /** The server this element speaks to. */
  get session(): Session {
    const session = sessionFor(this.src)
    session.client.locale = this.language
    return session
  }

  /** The language in effect. */
  get language(): 'zh-CN' | 'en' {
    this.#language ??= nearestLanguage(this)
    return pickLocale(this.locale ?? this.#language)
  }

  /** A sentence in the language in effect. */
  t(key: MessageKey, params?: MessageParams): string {
    return translate(this.language, key, params)
  }

  /** A definition's words in the language in effect. */
  words(words: Partial<Words> | null | undefined): string {
    return inLocale(words, this.language)
  }

  /** What an object is called inside a sentence. */
  noun(words: Partial<Words> | null | undefined): string {
    return midSentence(this.words(words), this.language)
  }

  /** May the reader do this with the object? */
  may(action: string, object: ObjectView | null | undefined): boolean {
    return object?.permissions.includes(action) ?? false
  }

  /** Tells the host; false when a handler vetoed it. */
  emit<K extends keyof CrmEventDetails>(type: K, detail: CrmEventDetails[K], cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }))
  }

  /** The tag of a sibling component, for static templates. */
  tag(name: string): ReturnType<typeof unsafeStatic> {
    return unsafeStatic(`${(this.constructor as typeof CrmElement).prefix}-${name}`)
  }
}

/** The `lang` that applies here, also from outside of shadow roots; the browser's language where there is none. */
function nearestLanguage(element: Element): string {
  let at: Element | null = element
  while (at) {
    const holder: Element | null = at.closest('[lang]')
    const tag = holder?.getAttribute('lang')
    if (tag) return tag
    const root: Node = at.getRootNode()
    at = root instanceof ShadowRoot ? root.host : null
  }
  return navigator.language
}
