import { html, nothing, type TemplateResult } from 'lit'
import { html as staticHtml } from 'lit/static-html.js'
import { fieldOf, isBlank } from '../client/record.ts'
import type { FieldView, ObjectView } from '../client/types.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import type { PanelContent } from '../controllers/panel.ts'
import { renderAvatar } from '../display/avatar.ts'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmField } from '../field/field.ts'
import { asList } from '../format/option.ts'
import { icon } from '../icon/icon.ts'
import { type Comparison, type Condition, comparisonsOf, isComplete, ME } from './condition.ts'
import type { ConditionHost } from './condition-host.ts'
import { comparisonKey } from './describe.ts'
import { isTold, ownFirst } from './field-order.ts'
import { isPeriod, periods } from './period.ts'

interface Choice {
  readonly id: string
  readonly name: string
}

/** Builds or changes one condition: which field, how it is compared, with what. */
export class FilterEditor implements PanelContent {
  readonly #list: ConditionHost
  readonly #object: ObjectView
  readonly #people: readonly Choice[]
  readonly #done: (condition: Condition) => void
  readonly #advanced: () => void
  #draft: Condition | null
  #find = ''

  /** `people` is asked for beforehand, so that the panel has its final height at once. */
  constructor(
    list: ConditionHost,
    object: ObjectView,
    people: readonly Choice[],
    condition: Condition | null,
    done: (condition: Condition) => void,
    advanced: () => void,
  ) {
    this.#list = list
    this.#object = object
    this.#people = people
    this.#draft = condition
    this.#done = done
    this.#advanced = advanced
  }

  get label(): string {
    return this.#list.t('filter.title')
  }

  render(): TemplateResult {
    const field = this.#draft && fieldOf(this.#object, this.#draft.field)
    return field && this.#draft ? this.#renderCondition(field, this.#draft) : this.#renderFields()
  }

  #renderFields(): TemplateResult {
    const list = this.#list
    const fields = this.#found
    const label = list.t('filter.find')
    const onInput = (event: Event) => {
      this.#find = (event.target as HTMLInputElement).value
      list.requestUpdate()
    }
    return html`<span class="box find-field">${icon('search')}<input
        class="input" type="search" data-first autocomplete="off" placeholder=${label} aria-label=${label} .value=${this.#find} @input=${onInput} @keydown=${this.#onFindKey}
      /></span>
      <ul class="picker" aria-label=${list.t('filter.field')}>
        ${fields.map(
          (field) =>
            html`<li><button type="button" class="menu-item" @click=${() => this.#choose(field)}>${list.words(field.label)}</button></li>`,
        )}
      </ul>
      ${renderButton({ label: list.t('filter.advanced.open'), icon: 'group', look: 'ghost sm', opens: 'dialog', run: () => this.#openAdvanced() })}`
  }

  get #found(): readonly FieldView[] {
    const asked = this.#find.trim().toLowerCase()
    return ownFirst(this.#object.fields).filter(
      (field) => isTold(field) && comparisonsOf(field).length > 0 && this.#list.words(field.label).toLowerCase().includes(asked),
    )
  }

  /** Enter takes the first that was found, Arrow down goes to the list. */
  readonly #onFindKey = (event: KeyboardEvent): void => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    const [first] = this.#found
    if (event.key === 'Enter' && first && this.#find.trim() !== '') this.#choose(first)
    if (event.key === 'ArrowDown') this.#list.renderRoot.querySelector<HTMLElement>('.panel .picker .menu-item')?.focus()
  }

  #openAdvanced(): void {
    overlaysOf(this.#list).panel.close()
    this.#advanced()
  }

  #renderCondition(field: FieldView, draft: Condition): TemplateResult {
    const list = this.#list
    const onIs = (event: Event) => this.#compare(field, (event.target as HTMLSelectElement).value as Comparison)
    const option = (is: Comparison) => html`<option value=${is} ?selected=${is === draft.is}>${list.t(comparisonKey(field, is))}</option>`
    return html`<form class="panel-form" novalidate @submit=${this.#onSubmit} @crm-change=${(event: Event) => event.stopPropagation()}>
      <label class="label" for="filter-is">${list.words(field.label)}</label>
      <select class="select" id="filter-is" aria-label=${list.t('filter.is')} @change=${onIs}>${comparisonsOf(field).map(option)}</select>
      ${this.#renderValue(field, draft)}
      <div class="row panel-foot">
        ${renderButton({ label: list.t('cancel'), look: 'ghost sm', run: () => overlaysOf(list).panel.close() })}
        ${renderButton({ label: list.t('filter.apply'), look: 'primary sm', submits: true, disabled: !isComplete(draft) })}
      </div>
    </form>`
  }

  #renderValue(field: FieldView, { is, value }: Condition): TemplateResult | typeof nothing {
    if (is === 'empty' || is === 'filled') return nothing
    if (is === 'period') return this.#renderPeriods(value)
    if (field.kind === 'boolean') return this.#renderYesNo(value)
    if (field.kind === 'user') return this.#renderPeople(asList(value))
    if (is !== 'between') return this.#renderField(shaped(field, is), value, 'filter.value', (next, names) => this.#set(next, names))
    const [from, to] = Array.isArray(value) ? (value as readonly unknown[]) : []
    return html`<div class="pair">
      ${this.#renderField(shaped(field, is), from, 'filter.from', (next) => this.#set([next, to]))}
      ${this.#renderField(shaped(field, is), to, 'filter.to', (next) => this.#set([from, next]))}
    </div>`
  }

  #renderField(
    field: FieldView,
    value: unknown,
    label: 'filter.value' | 'filter.from' | 'filter.to',
    set: (value: unknown, names?: Readonly<Record<string, string>>) => void,
  ): TemplateResult {
    const list = this.#list
    const words = list.t(label)
    const shown = { ...field, label: { 'zh-CN': words, en: words } }
    const onChange = (event: Event) => {
      event.stopPropagation()
      const control = event.currentTarget as CrmField
      set(control.value, field.kind === 'links' ? namesIn(control) : undefined)
    }
    const related = (this.#draft?.names ?? {}) as Readonly<Record<string, string>>
    const record = { id: '', version: 0, related: { [field.name]: asList(value).map((id) => ({ id, name: related[id] ?? id })) } }
    const tag = tagOf(list, 'field')
    return staticHtml`<${tag}
      data-first src=${list.src} .locale=${list.language} .field=${shown} .value=${value ?? null} .record=${record} @crm-change=${onChange}
    ></${tag}>`
  }

  #renderPeriods(value: unknown): TemplateResult {
    const list = this.#list
    const onChange = (event: Event) => this.#set((event.target as HTMLSelectElement).value || null)
    return html`<select class="select" data-first aria-label=${list.t('filter.value')} @change=${onChange}>
      ${isPeriod(value) ? nothing : html`<option value="">${list.t('choose')}</option>`}
      ${periods.map((one) => html`<option value=${one} ?selected=${one === value}>${list.t(`period.${one}`)}</option>`)}
    </select>`
  }

  #renderYesNo(value: unknown): TemplateResult {
    const list = this.#list
    const choice = (is: boolean) => html`<label>
      <input type="radio" name="yes-no" .checked=${value === is} @change=${() => this.#set(is)} /><span>${list.t(is ? 'yes' : 'no')}</span>
    </label>`
    return html`<span class="seg" role="radiogroup" aria-label=${list.t('filter.value')}>${choice(true)}${choice(false)}</span>`
  }

  #renderPeople(chosen: readonly string[]): TemplateResult {
    const list = this.#list
    const everyone = [{ id: ME, name: list.t('filter.me') }, ...this.#people]
    const toggle = (id: string) => this.#set(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
    const person = ({ id, name }: Choice) => html`<label class="menu-item">
      <input class="check" type="checkbox" .checked=${chosen.includes(id)} @change=${() => toggle(id)} />
      ${id === ME ? nothing : renderAvatar(id, name, true)}<span class="grow clip">${name}</span>
    </label>`
    return html`<div class="picker" role="group" aria-label=${list.t('filter.value')}>${everyone.map(person)}</div>`
  }

  #choose(field: FieldView): void {
    const [is = 'eq'] = comparisonsOf(field)
    this.#draft = { field: field.name, is }
    this.#list.requestUpdate()
    void this.#focusValue()
  }

  async #focusValue(): Promise<void> {
    await this.#list.updateComplete
    const first = this.#list.renderRoot.querySelector<HTMLElement & { updateComplete?: Promise<unknown> }>('.panel-form [data-first]')
    // A field draws itself a moment later.
    await first?.updateComplete
    first?.focus()
  }

  /** A value that fits the next comparison too is kept. */
  #compare(field: FieldView, is: Comparison): void {
    const { value, names } = this.#draft ?? {}
    const fits = shaped(field, is).kind === shaped(field, this.#draft?.is ?? is).kind && (is === 'between') === Array.isArray(value)
    this.#draft = { field: field.name, is, ...(fits || isList(is) ? { value, names } : {}) }
    this.#list.requestUpdate()
  }

  #set(value: unknown, names?: Readonly<Record<string, string>>): void {
    if (!this.#draft) return
    this.#draft = { ...this.#draft, value, ...(names && { names }) }
    this.#list.requestUpdate()
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault()
    if (!this.#draft || !isComplete(this.#draft)) return
    const done = this.#draft
    overlaysOf(this.#list).panel.close()
    this.#done(done)
  }
}

const isList = (is: Comparison): boolean => ['in', 'notIn', 'hasAny', 'hasAll', 'hasNone'].includes(is)

/** The field as its value is entered here: several at once for lists, parts of numbers and addresses as text, and nothing required. */
function shaped(field: FieldView, is: Comparison): FieldView {
  const { name, label, options, to, scale } = field
  const kind = isList(is) && field.kind === 'choice' ? 'multiChoice' : isList(is) && field.kind === 'reference' ? 'links' : field.kind
  const isText = is === 'contains' || is === 'startsWith' || kind === 'phone' || kind === 'email' || kind === 'url'
  return { name, label, options, to, scale, kind: isText ? 'text' : kind }
}

function namesIn(control: CrmField): Readonly<Record<string, string>> {
  const { value } = control
  return isBlank(value) ? {} : Object.fromEntries(asList(value).map((id) => [id, control.nameOf(id)]))
}
