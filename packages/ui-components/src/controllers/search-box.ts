import { html, nothing, type ReactiveController, type TemplateResult } from 'lit'
import type { CrmElement } from '../element/crm-element.ts'
import { icon } from '../icon/icon.ts'

const PAUSE = 220

/** A search box that asks the server when typing rests, and never while an input method composes. */
export class SearchBox implements ReactiveController {
  text = ''
  readonly #host: CrmElement
  readonly #onSearch: () => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: CrmElement, onSearch: () => void) {
    this.#host = host
    this.#onSearch = onSearch
    host.addController(this)
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer)
  }

  clear(): void {
    this.#set('', 0)
  }

  render(label: string): TemplateResult {
    const clear = html`<button type="button" aria-label=${this.#host.t('search.clear')} @click=${() => this.clear()}>${icon('close')}</button>`
    return html`<span class="box find" part="search" role="search">
      ${icon('search')}
      <input
        class="input"
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        spellcheck="false"
        placeholder=${label}
        aria-label=${label}
        .value=${this.text}
        @input=${this.#onInput}
        @compositionend=${this.#onInput}
        @keydown=${this.#onKeydown}
      />${this.text ? clear : nothing}
    </span>`
  }

  readonly #onInput = (event: Event): void => {
    if (event instanceof InputEvent && event.isComposing) return
    this.#set((event.target as HTMLInputElement).value, PAUSE)
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    if (event.key === 'Enter') this.#set(this.text, 0, true)
    if (event.key === 'Escape' && this.text) {
      event.stopPropagation()
      this.clear()
    }
  }

  #set(text: string, pause: number, again = false): void {
    if (text === this.text && !again) return
    this.text = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#onSearch, pause)
    this.#host.requestUpdate()
  }
}
