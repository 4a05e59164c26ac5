import { html, type TemplateResult } from 'lit'
import { overlaysOf } from '../controllers/overlays.ts'
import type { PanelContent } from '../controllers/panel.ts'
import { renderButton } from '../display/button.ts'
import type { CrmList } from './list.ts'
import type { SavedView } from './saved-views.ts'

const LONGEST = 60

/** Name and sharing of a view, new or old. */
export class ViewEditor implements PanelContent {
  readonly #list: CrmList
  readonly #done: (name: string, shared: boolean) => void
  readonly #view: SavedView | null
  #name: string
  #shared: boolean

  constructor(list: CrmList, view: SavedView | null, done: (name: string, shared: boolean) => void) {
    this.#list = list
    this.#view = view
    this.#done = done
    this.#name = view?.name ?? ''
    this.#shared = view?.shared ?? false
  }

  get label(): string {
    return this.#list.t(this.#view ? 'view.rename' : 'view.save')
  }

  render(): TemplateResult {
    const list = this.#list
    const onName = (event: Event) => {
      this.#name = (event.target as HTMLInputElement).value
      list.requestUpdate()
    }
    const onShared = (event: Event) => {
      this.#shared = (event.target as HTMLInputElement).checked
    }
    return html`<form class="panel-form" @submit=${this.#onSubmit}>
      <label class="label" for="view-name">${list.t('view.name')}</label>
      <input class="input" id="view-name" data-first maxlength=${LONGEST} autocomplete="off" .value=${this.#name} @input=${onName} />
      <label class="row"><input class="switch" type="checkbox" role="switch" .checked=${this.#shared} @change=${onShared} />
        <span>${list.t('view.shared')}<br /><span class="dim xs">${list.t('view.shared.help')}</span></span></label>
      <div class="row panel-foot">
        ${renderButton({ label: list.t('cancel'), look: 'ghost sm', run: () => overlaysOf(list).panel.close() })}
        ${renderButton({ label: this.label, look: 'primary sm', submits: true, disabled: this.#name.trim() === '' })}
      </div>
    </form>`
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault()
    const name = this.#name.trim()
    if (name === '') return
    overlaysOf(this.#list).panel.close()
    this.#done(name, this.#shared)
  }
}
