import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { RecordEvent } from '../client/store.ts'
import type { CrmRecord, FieldView, ObjectView, RecordValues } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { RecordWatch } from '../controllers/record-watch.ts'
import { SearchBox } from '../controllers/search-box.ts'
import { CrmElement } from '../element/crm-element.ts'
import type { Reading } from '../format/value.ts'
import type { Figures } from '../group/figures.ts'
import { renderFailure } from '../state/state-view.ts'
import { base } from '../styles/base.ts'
import { box } from '../styles/box.ts'
import { button } from '../styles/button.ts'
import { check } from '../styles/check.ts'
import { mark } from '../styles/mark.ts'
import { recordLook } from '../styles/record-look.ts'
import { scale } from '../styles/scale.ts'
import { surface } from '../styles/surface.ts'
import { toolbar } from '../styles/toolbar.ts'
import { widthLimits } from './columns.ts'
import type { Condition } from './condition.ts'
import { isEditable } from './editable.ts'
import { LaterParts } from './later-parts.ts'
import { listStyles } from './list.styles.ts'
import { ListData } from './list-data.ts'
import { type ListView, renderEnd, renderHead, renderListSkeleton, renderNone, renderToolbar } from './parts.ts'
import { RowReach } from './row-reach.ts'
import type { ListRows } from './rows.ts'
import { renderTable } from './table.ts'
import type { ListSettings } from './view-settings.ts'
import { listWords } from './words.ts'

const NARROW = 640

/**
 * The records of an object: sorted, searched, filtered, grouped and paged by the server, drawn only where they are in view, edited in
 * place, chosen across pages and changed together, arranged in views that are kept per person.
 *
 * @slot title - Instead of the object's name.
 * @slot actions - Beside the button for a new record.
 * @slot empty - Instead of what is said when there are no records at all.
 * @event crm-load - The first page is there; `detail: { object, total }`.
 * @event crm-open - A record was activated, or a new one asked for (`id: null`); `detail: { object, id, record }`. Cancelable.
 * @event crm-view-change - The reader arranges the list anew; `detail: { object, settings }`. Cancelable: then the host sets the properties.
 * @event crm-select - Other records are chosen; `detail: { object, all, ids, count }`, `ids` being those left out when `all`.
 * @event crm-submit - A cell is about to be saved; `detail: { object, id, values }`. Cancelable.
 * @event crm-saved - From a cell, or from the form in the dialog.
 * @event crm-bulk - Many records were changed or deleted together; `detail: { object, operation, ids }`.
 * @event crm-error - Something was refused; `detail: { error }`.
 * @csspart views - The saved views.
 * @csspart view - One of them.
 * @csspart table-wrap - What scrolls.
 * @csspart table - The table.
 * @csspart column-header - The head of a column.
 * @csspart column-width - Its edge.
 * @csspart row - A row.
 * @csspart group - The head of a group.
 * @csspart totals - The sums over everything that matches.
 * @csspart cell-editor - The field in a cell that is edited.
 * @csspart conflict - Both values of a cell that two people changed.
 * @csspart cards - The records in a narrow place.
 * @csspart card - One of them.
 * @csspart search - The search box.
 * @csspart filter - A condition, or a quick way to one.
 * @csspart menu - A menu.
 * @csspart panel - A small dialog beside a button.
 * @csspart bulk-bar - What can be done to the chosen records.
 * @csspart bulk-preview - What it would change.
 * @csspart dialog - The dialog with a form.
 * @csspart empty - The sentence in an empty place.
 * @csspart error - Why something cannot be done.
 * @csspart badge - A choice's word.
 * @csspart tier - A value tier's letter.
 * @csspart level - A milestone level.
 * @csspart grade - A lead's grade.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmList extends CrmElement {
  static override words = listWords
  static override look = recordLook
  static override styles = [base, button, box, check, mark, scale, surface, toolbar, listStyles]

  static override properties: PropertyDeclarations = {
    columns: { converter: (text: string | null) => text?.split(',').map((name) => name.trim()) ?? [] },
    openIn: { attribute: 'open-in' },
    where: { type: Object },
    sort: {},
    groupBy: { attribute: 'group-by' },
    filters: { attribute: false },
    widths: { attribute: false },
    view: {},
    fixed: { type: Boolean },
    narrow: { state: true },
    active: { state: true },
  }

  /** Field names, comma-separated; the definition's unless set. */
  declare columns: readonly string[]
  /** An activated record opens in a form over the list, unless `crm-open` is cancelled; `none`: only `crm-open` tells. */
  declare openIn: string | null
  /** A condition of the host's, in the simple form. */
  declare where: RecordValues | null
  /** Field to sort by, `-` in front for descending. */
  declare sort: string
  /** Field to group by. */
  declare groupBy: string | null
  /** The reader's conditions. */
  declare filters: readonly Condition[]
  /** Pixels by field, where a column has another width than its own. */
  declare widths: Readonly<Record<string, number>>
  /** Id of the saved view in use; null = the list as it comes. */
  declare view: string | null
  /** For reading only: nothing is chosen, edited in place or changed together. */
  declare fixed: boolean

  declare narrow: boolean
  /** The line that the Tab key reaches. */
  declare active: number

  readonly data = new ListData(this)
  readonly parts = new LaterParts(this)
  readonly reach = new RowReach(this)
  #usedView: string | null = null
  #me: string | null = null
  /** For parts: pixels from edge to edge. */
  room = 0
  #announced = false
  readonly #load = new LoadController(this)
  readonly #search = new SearchBox(this, () => this.#narrowed())
  readonly #resize = new ResizeObserver(([entry]) => this.#onResize(entry?.contentRect.width ?? 0))

  constructor() {
    super()
    const follow = (event: RecordEvent): void => {
      if (event.object !== this.object) return
      this.data.follow(event)
      this.requestUpdate()
    }
    new RecordWatch(this, follow, { asked: () => this.data.narrowing, recount: () => void this.data.recount() })
    this.columns = []
    this.openIn = null
    this.where = null
    this.sort = '-updatedAt'
    this.groupBy = null
    this.filters = []
    this.widths = {}
    this.view = null
    this.fixed = false
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
    this.data.abort()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const names: readonly (keyof CrmList)[] = ['where', 'sort', 'filters', 'columns', 'groupBy']
    this.parts.need()
    if (changed.has('src') || changed.has('object')) void this.load()
    else if (this.data.object && changed.has('view') && this.view !== this.#usedView) this.#showView(this.view)
    else if (this.data.object && names.some((name) => changed.has(name))) void this.#read(changed.has('where') || changed.has('filters'))
    else if (changed.has('widths')) this.data.arrange(this.settings)
  }

  override updated(): void {
    this.reach.drawn()
  }

  /** Reads definition, views and records again. */
  async load(): Promise<void> {
    const { object, session } = this
    if (!object) return
    const drawn = this.data.object ? null : this.calm()
    await this.#load.run(async (signal) => {
      const [definition, me] = await Promise.all([session.object(object), session.me().catch(() => null)])
      if (signal.aborted) return
      if (me) session.keepPeople([{ id: me.identity.id, name: me.identity.name ?? me.identity.id }])
      this.#me = me?.identity.id ?? null
      this.data.begin(definition, this.#me)
      this.parts.views = null
      this.#announced = false
    })
    if (this.#load.state !== 'ready') {
      drawn?.()
      if (this.#load.error) this.emit('crm-error', { error: this.#load.error })
      return
    }
    const initial = this.settings
    const reading = this.view === null ? this.#read(true) : null
    void reading?.then(drawn)
    if (this.fixed || this.#me === null) this.adopt(null)
    else await this.parts.loadViews(initial, this.#me)
    if (!reading) this.#showView(this.view)
    this.requestUpdate()
    await reading
  }

  /** Reads the records again, as they are arranged. */
  async refresh(): Promise<void> {
    await this.#read(false)
  }

  /** How the reader has arranged the list. */
  get settings(): ListSettings {
    const { columns, widths, sort, groupBy, filters: conditions } = this
    return { columns, widths, sort, groupBy, conditions }
  }

  /** Arranges the list anew, unless the host has vetoed it. */
  change(settings: Partial<ListSettings>): void {
    const next = { ...this.settings, ...settings }
    if (!this.emit('crm-view-change', { object: this.object, settings: next }, true)) return
    this.columns = next.columns
    this.widths = next.widths
    this.sort = next.sort
    this.groupBy = next.groupBy
    this.filters = next.conditions
  }

  /** Opens a record as if its row had been pressed. */
  activate(id: string): true {
    const record = this.session.store.get(this.object, id)
    const isAllowed = this.emit('crm-open', { object: this.object, id, record }, true)
    if (isAllowed && this.openIn !== 'none') this.parts.openForm({ id, mode: 'read' })
    return true
  }

  /** Opens the form for a new record. */
  create(): void {
    if (this.emit('crm-open', { object: this.object, id: null, record: null }, true)) this.parts.openForm({ id: null })
  }

  /** Begins to edit a cell; false when it cannot be. */
  edit(id: string, fieldName: string): boolean {
    const field = this.data.columns.find((column) => column.field.name === fieldName)?.field
    if (!field || this.narrow || !this.mayEdit(field)) return false
    this.parts.edit(id, field)
    return true
  }

  /** For parts: can the reader edit this field in its cell? */
  mayEdit(field: FieldView): boolean {
    return this.mayUpdate && isEditable(field)
  }

  /** For parts: a press on a column's head. */
  sortBy(field: FieldView): void {
    const isWord = field.kind === 'text' || field.kind === 'choice' || field.kind === 'user' || field.kind === 'reference'
    const first = isWord ? field.name : `-${field.name}`
    const other = isWord ? `-${field.name}` : field.name
    this.change({ sort: this.sort === first ? other : first })
    this.reach.toTop()
  }

  setWidth(name: string, width: number): void {
    const within = Math.round(Math.min(widthLimits.most, Math.max(widthLimits.least, width)))
    this.change({ widths: { ...this.widths, [name]: within } })
  }

  resetWidth(name: string): void {
    this.change({ widths: Object.fromEntries(Object.entries(this.widths).filter(([one]) => one !== name)) })
  }

  setFilters(conditions: readonly Condition[]): void {
    this.change({ conditions })
  }

  /** For parts: opens the condition at an index beside the button that was pressed; null = a new one. */
  editFilter(event: Event, index: number | null): void {
    this.parts.open(event, ({ openFilter }, anchor) => openFilter(this, index, anchor))
  }

  /** For parts: the list as it is arranged now is this view. */
  adopt(id: string | null): void {
    this.#usedView = id
    this.view = id
  }

  /** Who is looking; null until known. */
  get me(): string | null {
    return this.#me
  }

  override get definition(): ObjectView | null {
    return this.data.object
  }

  get shownColumns(): readonly string[] {
    return this.data.columns.map((column) => column.field.name)
  }

  get rows(): ListRows {
    return this.data.rows
  }

  get totals(): Figures | null {
    return this.data.totals
  }

  get total(): number {
    return this.data.total ?? 0
  }

  get mayUpdate(): boolean {
    return !this.fixed && this.may('update', this.data.object)
  }

  get selectable(): boolean {
    return !this.fixed && (this.may('update', this.data.object) || this.may('delete', this.data.object))
  }

  /** Is there a search or a filter? */
  get isNarrowedDown(): boolean {
    return this.#search.text !== '' || this.filters.length > 0
  }

  clearAll(): void {
    this.change({ conditions: [] })
    this.#search.clear()
  }

  foldGroup(key: string, folded: boolean): true {
    if (this.data.folded.has(key) !== folded) this.data.fold(key)
    return true
  }

  reading(record: CrmRecord | null): Reading {
    return { locale: this.language, now: this.session.now(), record }
  }

  #showView(id: string | null): void {
    if (this.parts.views) this.parts.views.show(id)
    else this.adopt(null)
    void this.#read(true)
  }

  async #read(isOther: boolean): Promise<void> {
    if (isOther) this.parts.chosen?.clear()
    if (this.parts.cells) this.parts.cells.current = null
    await this.data.read(this.settings, { search: this.#search.text.trim(), own: this.where })
    const { object, error, total } = this.data
    if (error) this.emit('crm-error', { error })
    else if (!this.#announced && total !== null && object) {
      this.#announced = true
      this.emit('crm-load', { object: object.name, total })
      this.parts.preload()
    }
    this.requestUpdate()
  }

  #narrowed(): void {
    this.reach.toTop()
    void this.#read(true)
  }

  #onResize(width: number): void {
    this.room = width
    this.narrow = width > 0 && width < NARROW
    this.requestUpdate()
  }

  override render(): TemplateResult {
    const { object } = this.data
    const bar = object && this.selectable ? (this.parts.chosen?.render(object) ?? null) : null
    return html`<div class="view ${bar ? 'has-bulk' : ''}" lang=${this.language}>
      ${this.#renderBody()}${bar}${this.renderLater()}
    </div>`
  }

  #renderBody(): TemplateResult | typeof nothing {
    const { object } = this.data
    const { error } = this.#load
    if (error) return renderFailure(this, error, () => this.load())
    if (!object) return this.hasUpdated ? renderListSkeleton(this) : nothing
    return html`${renderHead(this, object, this.data.total)}${renderToolbar(this, object, this.#search.render(this.t('search')))}
      <div
        class="scroller"
        part="table-wrap"
        role="region"
        tabindex="0"
        aria-label=${this.words(object.pluralLabel)}
        @scroll=${this.reach.scrolled}
        @keydown=${this.parts.onKeydown}
      >${this.#renderRows(object)}</div>`
  }

  #renderRows(object: ObjectView): TemplateResult {
    const { rows, state, error, columns } = this.data
    if (state === 'failed' && error && rows.count === 0)
      return html`<div class="fill">${renderFailure(this, error, () => this.data.retry())}</div>`
    if (rows.count === 0) return state === 'ready' ? renderNone(this, object) : renderListSkeleton(this)
    const { range, step, tabbed: active } = this.reach
    const view: ListView = { object, columns, rows, range, step, active }
    const busy = state === 'loading' || state === 'more'
    if (this.narrow && !this.parts.cards) return renderListSkeleton(this)
    return html`${this.narrow ? this.parts.cards?.renderCards(this, view, busy) : renderTable(this, view, busy)}${renderEnd(this, this.data)}`
  }
}
