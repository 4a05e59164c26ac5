import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'
import { createRef, ref } from 'lit/directives/ref.js'
import { placeBeside } from './place.ts'

/** What a panel shows. Drawn with its host, so whatever it reads from there is the present. */
export interface PanelContent {
  readonly label: string
  render(): unknown
  /** After each update of the host. */
  shown?(panel: HTMLElement): void
}

type Host = ReactiveControllerHost & HTMLElement

/** A small dialog beside the button that opened it, in the top layer: focus goes in, Escape or a press elsewhere closes, focus goes back. */
export class PanelController implements ReactiveController {
  readonly #host: Host
  readonly #popup = createRef<HTMLElement>()
  #content: PanelContent | null = null
  #anchor: HTMLElement | null = null

  constructor(host: Host) {
    this.#host = host
    host.addController(this)
  }

  get isOpen(): boolean {
    return this.#content !== null
  }

  hostDisconnected(): void {
    this.#content = null
  }

  hostUpdated(): void {
    const popup = this.#popup.value
    if (popup?.isConnected) this.#content?.shown?.(popup)
  }

  async open(anchor: HTMLElement, content: PanelContent): Promise<void> {
    if (this.#popup.value?.matches(':popover-open')) this.#popup.value.hidePopover()
    this.#anchor = anchor
    this.#content = content
    this.#host.requestUpdate()
    await this.#host.updateComplete
    const popup = this.#popup.value
    if (!popup || popup.matches(':popover-open')) return
    popup.showPopover()
    placeBeside(popup, anchor)
    // Fields draw themselves a moment later.
    await Promise.all(
      [...popup.querySelectorAll<HTMLElement & { updateComplete?: Promise<unknown> }>('*')].map((one) => one.updateComplete),
    )
    placeBeside(popup, anchor)
    const first = popup.querySelector<HTMLElement>('[data-first]') ?? popup.querySelector<HTMLElement>('button, input, select')
    first?.focus()
  }

  close(): void {
    this.#popup.value?.hidePopover()
  }

  render(): TemplateResult | typeof nothing {
    const content = this.#content
    if (!content) return nothing
    return html`<div
      ${ref(this.#popup)}
      class="menu panel"
      part="panel"
      popover="auto"
      role="dialog"
      aria-label=${content.label}
      @toggle=${this.#onToggle}
    >${content.render()}</div>`
  }

  readonly #onToggle = (event: Event): void => {
    // A popover inside tells its own opening and closing.
    if (!(event instanceof ToggleEvent) || event.target !== this.#popup.value || event.newState === 'open') return
    const within = this.#host.shadowRoot?.activeElement
    if (!within || this.#popup.value?.contains(within)) this.#anchor?.focus({ preventScroll: true })
    this.#content = null
    this.#host.requestUpdate()
  }
}
