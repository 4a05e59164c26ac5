import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { FieldView, ObjectView } from '../client/types.ts'
import type { PanelContent } from '../controllers/panel.ts'
import { renderButton } from '../display/button.ts'
import { isTold, ownFirst } from './field-order.ts'
import type { CrmList } from './list.ts'

/** Which columns are shown, and in which order: the shown ones first, each with its way up and down. */
export class ColumnChooser implements PanelContent {
  readonly #list: CrmList
  readonly #object: ObjectView

  constructor(list: CrmList, object: ObjectView) {
    this.#list = list
    this.#object = object
  }

  get label(): string {
    return this.#list.t('columns.title')
  }

  render(): TemplateResult {
    const list = this.#list
    const shown = list.shownColumns
    const possible = possibleColumns(this.#object)
    const chosen = shown.map((name) => possible.find((field) => field.name === name)).filter((field) => field !== undefined)
    const rest = possible.filter((field) => !shown.includes(field.name))
    const rows = repeat(
      [...chosen, ...rest],
      (field) => field.name,
      (field) => this.#renderRow(field, shown),
    )
    return html`<p class="menu-label">${this.label}</p>
      <ul class="picker">${rows}</ul>
      <div class="row panel-foot">
        ${renderButton({ label: list.t('columns.reset'), look: 'ghost sm', run: () => list.change({ columns: [], widths: {} }) })}
      </div>`
  }

  #renderRow(field: FieldView, shown: readonly string[]): TemplateResult {
    const list = this.#list
    const name = list.words(field.label)
    const at = shown.indexOf(field.name)
    const isName = field.name === this.#object.nameField
    const move = (step: number) => list.change({ columns: swapped(shown, at, at + step) })
    return html`<li class="row column-row">
      <label class="menu-item grow">
        <input
          class="check" type="checkbox" .checked=${at >= 0} ?disabled=${isName}
          @change=${() => list.change({ columns: at >= 0 ? shown.filter((one) => one !== field.name) : [...shown, field.name] })}
        /><span class="clip">${name}</span>
      </label>
      ${at < 1 ? nothing : renderButton({ label: list.t('columns.up', { name }), icon: 'arrow-up', look: 'ghost sm', bare: true, disabled: at < 2, run: () => move(-1) })}
      ${renderButton({ label: list.t('columns.down', { name }), icon: 'arrow-down', look: 'ghost sm', bare: true, disabled: at < 1 || at === shown.length - 1, run: () => move(1) })}
    </li>`
  }
}

/** Fields that can be columns, by what people call them. */
function possibleColumns({ fields }: ObjectView): readonly FieldView[] {
  return ownFirst(fields).filter((field) => isTold(field) && field.kind !== 'children' && field.kind !== 'file')
}

function swapped(names: readonly string[], a: number, b: number): readonly string[] {
  return names.map((name, index) => (index === a ? (names[b] ?? name) : index === b ? (names[a] ?? name) : name))
}
