import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { fieldOf } from '../client/record.ts'
import type { CrmRecord, FieldView, ObjectView, RecordValues } from '../client/types.ts'
import { Announcer } from '../controllers/announcer.ts'
import { LoadController } from '../controllers/load.ts'
import { Paced } from '../controllers/paced.ts'
import type { RecordFeed } from '../controllers/record-feed.ts'
import { RecordWatch } from '../controllers/record-watch.ts'
import { SearchBox } from '../controllers/search-box.ts'
import { CrmElement } from '../element/crm-element.ts'
import { groupFields } from '../group/group-fields.ts'
import type { Condition } from '../list/condition.ts'
import { renderEmpty, renderFailure } from '../state/state-view.ts'
import { base } from '../styles/base.ts'
import { box } from '../styles/box.ts'
import { button } from '../styles/button.ts'
import { mark } from '../styles/mark.ts'
import { recordLook } from '../styles/record-look.ts'
import { stage } from '../styles/stage.ts'
import { surface } from '../styles/surface.ts'
import { toolbar } from '../styles/toolbar.ts'
import { boardStyles } from './board.styles.ts'
import { BoardData, type BoardQuery } from './board-data.ts'
import type { CardFields } from './card-fields.ts'
import { CardReach } from './card-reach.ts'
import type { Carry } from './carry.ts'
import { renderColumn, renderRail, renderStageSwitcher } from './column.ts'
import { type BoardColumn, type BoardLayout, boardField, loadLayout } from './columns.ts'
import { LaterParts } from './later-parts.ts'
import { renderBoardSkeleton, renderHead, renderToolbar } from './parts.ts'
import { placeOf } from './place.ts'
import type { Total } from './totals.ts'
import { boardWords } from './words.ts'

const NARROW = 640

/**
 * Records as cards in columns: by a choice, or by the stages of a pipeline. Counts and sums come from the server, cards page by page.
 *
 * @slot title - Instead of the object's name.
 * @slot actions - Beside the button for a new record.
 * @event crm-load - Columns and figures are there; `detail: { object, field, columns }`.
 * @event crm-open - A card was activated, or a new record asked for (`id: null`); `detail: { object, id, record }`. Cancelable.
 * @event crm-filter-change - The reader narrows the board down; `detail: { object, filters }`. Cancelable: then the host sets `filters`.
 * @event crm-move - About to move a card; `detail: { object, record, field, from, to, values }`, `values` being what is written. Cancelable.
 * @event crm-saved - A move, or the form in the dialog, was saved; `detail: { object, id, record, operation }`.
 * @event crm-error - Something was refused; `detail: { error }`.
 * @csspart board - The whole board.
 * @csspart columns - What scrolls sideways.
 * @csspart column - A column.
 * @csspart column-header - Its name and figures.
 * @csspart column-body - Its cards.
 * @csspart lane - A swim lane.
 * @csspart move-form - What a stage asks for.
 * @csspart column-rail - A folded column.
 * @csspart stage-switcher - The columns as tabs, in narrow places.
 * @csspart card - A card.
 * @csspart card-header - Its first line.
 * @csspart card-menu - Its button for moving.
 * @csspart next-step - Its last line.
 * @csspart drop-indicator - Where a card would land.
 * @csspart drag-image - The card under the pointer.
 * @csspart search - The search box.
 * @csspart filter - A condition.
 * @csspart menu - A menu.
 * @csspart dialog - The dialog with a form.
 * @csspart empty - The sentence in an empty place.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmBoard extends CrmElement {
  static override words = boardWords
  static override look = recordLook
  static override styles = [base, button, box, mark, stage, surface, toolbar, boardStyles]

  static override properties: PropertyDeclarations = {
    groupBy: { attribute: 'group-by' },
    lanes: {},
    pipeline: {},
    openIn: { attribute: 'open-in' },
    where: { type: Object },
    filters: { attribute: false },
    carry: { state: true },
    stage: { state: true },
    folded: { state: true },
    foldedLanes: { state: true },
    isNarrow: { state: true },
  }

  /** Field to have columns by; the definition's first board field unless set. */
  declare groupBy: string | null
  /** Field to have swim lanes by; none unless set. */
  declare lanes: string | null
  /** Id of the pipeline whose stages are shown; the default one unless set. */
  declare pipeline: string | null
  /** An activated card opens in a form over the board, unless `crm-open` is cancelled; `none`: only `crm-open` tells. */
  declare openIn: string | null
  /** A condition of the host's, in the simple form. */
  declare where: RecordValues | null
  /** The reader's conditions. */
  declare filters: readonly Condition[]

  /** The card in hand. */
  declare carry: Carry | null
  /** The column shown where there is room for one. */
  declare stage: string
  declare folded: ReadonlySet<string>
  declare foldedLanes: ReadonlySet<string>
  /** Is there room for one column only? */
  declare isNarrow: boolean

  readonly announcer = new Announcer(this)
  readonly data = new BoardData(this)
  readonly reach = new CardReach(this)
  readonly #load = new LoadController(this)
  readonly #search = new SearchBox(this, () => this.#read())
  readonly parts = new LaterParts(this)
  readonly #paced = new Paced()
  readonly #resize = new ResizeObserver(([entry]) => this.#onResize(entry?.contentRect.width ?? 0))
  /** Who is looking; null until known. */
  me: string | null = null

  constructor() {
    super()
    new RecordWatch(this, (event) => this.data.lanes.follow(event) && !this.parts.mover?.isSettling && this.requestUpdate(), {
      asked: () => this.data.narrowing(this.#query),
      recount: () => void this.recount(),
    })
    this.groupBy = null
    this.pipeline = null
    this.openIn = null
    this.where = null
    this.filters = []
    this.carry = null
    this.stage = ''
    this.folded = new Set()
    this.foldedLanes = new Set()
    this.lanes = null
    this.isNarrow = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#resize.observe(this)
    if (this.hasUpdated) void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#resize.disconnect()
    this.reach.disconnect()
    for (const feed of this.data.lanes.feeds) feed.abort()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const names: readonly (keyof CrmBoard)[] = ['src', 'object', 'groupBy', 'lanes', 'pipeline', 'locale']
    if (names.some((name) => changed.has(name))) void this.load()
    else if ((changed.has('where') || changed.has('filters')) && this.data.layout) void this.#read()
  }

  protected override scheduleUpdate(): Promise<unknown> | undefined {
    return this.#paced.run(() => super.scheduleUpdate())
  }

  override updated(): void {
    this.parts.drag?.shown()
    this.reach.drawn()
  }

  /** Reads definition, columns, figures and cards again. */
  async load(): Promise<void> {
    const { object, session } = this
    if (!object) return
    let drawn = this.definition ? null : this.calm()
    const done = await this.#load.run(async (signal) => {
      const [definition, me] = await Promise.all([session.object(object), session.me().catch(() => null)])
      this.me = me?.identity.id ?? null
      const field = boardField(definition, this.groupBy)
      const layout = field && (await loadLayout(session, field, this.pipeline, this.language, signal))
      const lane = this.lanes ? (fieldOf(definition, this.lanes) ?? null) : null
      if (signal.aborted) return
      this.#begin(definition, layout, lane?.name === field?.name ? null : lane)
      // The cards are a blink away as well.
      drawn &&= this.calm()
    })
    if (!done) {
      drawn?.()
      if (this.#load.error) this.emit('crm-error', { error: this.#load.error })
      return
    }
    await this.#read()
    drawn?.()
    await this.updateComplete
    this.emit('crm-load', { object, field: this.data.layout?.field.name, columns: this.columnKeys })
    this.parts.preload()
  }

  /**
   * Moves a record as if its card had been dropped there: to a column, on top unless an index is said. Resolves to true when the server
   * took it; what the stage asks for is asked for first.
   */
  async move(id: string, column: string, how: { index?: number; focus?: boolean } = {}): Promise<boolean> {
    let moved = false
    await this.parts.move(async (mover, { moveCard }) => {
      moved = await moveCard(this, mover, id, column, how)
    })
    return moved
  }

  /** For parts: reads counts and sums again. */
  async recount(): Promise<void> {
    await this.data.readFigures(this.#query, () => this.parts.mover?.isBusy ?? false)
    this.requestUpdate()
  }

  /** Opens a record as if its card had been pressed. */
  activate(id: string): void {
    if (!this.emit('crm-open', { object: this.object, id, record: this.recordOf(id) }, true)) return
    if (this.openIn !== 'none') this.parts.openForm({ id, mode: 'read' })
  }

  /** Opens the form for a new record, in a column where one is named. */
  create(column?: string): void {
    if (this.emit('crm-open', { object: this.object, id: null, record: null }, true)) this.parts.openNew(column)
  }

  override get definition(): ObjectView | null {
    return this.data.definition
  }

  get cardFields(): CardFields {
    return this.data.fields
  }

  get currency(): string {
    return this.data.currency
  }

  get columnKeys(): readonly string[] {
    return this.data.keys
  }

  get mayMove(): boolean {
    return this.may('update', this.definition) && this.data.layout?.field.readOnly !== true
  }

  get mayCreate(): boolean {
    return this.may('create', this.definition)
  }

  /** Takes other conditions, unless the host has vetoed it. */
  setFilters(conditions: readonly Condition[]): void {
    if (this.emit('crm-filter-change', { object: this.object, filters: conditions }, true)) this.filters = conditions
  }

  /** For parts: opens the condition at an index beside the button that was pressed; null = a new one. */
  editFilter({ currentTarget }: Event, index: number | null): void {
    void this.parts.condition(({ openFilter }) => openFilter(this, index, currentTarget as HTMLElement))
  }

  get isSearching(): boolean {
    return this.#search.text !== '' || this.filters.length > 0
  }

  /** The column of a place. */
  columnOf(key: string): BoardColumn | undefined {
    const { column } = placeOf(key)
    return this.data.layout?.columns.find((one) => one.key === column)
  }

  /** What a place is called: its column, and its lane where there are lanes. */
  columnLabel(key: string): string {
    const label = this.columnOf(key)?.label ?? ''
    const { lane } = placeOf(key)
    const found = lane === null ? undefined : this.data.swimLanes.find((one) => one.key === lane)
    return found ? `${label} · ${found.label || this.t('lane.blank')}` : label
  }

  /** Fields that can be swim lanes. */
  get laneFields(): readonly FieldView[] {
    const { definition, layout } = this.data
    return definition ? groupFields(definition).filter((field) => field.name !== layout?.field.name && field.kind !== 'boolean') : []
  }

  recordOf(id: string): CrmRecord | null {
    return this.session.store.get(this.object, id)
  }

  feedOf(column: string): RecordFeed | undefined {
    return this.data.lanes.feed(column)
  }

  totalOf(column: string): Total {
    return this.data.lanes.total(column)
  }

  isMoving(id: string): boolean {
    return this.parts.mover?.isMoving(id) ?? false
  }

  showStage(key: string): void {
    this.stage = key
  }

  fold(key: string): void {
    this.folded = new Set([...this.folded, key])
  }

  unfold(key: string): void {
    this.folded = new Set([...this.folded].filter((one) => one !== key))
    for (const place of this.data.places) if (placeOf(place).column === key) this.#readPlace(place)
  }

  readonly #onClick = (event: Event): void => {
    const { id, button } = cardAt(event)
    if (!id || !button) return
    if (button.classList.contains('card-open')) this.activate(id)
    else this.parts.openMoves(id, button)
  }

  readonly #onFocus = (event: Event): void => {
    const { id, column } = cardAt(event)
    if (id && column !== undefined) this.reach.reach(column, id)
  }

  #onResize(width: number): void {
    if (width > 0) this.isNarrow = width <= NARROW
  }

  get #query(): BoardQuery {
    // What is not loaded yet must not widen what is shown.
    const where = this.filters.length > 0 ? (this.parts.conditions ? this.parts.conditions.narrowed(this) : { or: [] }) : this.where
    return { search: this.#search.text.trim(), where }
  }

  #begin(definition: ObjectView, layout: BoardLayout | null, lane: FieldView | null): void {
    this.data.begin(definition, layout, lane)
    this.reach.clear()
    if (!layout) return
    this.folded = new Set(layout.columns.filter((column) => column.outcome === 'lost').map((column) => column.key))
    if (!this.columnKeys.includes(this.stage)) this.stage = this.columnKeys[0] ?? ''
    this.parts.mover?.reset()
  }

  async #read(): Promise<void> {
    if (this.filters.length > 0 && !this.parts.conditions) await this.parts.condition()
    const query = this.#query
    // A folded column is read when it is opened, and from then on with the others.
    const isWanted = (key: string) => !this.folded.has(placeOf(key).column) || this.feedOf(key)?.state !== 'idle'
    const figures = this.data.readFigures(query, () => this.parts.mover?.isBusy ?? false)
    // Which lanes there are is known with the figures; without lanes there is nothing to wait for.
    if (this.data.laneField) await figures
    const filled = (key: string) => !this.data.laneField || this.totalOf(key).count > 0
    const places = this.data.places.filter((key) => isWanted(key) && filled(key))
    await Promise.all([figures, ...places.map((key) => this.data.readPlace(key, query))])
    const error = this.data.failure
    if (error) this.emit('crm-error', { error })
  }

  #readPlace(key: string): void {
    if (this.feedOf(key)?.state === 'idle') void this.data.readPlace(key, this.#query)
  }

  override render(): TemplateResult {
    const dragging = this.carry?.by === 'pointer'
    return html`<div class="view ${dragging ? 'is-dragging' : ''} ${this.mayMove ? '' : 'no-move'}" part="board" lang=${this.language}>
      ${this.#renderBody()}${this.parts.drag?.render() ?? nothing}${this.parts.mover?.render() ?? nothing}${this.renderLater()}${this.announcer.render()}
      <p class="sr" id="move-help">${this.t(this.cardFields.rank ? 'move.help.rank' : 'move.help')}</p></div>`
  }

  #renderBody(): TemplateResult | typeof nothing {
    const { definition, layout } = this.data
    const { error } = this.#load
    const { failure } = this.data
    if (error) return renderFailure(this, error, () => this.load())
    if (!definition) return this.hasUpdated ? renderBoardSkeleton(this) : nothing
    if (!layout || layout.columns.length === 0)
      return html`${renderHead(this, definition)}${renderEmpty('inbox', this.t('board.nocolumns'), '')}`
    return html`${renderHead(this, definition)}${renderToolbar(this, definition, layout, this.#search.render(this.t('search')))}${this.isNarrow ? renderStageSwitcher(this, layout.columns) : nothing}
      ${failure ? html`<div class="fill">${renderFailure(this, failure, () => this.#read())}</div>` : this.#renderColumns(layout)}`
  }

  #renderColumns({ columns }: BoardLayout): TemplateResult {
    const isRail = (column: BoardColumn) => this.folded.has(column.key) && !this.isNarrow
    const hasLanes = this.data.laneField !== null
    return html`<div class="columns ${hasLanes ? 'has-lanes' : ''}" part="columns" @click=${this.#onClick} @focusin=${this.#onFocus} @pointerdown=${this.parts.onPointerDown} @keydown=${this.parts.onKeydown} @keyup=${this.parts.onKeyup}>
        ${hasLanes ? this.data.laneView?.renderLanes(this, columns, isRail) : columns.map((column) => (isRail(column) ? renderRail(this, column) : renderColumn(this, column)))}
      </div>`
  }
}

/** The button of a card that an event came from. */
function cardAt({ target }: Event): { readonly id?: string; readonly column?: string; readonly button?: HTMLElement } {
  const button = (target as Element).closest<HTMLElement>('[data-card] > button, .card-more')
  const { card: id } = button?.closest<HTMLElement>('[data-card]')?.dataset ?? {}
  const { body: column } = button?.closest<HTMLElement>('[data-body]')?.dataset ?? {}
  return { id, column, button: button ?? undefined }
}
