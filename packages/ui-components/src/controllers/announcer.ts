import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'

/** Says things to those who do not see them. Render it once, always: a live region must exist before it speaks. */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #text = ''

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {}

  say(text: string): void {
    this.#text = text
    this.#host.requestUpdate()
  }

  render(): TemplateResult {
    return html`<div class="sr" role="status" aria-live="assertive" aria-atomic="true" data-announcer>${this.#text}</div>`
  }
}
