import type { ReactiveControllerHost } from 'lit'
import { createRef, type Ref } from 'lit/directives/ref.js'
import { placeBeside } from './place.ts'

/** An element whose shadow root shows a popover. */
export type PopupHost = ReactiveControllerHost & HTMLElement

/** A popover in the top layer beside the element that opened it: shown, placed, and with the focus given back when it goes. */
export class Popup {
  readonly ref: Ref<HTMLElement> = createRef()
  readonly #host: PopupHost
  readonly #onClosed: () => void
  #anchor: HTMLElement | null = null

  /** `onClosed`: whoever draws the popover need not draw it any more. */
  constructor(host: PopupHost, onClosed: () => void) {
    this.#host = host
    this.#onClosed = onClosed
  }

  /** Shows what the host now draws; null when it is open already, or was not drawn. */
  async show(anchor: HTMLElement): Promise<HTMLElement | null> {
    this.#anchor = anchor
    this.#host.requestUpdate()
    await this.#host.updateComplete
    const popup = this.ref.value
    if (!popup || popup.matches(':popover-open')) return null
    popup.showPopover()
    this.place()
    return popup
  }

  place(): void {
    if (this.ref.value && this.#anchor) placeBeside(this.ref.value, this.#anchor)
  }

  hide(): void {
    if (this.ref.value?.matches(':popover-open')) this.ref.value.hidePopover()
  }

  readonly onToggle = (event: Event): void => {
    const popup = this.ref.value
    // A popover inside tells its own opening and closing.
    if (!(event instanceof ToggleEvent) || event.target !== popup || event.newState === 'open') return
    const focused = this.#host.shadowRoot?.activeElement
    // Light dismiss by a click elsewhere must not pull the focus back here.
    if (!focused || popup?.contains(focused)) this.#anchor?.focus({ preventScroll: true })
    this.#onClosed()
    this.#host.requestUpdate()
  }
}
