import { html, nothing, type TemplateResult } from 'lit'
import type { FieldView } from '../client/types.ts'
import type { PanelContent } from '../controllers/panel.ts'
import { icon } from '../icon/icon.ts'
import type { FilterView } from './filter-view.ts'
import { classOf, inside, type Source } from './model/fields.ts'
import { leadsTo } from './model/people.ts'
import { newCondition, newRows } from './model/start.ts'
import type { Condition, Rows } from './model/tree.ts'

interface Place {
  /** Child records: what is asked of them cannot ask about children again. */
  readonly isInside: boolean
  readonly anchor: HTMLElement
}

/** References that may be followed in one path. */
const MOST_HOPS = 3

/** Nothing that people ask about. */
const unasked = new Set(['id', 'version', 'deletedAt', 'rank'])

interface Level {
  readonly source: Source
  /** Ends with a dot, or empty. */
  readonly prefix: string
  readonly name: string
}

/** Opens the choice of what a condition is about. */
export async function openPicker(view: FilterView, source: Source, place: Place, done: (part: Condition | Rows) => void): Promise<void> {
  await view.panel.open(place.anchor, new FieldPicker(view, source, place.isInside, done))
}

/** Fields of the object, fields of what it refers to, and its child records. */
class FieldPicker implements PanelContent {
  readonly #view: FilterView
  readonly #source: Source
  readonly #isInside: boolean
  readonly #done: (part: Condition | Rows) => void
  #levels: readonly Level[]
  #find = ''
  #wantsFocus = false

  constructor(view: FilterView, source: Source, isInside: boolean, done: (part: Condition | Rows) => void) {
    this.#view = view
    this.#source = source
    this.#isInside = isInside
    this.#done = done
    this.#levels = [{ source, prefix: '', name: view.host.words(source.object.label) }]
  }

  get label(): string {
    return this.#view.host.t('cond.field.choose')
  }

  shown(panel: HTMLElement): void {
    if (!this.#wantsFocus) return
    this.#wantsFocus = false
    panel.querySelector<HTMLElement>('[data-first]')?.focus()
  }

  get #level(): Level {
    return this.#levels.at(-1) as Level
  }

  render(): TemplateResult {
    const { host } = this.#view
    const label = host.t('cond.field.find')
    const onInput = (event: Event) => {
      this.#find = (event.target as HTMLInputElement).value
      host.requestUpdate()
    }
    return html`<div class="picking" @keydown=${this.#onKeydown}>
      <span class="box find-field">${icon('search')}<input class="input" type="search" data-first autocomplete="off"
        placeholder=${label} aria-label=${label} .value=${this.#find} @input=${onInput} /></span>
      ${this.#levels.length > 1 ? this.#renderBack() : nothing}${this.#renderList()}
    </div>`
  }

  #renderBack(): TemplateResult {
    const { host } = this.#view
    const name = this.#levels.at(-2)?.name ?? ''
    const back = () => this.#go(this.#levels.slice(0, -1))
    return html`<button type="button" class="menu-item back" @click=${back}>
      <span class="turned">${icon('right')}</span><span class="grow clip">${host.t('cond.field.back', { name })}</span></button>`
  }

  #renderList(): TemplateResult {
    const { host } = this.#view
    const fields = this.#fields.filter((field) => this.#matches(field))
    const plain = fields.filter((field) => field.kind !== 'children')
    const sets =
      this.#isInside || this.#source.isOwn || this.#levels.length > 1 ? [] : fields.filter((field) => isSet(field, this.#level.source))
    if (plain.length + sets.length === 0) return html`<p class="empty" part="empty">${host.t('cond.field.none')}</p>`
    return html`<ul class="picker" aria-label=${host.t('cond.field.inside', { name: this.#level.name })}>
      ${plain.map((field) => this.#renderField(field))}
      ${sets.length > 0 ? html`<li class="menu-label">${host.t('cond.field.sets')}</li>` : nothing}
      ${sets.map((field) => this.#renderSet(field))}
    </ul>`
  }

  #renderField(field: FieldView): TemplateResult {
    const name = this.#view.host.words(field.label) || field.name
    const into = this.#into(field)
    const choose = () => this.#choose(newCondition(this.#source, { is: 'field', path: this.#level.prefix + field.name }, this.#view.ids))
    return html`<li class="pair-item">
      ${classOf(field) ? html`<button type="button" class="menu-item" @click=${choose}><span class="grow clip">${name}</span></button>` : html`<span class="menu-item grow">${name}</span>`}
      ${into ? this.#renderInto(into) : nothing}
    </li>`
  }

  /** The way to the fields of what a reference leads to. */
  #renderInto(level: Level): TemplateResult {
    const label = this.#view.host.t('cond.field.inside', { name: level.name })
    return html`<button type="button" class="btn btn-ghost btn-sm btn-icon" aria-label=${label} title=${label}
      @click=${() => this.#go([...this.#levels, level])}>${icon('right')}</button>`
  }

  #renderSet(field: FieldView): TemplateResult {
    const choose = () => this.#choose(newRows(field.name, this.#view.ids))
    return html`<li><button type="button" class="menu-item" @click=${choose}>${icon('group')}<span class="grow clip">${this.#view.host.words(field.label)}</span></button></li>`
  }

  get #fields(): readonly FieldView[] {
    const fields = this.#level.source.object.fields.filter(({ name }) => !unasked.has(name))
    return [...fields.filter(({ layer }) => layer !== 'system'), ...fields.filter(({ layer }) => layer === 'system')]
  }

  #matches(field: FieldView): boolean {
    const asked = this.#find.trim().toLowerCase()
    const isOffered = classOf(field) !== null || field.kind === 'children'
    return (
      isOffered && (asked === '' || this.#view.host.words(field.label).toLowerCase().includes(asked) || field.name.toLowerCase() === asked)
    )
  }

  #into(field: FieldView): Level | null {
    const object = this.#source.objects(leadsTo(field) ?? '')
    if (!object || this.#source.isOwn || this.#levels.length > MOST_HOPS) return null
    const source = { ...this.#source, object }
    return { source, prefix: `${this.#level.prefix}${field.name}.`, name: this.#view.host.words(field.label) }
  }

  #go(levels: readonly Level[]): void {
    this.#levels = levels
    this.#find = ''
    this.#wantsFocus = true
    this.#view.host.requestUpdate()
  }

  #choose(part: Condition | Rows | null): void {
    this.#view.panel.close()
    if (part) this.#done(part)
  }

  /** Arrows walk over the list; from the search box down into it. */
  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    const list = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('input, button.menu-item')]
    const at = list.indexOf(event.target as HTMLElement)
    const next = list[at + (event.key === 'ArrowDown' ? 1 : -1)]
    event.preventDefault()
    next?.focus()
  }
}

const isSet = (field: FieldView, source: Source): boolean =>
  (field.kind === 'children' || field.kind === 'links') && inside(source, field.name) !== null
