import { type CSSResult, type CSSResultGroup, html, LitElement, nothing, type PropertyDeclarations, render, unsafeCSS } from 'lit'
import { ClientError } from '../client/client-error.ts'
import { type Session, sessionFor } from '../client/session.ts'
import type { ObjectView, Words } from '../client/types.ts'
import { lacksIcons } from '../icon/icon.ts'
import { inLocale, type Language, midSentence, pickLocale } from '../messages/locale.ts'
import { type MessageKey, type MessageParams, missingWords, translate, type WordSource, wantWords } from '../messages/messages.ts'
import { coreWords, laterWords } from '../messages/words.ts'
import { renderWordless } from '../state/wordless.ts'
import { installTokens } from '../styles/tokens.ts'
import type { CrmEventDetails } from './events.ts'
import { installLaterLook, installLook, type Look } from './look.ts'

/** Milliseconds. */
const BREATH = 250
const BLINK = 200

const lateStyles = new WeakMap<CSSResult, readonly CSSResult[]>()

/** What form, list and board have in common: where the server is, the language, and how they speak to the host. */
export abstract class CrmElement extends LitElement {
  /** What the tags of this family start with; `define` sets it. */
  static prefix = 'crm'
  /** What the component says at first, beside what all of them say. */
  static words: WordSource | null = null
  /** What the component looks like at first, beside what all of them do. */
  static look: Look | null = null

  static override properties: PropertyDeclarations = {
    src: {},
    object: {},
    locale: {},
  }

  /** One sheet a component: each of 200 fields would else take in seven. */
  static override finalizeStyles(styles?: CSSResultGroup): ReturnType<typeof LitElement.finalizeStyles> {
    return [unsafeCSS(LitElement.finalizeStyles(styles).join(''))]
  }

  /** Base path of the server's handler. */
  declare src: string
  /** Name of the object, such as `deal`. */
  declare object: string
  /** Language; the nearest `lang` unless set. */
  declare locale: string | null

  /** What floats over the component, once something does: menus, dialogs, toasts. */
  overlay: { render(): unknown } | null = null
  #language: string | null = null
  #calm: Promise<unknown> | null = null
  /** Has it been drawn with all icons? */
  #isWhole = false
  readonly #lost = new Map<unknown, () => void>()

  constructor() {
    super()
    this.src = '/crm'
    this.object = ''
    this.locale = null
    wantWords(coreWords)
    const { words } = this.constructor as typeof CrmElement
    if (words) wantWords(words)
  }

  override connectedCallback(): void {
    installTokens(this.ownerDocument)
    const { look } = this.constructor as typeof CrmElement
    if (look) installLook(this.ownerDocument, look)
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
  get language(): Language {
    if (this.locale !== null) return pickLocale(this.locale)
    this.#language ??= nearestLanguage(this)
    return pickLocale(this.#language)
  }

  /** Nothing is drawn before its words are here, so no other language and no key is ever seen. */
  protected override scheduleUpdate(): Promise<unknown> | undefined {
    if (this.#calm) return this.#calm.then(() => this.scheduleUpdate())
    const draw = () => super.scheduleUpdate()
    const words = missingWords(this.language)
    if (words)
      return words.then(draw, () =>
        render(
          renderWordless(() => void this.scheduleUpdate()),
          this.renderRoot,
        ),
      )
    draw()
    return undefined
  }

  /**
   * For parts: draws nothing until the returned function is called, for a blink at most. Where the first answers come at once, no
   * placeholder flashes by, and the browser lays out one look instead of three.
   */
  protected calm(): () => void {
    let release: () => void = () => undefined
    const calm = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, BLINK)
      release = () => {
        clearTimeout(timer)
        resolve()
      }
    }).then(() => {
      if (this.#calm !== calm) return
      this.#calm = null
      this.requestUpdate()
    })
    this.#calm = calm
    return release
  }

  /** The definition of the records shown; null until it is here. */
  get definition(): ObjectView | null {
    return null
  }

  /** For parts: loads what is needed only now, with its words and icons; throws a `ClientError` where that fails. */
  async bring<T>(load: () => Promise<T>): Promise<T> {
    try {
      wantWords(laterWords)
      const [part] = await Promise.all([load(), missingWords(this.language), this.#finishLook()])
      return part
    } catch {
      throw new ClientError(0, { code: 'SCRIPT_FAILED', message: this.t('failed.script') })
    }
  }

  /** For parts: loads what is needed only now and uses it. Where that fails the reader is told and can try again. */
  async later<T>(load: () => Promise<T>, use: (part: T) => unknown = () => undefined): Promise<void> {
    this.#lost.delete(load)
    const part = await this.bring(load).catch((error) => {
      this.#lost.set(load, () => void this.later(load, use))
      this.emit('crm-error', { error })
    })
    this.requestUpdate()
    if (part) await use(part)
  }

  /** For parts: loads the rest of the look, and what will probably be needed, when the browser has nothing else to do. */
  whenIdle(...loads: readonly (() => Promise<unknown>)[]): void {
    const run = () => [() => this.#finishLook(), ...loads].map((load) => load().catch(() => undefined))
    // Not before what is there has been drawn: loading code and styles in between would hold it up.
    setTimeout(() => ('requestIdleCallback' in globalThis ? requestIdleCallback(run) : run()), BREATH)
  }

  /** What answers the pointer, and icons that no first look has. */
  async #finishLook(): Promise<void> {
    this.addStylesToAll(await installLaterLook(this.ownerDocument))
    if (!this.#isWhole && lacksIcons()) this.requestUpdate()
    this.#isWhole = true
  }

  /** For parts: styles of what came later. */
  addStyles(...styles: readonly CSSResult[]): void {
    const root = this.renderRoot as ShadowRoot
    const sheets = styles.flatMap(({ styleSheet }) => styleSheet ?? [])
    root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, ...sheets])]
  }

  /** For parts: styles that came later, for every element of this class at once. */
  addStylesToAll(styles: CSSResult): void {
    const [own] = (this.constructor as typeof CrmElement).elementStyles as [CSSResult]
    const added = lateStyles.get(own) ?? []
    if (added.includes(styles)) return
    lateStyles.set(own, [...added, styles])
    own.styleSheet?.replaceSync([own, ...added, styles].join(''))
  }

  /** What floats over the component, and what could not be loaded. */
  renderLater(): unknown {
    const again = () => [...this.#lost.values()].map((retry) => retry())
    const lost =
      this.#lost.size > 0
        ? html`<p class="lost" role="alert">${this.t('failed.script')}<button type="button" class="btn btn-sm" part="button" @click=${again}>${this.t('retry')}</button></p>`
        : nothing
    return this.overlay ? html`${this.overlay.render()}${lost}` : lost
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
