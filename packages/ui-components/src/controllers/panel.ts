import { html, nothing, type ReactiveController, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import { Popup, type PopupHost } from './popup.ts'

/** What a panel shows. Drawn with its host, so whatever it reads from there is the present. */
export interface PanelContent {
  readonly label: string
  render(): unknown
  /** After each update of the host. */
  shown?(panel: HTMLElement): void
}

/** A small dialog beside the button that opened it, in the top layer: focus goes in, Escape or a press elsewhere closes, focus goes back. */
export class PanelController implements ReactiveController {
  readonly #popup: Popup
  #content: PanelContent | null = null

  constructor(host: PopupHost) {
    this.#popup = new Popup(host, () => {
      this.#content = null
    })
    host.addController(this)
  }

  get isOpen(): boolean {
    return this.#content !== null
  }

  hostDisconnected(): void {
    this.#content = null
  }

  hostUpdated(): void {
    const popup = this.#popup.ref.value
    if (popup?.isConnected) this.#content?.shown?.(popup)
  }

  async open(anchor: HTMLElement, content: PanelContent): Promise<void> {
    this.#popup.hide()
    this.#content = content
    const popup = await this.#popup.show(anchor)
    if (!popup) return
    // Fields draw themselves a moment later.
    await Promise.all(
      [...popup.querySelectorAll<HTMLElement & { updateComplete?: Promise<unknown> }>('*')].map((one) => one.updateComplete),
    )
    this.#popup.place()
    const first = popup.querySelector<HTMLElement>('[data-first]') ?? popup.querySelector<HTMLElement>('button, input, select')
    first?.focus()
  }

  close(): void {
    this.#popup.hide()
  }

  render(): TemplateResult | typeof nothing {
    const content = this.#content
    if (!content) return nothing
    return html`<div
      ${ref(this.#popup.ref)}
      class="menu panel"
      part="panel"
      popover="auto"
      role="dialog"
      aria-label=${content.label}
      @toggle=${this.#popup.onToggle}
    >${content.render()}</div>`
  }
}
