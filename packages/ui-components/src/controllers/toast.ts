import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'
import { createRef, ref } from 'lit/directives/ref.js'
import { type IconName, icon } from '../icon/icon.ts'

/** How long an Undo stays. */
export const UNDO_SECONDS = 10

/** What a toast says and offers. */
export interface Toast {
  readonly text: string
  readonly icon?: IconName
  /** Said at once, for what did not work. */
  readonly urgent?: boolean
  readonly action?: { readonly label: string; run(): void; readonly countdown?: boolean }
  readonly seconds?: number
}

type Host = ReactiveControllerHost & HTMLElement

/** One sentence at a time at the foot of the window, in the top layer; the clock stands still while it is hovered or focused. */
export class ToastController implements ReactiveController {
  readonly #host: Host
  readonly #closeLabel: () => string
  readonly #popup = createRef<HTMLElement>()
  #toast: Toast | null = null
  #left = 0
  #held = false
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(host: Host, closeLabel: () => string) {
    this.#host = host
    this.#closeLabel = closeLabel
    host.addController(this)
  }

  hostDisconnected(): void {
    this.close()
  }

  async show(toast: Toast): Promise<void> {
    clearInterval(this.#timer)
    this.#toast = toast
    this.#left = toast.seconds ?? UNDO_SECONDS
    this.#held = false
    this.#timer = setInterval(() => this.#tick(), 1000)
    this.#host.requestUpdate()
    await this.#host.updateComplete
    const popup = this.#popup.value
    if (!popup?.isConnected) return
    // Shown anew each time, so that it stands above a dialog opened in between.
    if (popup.matches(':popover-open')) popup.hidePopover()
    popup.showPopover()
  }

  close(): void {
    clearInterval(this.#timer)
    this.#toast = null
    if (this.#popup.value?.matches(':popover-open')) this.#popup.value.hidePopover()
    this.#host.requestUpdate()
  }

  render(): TemplateResult {
    return html`<div
      ${ref(this.#popup)}
      class="toast"
      part="toast"
      popover="manual"
      @pointerenter=${this.#hold}
      @pointerleave=${this.#release}
      @focusin=${this.#hold}
      @focusout=${this.#release}
    >${this.#toast ? this.#renderBody(this.#toast) : nothing}</div>`
  }

  #renderBody({ text, icon: name, urgent, action }: Toast): TemplateResult {
    const left = action?.countdown ? html`&nbsp;<span aria-hidden="true" data-left .textContent=${String(this.#left)}></span>` : nothing
    const act = html`<button type="button" class="act" part="button" @click=${this.#act}>${action?.label}${left}</button>`
    return html`${icon(name ?? 'check')}<span class="grow" role=${urgent ? 'alert' : 'status'}>${text}</span>
      ${action ? act : nothing}
      <button type="button" class="x" aria-label=${this.#closeLabel()} @click=${() => this.close()}>${icon('close')}</button>`
  }

  #tick(): void {
    if (this.#held) return
    this.#left -= 1
    if (this.#left <= 0) this.close()
    const left = this.#popup.value?.querySelector('[data-left]')
    // Only this number: whoever shows the toast need not be drawn anew every second.
    if (left) left.textContent = String(this.#left)
  }

  readonly #act = (): void => {
    const action = this.#toast?.action
    this.close()
    action?.run()
  }

  readonly #hold = (): void => {
    this.#held = true
  }

  readonly #release = (): void => {
    this.#held = false
  }
}
