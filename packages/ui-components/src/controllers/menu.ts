import { html, nothing, type ReactiveController, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import { icon } from '../icon/icon.ts'
import { Popup, type PopupHost } from './popup.ts'

/** One line of a menu. */
export interface MenuItem {
  readonly label: string
  readonly mark?: unknown
  /** Words over this item and those that follow it. */
  readonly above?: string
  /** Set for choices: shows the tick and speaks of it. */
  readonly checked?: boolean
  run(): unknown
}

interface OpenMenu {
  readonly label: string
  readonly items: () => readonly MenuItem[]
  /** Stays open after a choice, for several choices in a row. */
  readonly several: boolean
}

/** A menu in the top layer, as the APG wants it: arrows, first letter, Escape, focus back to where it came from. */
export class MenuController implements ReactiveController {
  readonly #host: PopupHost
  readonly #popup: Popup
  #open: OpenMenu | null = null

  constructor(host: PopupHost) {
    this.#host = host
    this.#popup = new Popup(host, () => {
      this.#open = null
    })
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#open = null
  }

  async open(anchor: HTMLElement, label: string, items: () => readonly MenuItem[], several = false): Promise<void> {
    this.#open = { label, items, several }
    if (!(await this.#popup.show(anchor))) return
    const shown = this.#items()
    const first = shown.find((item) => item.ariaChecked === 'true') ?? shown[0]
    first?.focus()
  }

  close(): void {
    this.#popup.hide()
  }

  render(): TemplateResult | typeof nothing {
    const menu = this.#open
    if (!menu) return nothing
    return html`<div
      ${ref(this.#popup.ref)}
      class="menu"
      part="menu"
      popover="auto"
      role="menu"
      aria-label=${menu.label}
      @keydown=${this.#onKeydown}
      @toggle=${this.#popup.onToggle}
    >
      <p class="menu-label" role="presentation">${menu.label}</p>
      ${menu.items().map((item) => this.#renderItem(item, menu.several))}
    </div>`
  }

  #renderItem(item: MenuItem, several: boolean): TemplateResult {
    const role = item.checked === undefined ? 'menuitem' : several ? 'menuitemcheckbox' : 'menuitemradio'
    const above = item.above ? html`<p class="menu-label" role="presentation">${item.above}</p>` : nothing
    return html`${above}<button
      type="button"
      class="menu-item"
      role=${role}
      tabindex="-1"
      aria-checked=${item.checked ?? nothing}
      @click=${() => this.#choose(item)}
    >${item.mark ?? nothing}<span class="grow clip">${item.label}</span>${item.checked ? icon('check') : nothing}</button>`
  }

  #choose(item: MenuItem): void {
    if (!this.#open?.several) this.close()
    item.run()
    this.#host.requestUpdate()
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    const items = this.#items()
    const at = items.findIndex((item) => item.matches(':focus'))
    const next = nextIndex(event.key, at, items)
    if (event.key === 'Tab') this.close()
    if (event.key === 'Tab' || next === null) return
    event.preventDefault()
    event.stopPropagation()
    items[next]?.focus()
  }

  #items(): HTMLElement[] {
    return [...(this.#popup.ref.value?.querySelectorAll<HTMLElement>('.menu-item') ?? [])]
  }
}

function nextIndex(key: string, at: number, items: readonly HTMLElement[]): number | null {
  const { length } = items
  if (key === 'ArrowDown') return (at + 1) % length
  if (key === 'ArrowUp') return (at - 1 + length) % length
  if (key === 'Home') return 0
  if (key === 'End') return length - 1
  if (key.length !== 1 || key === ' ') return null
  const found = items.findIndex((item, index) => index > at && item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()))
  return found < 0 ? null : found
}
