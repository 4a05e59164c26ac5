import { nothing, render } from 'lit'
import { html } from 'lit/static-html.js'
import type { RecordValues } from '../client/types.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { renderButton } from '../display/button.ts'
import { needMember } from '../element/family.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmFilter } from '../filter/filter.ts'
import type { Condition } from './condition.ts'
import type { ConditionHost } from './condition-host.ts'

/** Opens the builder of conditions over the list, for the one condition that is an expression. */
export async function openAdvanced(list: ConditionHost, anchor: HTMLElement): Promise<void> {
  const { toast } = overlaysOf(list)
  try {
    await needMember(list, 'filter')
  } catch {
    void toast.show({ text: list.t('failed.script'), icon: 'warn', urgent: true })
    return
  }
  new AdvancedFilter(list, anchor).open()
}

/** A dialog of its own beside what the list draws: it lives as long as somebody builds. */
class AdvancedFilter {
  readonly #list: ConditionHost
  readonly #anchor: HTMLElement
  readonly #dialog = document.createElement('dialog')
  #message = ''

  constructor(list: ConditionHost, anchor: HTMLElement) {
    this.#list = list
    this.#anchor = anchor
  }

  open(): void {
    const dialog = this.#dialog
    dialog.className = 'advanced'
    dialog.setAttribute('part', 'dialog')
    dialog.setAttribute('aria-label', this.#list.t('filter.advanced'))
    dialog.lang = this.#list.language
    dialog.addEventListener('close', () => this.#closed())
    this.#render()
    this.#list.renderRoot.append(dialog)
    dialog.showModal()
  }

  #closed(): void {
    this.#dialog.remove()
    this.#anchor.focus({ preventScroll: true })
  }

  get #filter(): CrmFilter | null {
    return this.#dialog.querySelector('.advanced-filter')
  }

  #render(): void {
    const list = this.#list
    const value = list.filters.find(({ is }) => is === 'where')?.value ?? { and: [] }
    const onChange = (event: Event) => {
      event.stopPropagation()
      this.#message = ''
      this.#render()
    }
    const quiet = (event: Event) => event.stopPropagation()
    const tag = tagOf(list, 'filter')
    const cancel = renderButton({ label: list.t('cancel'), look: 'ghost', run: () => this.#dialog.close() })
    const apply = renderButton({ label: list.t('filter.apply'), look: 'primary', run: () => this.#apply() })
    const given = this.#filter ? nothing : value
    render(
      html`<div>
          <${tag} class="advanced-filter" src=${list.src} object=${list.object} .locale=${list.language} .value=${given === nothing ? this.#filter?.value : given}
            preview segments @crm-change=${onChange} @crm-open=${quiet} @crm-load=${quiet}></${tag}>
        </div>
        <div class="row panel-foot advanced-foot">
          ${this.#message ? html`<p class="error grow" role="alert">${this.#message}</p>` : nothing}${cancel}${apply}
        </div>`,
      this.#dialog,
    )
  }

  /** What is not finished cannot be asked. */
  #apply(): void {
    const filter = this.#filter
    if (!filter) return
    if (!filter.checkValidity()) {
      this.#message = filter.validationMessage
      this.#render()
      return
    }
    const where = filter.value as RecordValues
    const others = this.#list.filters.filter(({ is }) => is !== 'where')
    const isEmpty = JSON.stringify(where) === '{"and":[]}'
    const condition: Condition = { field: '', is: 'where', value: where }
    this.#dialog.close()
    this.#list.setFilters(isEmpty ? others : [...others, condition])
  }
}
