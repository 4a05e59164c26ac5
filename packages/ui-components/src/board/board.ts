import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { fieldOf } from '../client/record.ts'
import type { CrmRecord, ObjectView, RecordValues } from '../client/types.ts'
import { Announcer } from '../controllers/announcer.ts'
import { LoadController } from '../controllers/load.ts'
import { MenuController } from '../controllers/menu.ts'
import { RecordDialog } from '../controllers/record-dialog.ts'
import type { RecordFeed } from '../controllers/record-feed.ts'
import { SearchBox } from '../controllers/search-box.ts'
import { ToastController } from '../controllers/toast.ts'
import { ScrollWindow } from '../controllers/window.ts'
import { renderStageMark } from '../display/stage-mark.ts'
import { CrmElement } from '../element/crm-element.ts'
import { icon } from '../icon/icon.ts'
import { renderEmpty, renderFailure } from '../state/state-view.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { input } from '../styles/input.ts'
import { mark } from '../styles/mark.ts'
import { surface } from '../styles/surface.ts'
import { boardStyles } from './board.styles.ts'
import { CardDrag } from './card-drag.ts'
import { type CardFields, cardFieldNames, cardFields } from './card-fields.ts'
import { CardKeys } from './card-keys.ts'
import { cardTitles } from './card.ts'
import type { Carry } from './carry.ts'
import { renderBoardSkeleton, renderBoardTotal, renderColumn, renderRail, renderStageSwitcher } from './column.ts'
import { type BoardColumn, type BoardLayout, boardField, loadLayout, stageName } from './columns.ts'
import { Lanes } from './lanes.ts'
import { Mover } from './mover.ts'
import { mainCurrency, mainSum, sumOf, type Total, totalsFrom, weighted } from './totals.ts'

const PAGE = 30
const CARD_STEP = 114
const NARROW = 640
const NO_FIELDS: CardFields = { customer: null, about: null, amount: null, day: null, progress: null, since: null }

/**
 * Records as cards in columns: by a choice, or by the stages of a pipeline. Counts and sums come from the server, cards page by page.
 *
 * @slot title - Instead of the object's name.
 * @slot actions - Beside the button for a new record.
 * @event crm-load - Columns and figures are there; `detail: { object, field, columns }`.
 * @event crm-open - A card was activated, or a new record asked for (`id: null`); `detail: { object, id, record }`. Cancelable.
 * @event crm-move - About to move a card; `detail: { object, record, field, from, to }`. Cancelable.
 * @event crm-saved - A move, or the form in the dialog, was saved; `detail: { object, id, record, operation }`.
 * @event crm-error - Something was refused; `detail: { error }`.
 * @csspart board - The whole board.
 * @csspart columns - What scrolls sideways.
 * @csspart column - A column.
 * @csspart column-header - Its name and figures.
 * @csspart column-body - Its cards.
 * @csspart column-rail - A folded column.
 * @csspart stage-switcher - The columns as tabs, in narrow places.
 * @csspart card - A card.
 * @csspart card-header - Its first line.
 * @csspart card-menu - Its button for moving.
 * @csspart next-step - Its last line.
 * @csspart drop-indicator - Where a card would land.
 * @csspart drag-image - The card under the pointer.
 * @csspart search - The search box.
 * @csspart menu - A menu.
 * @csspart dialog - The dialog with a form.
 * @csspart empty - The sentence in an empty place.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmBoard extends CrmElement {
  static override styles = [base, button, input, mark, surface, boardStyles]

  static override properties: PropertyDeclarations = {
    groupBy: { attribute: 'group-by' },
    pipeline: {},
    openIn: { attribute: 'open-in' },
    where: { type: Object },
    carry: { state: true },
    stage: { state: true },
    folded: { state: true },
  }

  /** Field to have columns by; the definition's first board field unless set. */
  declare groupBy: string | null
  /** Id of the pipeline whose stages are shown; the default one unless set. */
  declare pipeline: string | null
  /** `dialog`: an activated card opens in a form over the board. Otherwise only `crm-open` tells. */
  declare openIn: string | null
  /** A condition of the host's, in the simple form. */
  declare where: RecordValues | null

  /** The card in hand. */
  declare carry: Carry | null
  /** The column shown where there is room for one. */
  declare stage: string
  declare folded: ReadonlySet<string>

  definition: ObjectView | null = null
  cardFields: CardFields = NO_FIELDS
  currency = 'CNY'
  readonly announcer = new Announcer(this)
  #layout: BoardLayout | null = null
  #unsubscribe: (() => void) | null = null
  readonly #reached = new Map<string, string>()
  readonly #windows = new Map<string, ScrollWindow>()
  readonly #load = new LoadController(this)
  readonly #figures = new LoadController(this)
  readonly #lanes = new Lanes(this)
  readonly #menu = new MenuController(this)
  readonly #toast = new ToastController(this, () => this.t('close'))
  readonly #dialog = new RecordDialog(this, this.#toast, () => this.definition)
  readonly #search = new SearchBox(this, () => this.#read())
  readonly #keys = new CardKeys(this)
  readonly #drag = new CardDrag(this)
  readonly #mover = new Mover(this, this.#lanes, this.#toast, this.#dialog)
  readonly #resize = new ResizeObserver(() => this.requestUpdate())

  constructor() {
    super()
    this.groupBy = null
    this.pipeline = null
    this.openIn = null
    this.where = null
    this.carry = null
    this.stage = ''
    this.folded = new Set()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#unsubscribe = this.session.store.subscribe((event) => this.#lanes.follow(event) && this.requestUpdate())
    this.#resize.observe(this)
    if (this.hasUpdated) void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unsubscribe?.()
    this.#resize.disconnect()
    for (const feed of this.#lanes.feeds) feed.abort()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const names: readonly (keyof CrmBoard)[] = ['src', 'object', 'groupBy', 'pipeline']
    if (names.some((name) => changed.has(name))) void this.load()
    else if (changed.has('where') && this.#layout) void this.#read()
  }

  override updated(): void {
    this.#drag.shown()
    let again = false
    for (const body of this.renderRoot.querySelectorAll<HTMLElement>('[data-body]')) {
      const key = body.dataset.body ?? ''
      const cards = body.querySelector('.cards')
      const gap = cards ? Number.parseFloat(getComputedStyle(cards).rowGap) || 0 : 0
      const window = this.windowOf(key)
      again = window.measured(body.querySelector('[data-card]'), gap) || again
      again = this.onColumnScroll(key, body) || again
    }
    if (again) this.requestUpdate()
  }

  /** Reads definition, columns, figures and cards again. */
  async load(): Promise<void> {
    const { object, session } = this
    if (!object) return
    const done = await this.#load.run(async (signal) => {
      const [definition] = await Promise.all([session.object(object), session.me().catch(() => null)])
      const field = boardField(definition, this.groupBy)
      const layout = field && (await loadLayout(session, field, this.pipeline, this.language, signal))
      if (!signal.aborted) this.#begin(definition, layout)
    })
    if (!done) {
      if (this.#load.error) this.emit('crm-error', { error: this.#load.error })
      return
    }
    await this.#read()
    this.emit('crm-load', { object, field: this.#layout?.field.name, columns: this.columnKeys })
  }

  /** Moves a record to a column as if its card had been dropped there. Resolves to true when the server took it. */
  async move(id: string, to: string, focus = false): Promise<boolean> {
    const field = this.#layout?.field.name
    if (!field) return false
    const moving = this.#mover.move(field, id, to)
    if (focus) void this.#focusMoved(id, to)
    const moved = await moving
    const record = this.recordOf(id)
    if (moved) this.announcer.say(this.t('move.done', { name: record ? cardTitles(this, record).title : '', column: this.columnLabel(to) }))
    if (!moved && focus) void this.#focusMoved(id, this.#lanes.columnOf(record) ?? to)
    if (!this.#mover.isBusy) void this.#readFigures()
    return moved
  }

  /** Opens a record as if its card had been pressed. */
  activate(id: string): void {
    if (!this.emit('crm-open', { object: this.object, id, record: this.recordOf(id) }, true)) return
    if (this.openIn === 'dialog') void this.#dialog.open({ id, mode: 'read' })
  }

  /** Opens the form for a new record, in a column where one is named. */
  create(column?: string): void {
    if (!this.emit('crm-open', { object: this.object, id: null, record: null }, true)) return
    const layout = this.#layout
    const stage = column ? { [layout?.field.name ?? '']: column } : {}
    const pipeline = layout?.pipelineId ? { pipelineId: layout.pipelineId } : {}
    void this.#dialog.open({ id: null, values: { ...pipeline, ...stage, related: this.#relatedOf(column) } })
  }

  get columnKeys(): readonly string[] {
    return (this.#layout?.columns ?? []).map((column) => column.key)
  }

  get openColumns(): readonly string[] {
    return this.columnKeys.filter((key) => !this.folded.has(key))
  }

  get mayMove(): boolean {
    return this.may('update', this.definition) && this.#layout?.field.readOnly !== true
  }

  get mayCreate(): boolean {
    return this.may('create', this.definition)
  }

  get isNarrow(): boolean {
    return this.clientWidth > 0 && this.clientWidth <= NARROW
  }

  get isSearching(): boolean {
    return this.#search.text !== ''
  }

  columnOf(key: string): BoardColumn | undefined {
    return this.#layout?.columns.find((column) => column.key === key)
  }

  columnLabel(key: string): string {
    return this.columnOf(key)?.label ?? ''
  }

  recordOf(id: string): CrmRecord | null {
    return this.session.store.get(this.object, id)
  }

  feedOf(column: string): RecordFeed | undefined {
    return this.#lanes.feed(column)
  }

  totalOf(column: string): Total {
    return this.#lanes.total(column)
  }

  indexOf(id: string, column: string): number {
    return this.#lanes.indexOf(id, column)
  }

  isMoving(id: string): boolean {
    return this.#mover.isMoving(id)
  }

  windowOf(column: string): ScrollWindow {
    const known = this.#windows.get(column) ?? new ScrollWindow(CARD_STEP)
    this.#windows.set(column, known)
    return known
  }

  /** One card of a column is in the Tab order: the last that had the focus, else the first drawn. */
  isReached(column: string, id: string, index: number): boolean {
    const reached = this.#reached.get(column)
    const at = reached === undefined ? -1 : this.indexOf(reached, column)
    const { start, end } = this.windowOf(column).range(this.feedOf(column)?.ids.length ?? 0)
    return at >= start && at < end ? id === reached : index === start
  }

  reach(column: string, id: string): void {
    if (this.#reached.get(column) === id) return
    this.#reached.set(column, id)
    this.requestUpdate()
  }

  /** For the keyboard: brings a card into view and focuses it. */
  focusCard(column: string, index: number): boolean {
    const ids = this.feedOf(column)?.ids ?? []
    const at = Math.min(Math.max(0, index), ids.length - 1)
    const id = ids[at]
    if (id === undefined) return false
    this.reach(column, id)
    const top = this.windowOf(column).topFor(at)
    if (top !== null) this.#bodyOf(column)?.scrollTo({ top })
    this.onColumnScroll(column)
    void this.updateComplete.then(() => this.#buttonOf(id)?.focus())
    return true
  }

  revealColumn(key: string): void {
    const column = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-column]')].find((one) => one.dataset.column === key)
    column?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  showStage(key: string): void {
    this.stage = key
  }

  fold(key: string): void {
    this.folded = new Set([...this.folded, key])
  }

  unfold(key: string): void {
    this.folded = new Set([...this.folded].filter((one) => one !== key))
    if (this.feedOf(key)?.state === 'idle') void this.#readColumn(key)
  }

  async openMoveMenu(id: string, event: Event): Promise<void> {
    const current = this.#lanes.columnOf(this.recordOf(id))
    const items = () =>
      (this.#layout?.columns ?? []).map((column) => ({
        label: column.label,
        mark: column.outcome !== null ? renderStageMark(column) : undefined,
        checked: column.key === current,
        run: () => void this.move(id, column.key, true),
      }))
    await this.#menu.open(event.currentTarget as HTMLElement, this.t('move.to'), items)
  }

  /** Takes a column's scroll position; true when other cards have to be drawn. */
  onColumnScroll(key: string, body: Element | null = this.#bodyOf(key)): boolean {
    const feed = this.feedOf(key)
    const window = this.windowOf(key)
    if (!feed || !body || body.clientHeight === 0) return false
    const changed = window.moved(body, feed.ids.length)
    if (changed) this.requestUpdate()
    if (feed.hasMore && window.nearEnd(feed.ids.length)) void feed.more()
    return changed
  }

  #begin(definition: ObjectView, layout: BoardLayout | null): void {
    this.definition = definition
    this.#layout = layout
    this.cardFields = cardFields(definition)
    this.#windows.clear()
    this.#reached.clear()
    if (!layout) return
    this.folded = new Set(layout.columns.filter((column) => column.outcome === 'lost').map((column) => column.key))
    if (!this.columnKeys.includes(this.stage)) this.stage = this.columnKeys[0] ?? ''
    this.#lanes.reset({ object: definition.name, groupBy: layout.field.name, pipelineId: layout.pipelineId, amount: this.cardFields.amount?.name ?? null }, this.columnKeys)
    this.#mover.reset(layout.field.name)
  }

  async #read(): Promise<void> {
    await Promise.all([this.#readFigures(), ...this.openColumns.map((key) => this.#readColumn(key)), ...this.#foldedInUse().map((key) => this.#readColumn(key))])
  }

  #foldedInUse(): readonly string[] {
    return [...this.folded].filter((key) => this.feedOf(key)?.state !== 'idle')
  }

  async #readColumn(key: string): Promise<void> {
    const { definition } = this
    const layout = this.#layout
    const feed = this.feedOf(key)
    if (!definition || !layout || !feed) return
    const names = cardFieldNames(definition, this.cardFields, layout.field.name)
    const expand = names.filter((name) => name === 'ownerId' || name === this.cardFields.customer?.name)
    const since = this.cardFields.since?.name
    await feed.load(definition.name, { where: this.#condition({ [layout.field.name]: key }), search: this.#search.text.trim(), sort: [since ? `-${since}` : '-updatedAt'], limit: PAGE, fields: names, expand })
    this.requestUpdate()
  }

  async #readFigures(): Promise<void> {
    const { definition } = this
    const layout = this.#layout
    if (!definition || !layout) return
    const amount = this.cardFields.amount?.name ?? null
    const measures = ['count', ...(amount ? [`sum:${amount}`] : [])]
    await this.#figures.run(async (signal) => {
      const rows = await this.session.client.aggregate(definition.name, { group: layout.field.name, measures, where: this.#condition({}), search: this.#search.text.trim() }, signal)
      if (signal.aborted || this.#mover.isBusy) return
      this.#lanes.totals = totalsFrom(rows, layout.field.name, amount)
      this.currency = mainCurrency(this.#lanes.totals.values(), this.session.currency)
    })
  }

  #condition(own: RecordValues): RecordValues {
    const { pipelineId } = this.#layout ?? {}
    const inPipeline = pipelineId && this.definition && fieldOf(this.definition, 'pipelineId') ? { pipelineId, ...own } : own
    return this.where && Object.keys(this.where).length > 0 ? { and: [this.where, inPipeline] } : inPipeline
  }

  #relatedOf(column: string | undefined): Record<string, { id: string; name: string }> {
    const { pipelineId, pipelines = [], field } = this.#layout ?? {}
    const pipeline = pipelines.find((one) => one.id === pipelineId)
    const named: Record<string, { id: string; name: string }> = pipeline ? { pipelineId: { id: pipeline.id, name: stageName(pipeline, this.language) } } : {}
    return column && field?.kind === 'reference' ? { ...named, [field.name]: { id: column, name: this.columnLabel(column) } } : named
  }

  #bodyOf(key: string): HTMLElement | null {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[data-body]')].find((body) => body.dataset.body === key) ?? null
  }

  #buttonOf(id: string): HTMLElement | null {
    const card = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-card]')].find((one) => one.dataset.card === id)
    return card?.querySelector<HTMLElement>('.card-open') ?? null
  }

  async #focusMoved(id: string, column: string): Promise<void> {
    await this.updateComplete
    this.revealColumn(column)
    if (!this.focusCard(column, this.indexOf(id, column))) this.renderRoot.querySelector<HTMLElement>(`.rail`)?.focus()
  }

  async #openPipelines(event: Event): Promise<void> {
    const { pipelines = [], pipelineId } = this.#layout ?? {}
    const choose = (id: string) => {
      this.pipeline = id
    }
    const items = () => pipelines.map((one) => ({ label: stageName(one, this.language), checked: one.id === pipelineId, run: () => choose(one.id) }))
    await this.#menu.open(event.currentTarget as HTMLElement, this.t('board.pipelines'), items)
  }

  override render(): TemplateResult {
    const dragging = this.carry?.by === 'pointer'
    return html`<div class="view ${dragging ? 'is-dragging' : ''} ${this.mayMove ? '' : 'no-move'}" part="board" lang=${this.language}>
      ${this.#renderBody()}${this.#drag.render()}${this.#menu.render()}${this.#dialog.render()}${this.#toast.render()}${this.announcer.render()}
      <p class="sr" id="move-help">${this.t('move.help')}</p></div>`
  }

  #renderBody(): TemplateResult {
    const { definition } = this
    const layout = this.#layout
    if (this.#load.state === 'failed' && this.#load.error) return renderFailure(this, this.#load.error, () => this.load())
    if (!definition) return html`<div class="head"><i class="skel w20"></i></div><div class="toolbar"><i class="skel w30"></i></div>${renderBoardSkeleton(this)}`
    if (!layout || layout.columns.length === 0) return html`${this.#renderHead(definition)}${renderEmpty('inbox', this.t('board.nocolumns'), '')}`
    return html`${this.#renderHead(definition)}${this.#renderToolbar(definition, layout)}${renderStageSwitcher(this, layout.columns)}
      <div class="columns" part="columns" @pointerdown=${this.#drag.pointer.onPointerDown} @keydown=${this.#keys.onKeydown} @keyup=${this.#keys.onKeyup}>
        ${layout.columns.map((column) => (this.folded.has(column.key) && !this.isNarrow ? renderRail(this, column) : renderColumn(this, column)))}
      </div>`
  }

  #renderHead(definition: ObjectView): TemplateResult {
    const { pipelines = [], pipelineId } = this.#layout ?? {}
    const current = pipelines.find((one) => one.id === pipelineId)
    return html`<div class="head"><slot name="title"><h2 class="title">${this.words(definition.pluralLabel)}</h2></slot>
      ${current && pipelines.length > 1 ? html`<button type="button" class="btn btn-ghost" part="button" aria-haspopup="menu" @click=${this.#openPipelines}><span>${stageName(current, this.language)}</span>${icon('down')}</button>` : nothing}
      <span class="grow"></span><slot name="actions"></slot>
      ${this.mayCreate ? html`<button type="button" class="btn btn-primary" part="button" @click=${() => this.create()}>${icon('plus')}<span>${this.t('new.name', { name: this.noun(definition.label) })}</span></button>` : nothing}</div>`
  }

  #renderToolbar(definition: ObjectView, layout: BoardLayout): TemplateResult {
    const open = layout.columns.filter((column) => column.outcome !== 'won' && column.outcome !== 'lost')
    const total = sumOf(open.map((column) => this.totalOf(column.key)))
    const weigh = ({ key, probability }: BoardColumn) => weighted(mainSum(this.totalOf(key), this.currency).money, probability ?? 0).minor
    const weightedMinor = this.cardFields.amount && open.some((column) => column.probability !== null) ? open.reduce((sum, column) => sum + weigh(column), 0) : null
    const name = this.t('board.count', { count: total.count, one: this.noun(definition.label), many: this.noun(definition.pluralLabel) })
    return html`<div class="toolbar">${this.#search.render(this.t('search'))}<span class="grow"></span>${renderBoardTotal(this, total, weightedMinor, name)}</div>`
  }
}
