import { html, type TemplateResult } from 'lit'
import type { PanelContent } from '../controllers/panel.ts'
import { renderButton } from '../display/button.ts'
import type { FilterView } from './filter-view.ts'

const LONGEST = 60

/** Name and sharing of a new segment. */
export class SegmentEditor implements PanelContent {
  readonly #view: FilterView
  #name = ''
  #shared = false

  constructor(view: FilterView) {
    this.#view = view
  }

  get label(): string {
    return this.#view.host.t('segment.save')
  }

  render(): TemplateResult {
    const { host, panel } = this.#view
    const onName = (event: Event) => {
      this.#name = (event.target as HTMLInputElement).value
      host.requestUpdate()
    }
    const onShared = (event: Event) => {
      this.#shared = (event.target as HTMLInputElement).checked
    }
    return html`<form class="panel-form" @submit=${this.#onSubmit}>
      <label class="label" for="segment-name">${host.t('segment.name')}</label>
      <input class="input" id="segment-name" data-first maxlength=${LONGEST} autocomplete="off" .value=${this.#name} @input=${onName} />
      <label class="row"><input class="switch" type="checkbox" role="switch" .checked=${this.#shared} @change=${onShared} />
        <span>${host.t('segment.shared')}<br /><span class="dim xs">${host.t('segment.shared.help')}</span></span></label>
      <div class="row panel-foot">
        ${renderButton({ label: host.t('cancel'), look: 'ghost sm', run: () => panel.close() })}
        ${renderButton({ label: this.label, look: 'primary sm', submits: true, disabled: this.#name.trim() === '' })}
      </div>
    </form>`
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault()
    const name = this.#name.trim()
    if (name === '') return
    this.#view.panel.close()
    void this.#view.saved.create(name, this.#shared)
  }
}
