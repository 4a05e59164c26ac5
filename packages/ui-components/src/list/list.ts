import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { isExpandable } from '../client/record.ts'
import type { RecordEvent } from '../client/store.ts'
import type { CrmRecord, FieldView, ObjectView, RecordValues } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { MenuController, type MenuItem } from '../controllers/menu.ts'
import { RecordDialog } from '../controllers/record-dialog.ts'
import { RecordFeed } from '../controllers/record-feed.ts'
import { RecordWatch } from '../controllers/record-watch.ts'
import { SearchBox } from '../controllers/search-box.ts'
import { ToastController } from '../controllers/toast.ts'
import { ScrollWindow } from '../controllers/window.ts'
import { renderAvatar } from '../display/avatar.ts'
import { CrmElement } from '../element/crm-element.ts'
import { optionLabel, type Reading } from '../format/value.ts'
import { renderFailure } from '../state/state-view.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { input } from '../styles/input.ts'
import { mark } from '../styles/mark.ts'
import { surface } from '../styles/surface.ts'
import { renderCards } from './cards.ts'
import { type ListColumn, listColumns } from './columns.ts'
import { type Filters, filterFields, toggled, whereOf, without } from './filters.ts'
import { listStyles } from './list.styles.ts'
import { type ListView, renderEnd, renderFilter, renderHead, renderListSkeleton, renderNone } from './parts.ts'
import { renderTable } from './table.ts'

const PAGE = 100
const ROW_HEIGHT = 38
const NARROW = 640

/**
 * The records of an object: sorted, searched, filtered and paged by the server, drawn only where they are in view.
 *
 * @slot title - Instead of the object's name.
 * @slot actions - Beside the button for a new record.
 * @event crm-load - The first page is there; `detail: { object, total }`.
 * @event crm-open - A record was activated, or a new one asked for (`id: null`); `detail: { object, id, record }`. Cancelable.
 * @event crm-error - The records could not be read; `detail: { error }`.
 * @event crm-saved - From the form in the dialog.
 * @csspart table-wrap - What scrolls.
 * @csspart table - The table.
 * @csspart row - A row.
 * @csspart cards - The records in a narrow place.
 * @csspart card - One of them.
 * @csspart search - The search box.
 * @csspart filter - A quick filter.
 * @csspart menu - The list of a filter's values.
 * @csspart dialog - The dialog with a form.
 * @csspart empty - The sentence in an empty place.
 * @csspart badge - A choice's word.
 * @csspart tier - A value tier's letter.
 * @csspart level - A milestone level.
 * @csspart grade - A lead's grade.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmList extends CrmElement {
  static override styles = [base, button, input, mark, surface, listStyles]

  static override properties: PropertyDeclarations = {
    columns: { converter: (text: string | null) => text?.split(',').map((name) => name.trim()) ?? [] },
    openIn: { attribute: 'open-in' },
    where: { type: Object },
    sort: {},
    filters: { state: true },
    narrow: { state: true },
    active: { state: true },
  }

  /** Field names, comma-separated; the definition's unless set. */
  declare columns: readonly string[]
  /** `dialog`: an activated record opens in a form over the list. Otherwise only `crm-open` tells. */
  declare openIn: string | null
  /** A condition of the host's, in the simple form. */
  declare where: RecordValues | null
  /** Field to sort by, `-` in front for descending. */
  declare sort: string

  declare filters: Filters
  declare narrow: boolean
  /** The row that the Tab key reaches. */
  declare active: number

  #object: ObjectView | null = null
  #shown: readonly ListColumn[] = []
  #announced = false
  readonly #load = new LoadController(this)
  readonly #feed = new RecordFeed(this)
  readonly #window = new ScrollWindow(ROW_HEIGHT)
  readonly #menu = new MenuController(this)
  readonly #toast = new ToastController(this, () => this.t('close'))
  readonly #dialog = new RecordDialog(this, this.#toast, () => this.#object)
  readonly #search = new SearchBox(this, () => this.#read())
  readonly #resize = new ResizeObserver(([entry]) => this.#onResize(entry?.contentRect.width ?? 0))

  constructor() {
    super()
    new RecordWatch(this, (event) => this.#onRecordEvent(event))
    this.columns = []
    this.openIn = null
    this.where = null
    this.sort = '-updatedAt'
    this.filters = new Map()
    this.narrow = false
    this.active = 0
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#resize.observe(this)
    if (this.hasUpdated) void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#resize.disconnect()
    this.#feed.abort()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') || changed.has('object')) void this.load()
    else if (this.#object && (changed.has('where') || changed.has('sort') || changed.has('filters') || changed.has('columns')))
      void this.#read()
  }

  override updated(): void {
    const scroller = this.#scroller
    if (!scroller) return
    const measured = this.#window.measured(scroller.querySelector('[data-row]'))
    if (this.#window.moved(scroller, this.#feed.ids.length) || measured) this.requestUpdate()
    this.#readMore()
  }

  /** Reads definition and records again. */
  async load(): Promise<void> {
    const { object, session } = this
    if (!object) return
    await this.#load.run(async (signal) => {
      const [definition, me] = await Promise.all([session.object(object), session.me().catch(() => null)])
      if (signal.aborted) return
      if (me) session.keepPeople([{ id: me.identity.id, name: me.identity.name ?? me.identity.id }])
      this.#object = definition
      this.#announced = false
    })
    if (this.#load.state === 'ready') await this.#read()
    else if (this.#load.error) this.emit('crm-error', { error: this.#load.error })
  }

  /** Opens a record as if its row had been pressed. */
  activate(id: string): void {
    const record = this.session.store.get(this.object, id)
    if (!this.emit('crm-open', { object: this.object, id, record }, true)) return
    if (this.openIn === 'dialog') void this.#dialog.open({ id, mode: 'read' })
  }

  /** Opens the form for a new record. */
  create(): void {
    if (this.emit('crm-open', { object: this.object, id: null, record: null }, true)) void this.#dialog.open({ id: null })
  }

  /** For parts: a press on a column's head. */
  sortBy(field: FieldView): void {
    const first =
      field.kind === 'text' || field.kind === 'choice' || field.kind === 'user' || field.kind === 'reference'
        ? field.name
        : `-${field.name}`
    const other = first === field.name ? `-${field.name}` : field.name
    this.sort = this.sort === first ? other : first
    this.#toTop()
  }

  /** For parts: the values of a quick filter, as a menu. */
  async openFilter(field: FieldView, anchor: HTMLElement): Promise<void> {
    const people = field.kind === 'user' ? await this.#people() : []
    const options =
      field.kind === 'user'
        ? people
        : (field.options ?? []).map(({ value }) => ({ id: value, name: optionLabel(field, value, this.language) }))
    const items = (): MenuItem[] =>
      options.map(({ id, name }) => ({
        label: name,
        mark: field.kind === 'user' ? renderAvatar(id, name, true) : undefined,
        checked: this.filters.get(field.name)?.includes(id) ?? false,
        run: () => this.#filter(toggled(this.filters, field.name, id)),
      }))
    await this.#menu.open(anchor, this.words(field.label), items, true)
  }

  /** Is there a search or a filter? */
  get isNarrowedDown(): boolean {
    return this.#search.text !== '' || this.filters.size > 0
  }

  clearAll(): void {
    this.filters = new Map()
    this.#search.clear()
  }

  clearFilter(name: string): void {
    this.#filter(without(this.filters, name))
  }

  reading(record: CrmRecord | null): Reading {
    return { locale: this.language, now: this.session.now(), record }
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroller')
  }

  async #read(): Promise<void> {
    const object = this.#object
    if (!object) return
    this.#shown = listColumns(object, this.columns)
    const fields = this.#shown.map((column) => column.field)
    await this.#feed.load(object.name, {
      where: whereOf(object, this.filters, this.where),
      search: this.#search.text.trim(),
      sort: this.sort ? [this.sort] : [],
      limit: PAGE,
      fields: fields.map((field) => field.name),
      expand: fields.filter(isExpandable).map((field) => field.name),
      count: true,
    })
    if (this.#feed.error) this.emit('crm-error', { error: this.#feed.error })
    else if (!this.#announced && this.#feed.state === 'ready') {
      this.#announced = true
      this.emit('crm-load', { object: object.name, total: this.#feed.total })
    }
  }

  #readMore(): void {
    if (this.#feed.hasMore && this.#window.nearEnd(this.#feed.ids.length)) void this.#feed.more()
  }

  #filter(filters: Filters): void {
    this.filters = filters
    this.#toTop()
  }

  #toTop(): void {
    this.active = 0
    this.#scroller?.scrollTo({ top: 0 })
  }

  async #people(): Promise<readonly { id: string; name: string }[]> {
    const [me, people] = await Promise.all([this.session.me().catch(() => null), this.session.client.people({ limit: 50 }).catch(() => [])])
    this.session.keepPeople(people)
    const own = me?.identity.id
    return [...people].sort((a, b) => Number(b.id === own) - Number(a.id === own))
  }

  #onRecordEvent({ object, id, before, after }: RecordEvent): void {
    if (object !== this.object) return
    const known = this.#feed.ids.includes(id)
    const { total } = this.#feed
    if (!after && known) this.#feed.total = total === null ? null : total - 1
    if (!after) this.#feed.remove(id)
    if (after && !before && !known) {
      this.#feed.insert(id, 0)
      this.#feed.total = total === null ? null : total + 1
    }
    this.requestUpdate()
  }

  #onResize(width: number): void {
    this.narrow = width > 0 && width < NARROW
    this.requestUpdate()
  }

  #onScroll(): void {
    const scroller = this.#scroller
    if (scroller && this.#window.moved(scroller, this.#feed.ids.length)) this.requestUpdate()
    this.#readMore()
  }

  #onKeydown(event: KeyboardEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-row]')
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!row || step === undefined) return
    event.preventDefault()
    const next = Math.min(Math.max(0, Number(row.dataset.row) + step), this.#feed.ids.length - 1)
    void this.#focusRow(next)
  }

  async #focusRow(index: number): Promise<void> {
    this.active = index
    const top = this.#window.topFor(index)
    if (top !== null) this.#scroller?.scrollTo({ top })
    this.#onScroll()
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`[data-row="${index}"] .open`)?.focus({ preventScroll: true })
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>
      ${this.#renderBody()}${this.#menu.render()}${this.#dialog.render()}${this.#toast.render()}
    </div>`
  }

  #renderBody(): TemplateResult {
    const object = this.#object
    const { error } = this.#load
    if (error) return renderFailure(this, error, () => this.load())
    if (!object) return renderListSkeleton(this)
    const filters = filterFields(
      object,
      this.#shown.map((column) => column.field.name),
    )
    return html`${renderHead(this, object, this.#feed.total)}
      <div class="toolbar">
        ${this.#search.render(this.t('search'))}
        <div class="row row-6 scroll-x">${filters.map((field) => renderFilter(this, field))}</div>
      </div>
      <div
        class="scroller"
        part="table-wrap"
        role="region"
        tabindex="0"
        aria-label=${this.words(object.pluralLabel)}
        @scroll=${this.#onScroll}
        @keydown=${this.#onKeydown}
      >${this.#renderRows(object)}</div>`
  }

  #renderRows(object: ObjectView): TemplateResult {
    const { ids, state, error, total } = this.#feed
    if (state === 'failed' && error && ids.length === 0) {
      return html`<div class="fill">${renderFailure(this, error, () => this.#feed.retry())}</div>`
    }
    if (ids.length === 0) return state === 'ready' ? renderNone(this, object) : renderListSkeleton(this)
    const range = this.#window.range(ids.length)
    const active = this.active >= range.start && this.active < range.end ? this.active : range.start
    const view: ListView = { object, columns: this.#shown, ids, range, step: this.#window.step, total: total ?? ids.length, active }
    const rows = this.narrow ? renderCards(this, view, state === 'loading') : renderTable(this, view, state === 'loading')
    return html`${rows}${renderEnd(this, this.#feed)}`
  }
}
