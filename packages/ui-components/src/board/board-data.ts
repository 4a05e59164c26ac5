import type { ClientError } from '../client/client-error.ts'
import { fieldOf } from '../client/record.ts'
import type { AggregateRow, FieldView, ObjectView, RecordQuery, RecordValues } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { type CardFields, cardFieldNames, cardFields } from './card-fields.ts'
import type { BoardLayout } from './columns.ts'
import { Lanes } from './lanes.ts'
import { placeKey, placeOf } from './place.ts'
import type { SwimLane } from './swim-lanes.ts'
import { mainCurrency, sumOf, type Total, totalsFrom } from './totals.ts'

const PAGE = 30
const NO_FIELDS: CardFields = { customer: null, about: null, amount: null, day: null, progress: null, since: null, rank: null }

/** What the reader narrows the board to. */
export interface BoardQuery {
  readonly search: string
  readonly where: RecordValues | null
}

/** What a board knows of the server: its columns, their cards page by page, and the figures over all of them. */
export class BoardData {
  definition: ObjectView | null = null
  layout: BoardLayout | null = null
  fields: CardFields = NO_FIELDS
  currency = 'CNY'
  /** Field of the swim lanes; null where there are none. */
  laneField: FieldView | null = null
  swimLanes: readonly SwimLane[] = []
  /** What finds and draws the lanes, once there are any. */
  laneView: typeof import('./lane-view.ts') | null = null
  readonly lanes: Lanes
  readonly #host: CrmElement
  readonly #figures: LoadController

  constructor(host: CrmElement) {
    this.#host = host
    this.lanes = new Lanes(host)
    this.#figures = new LoadController(host)
  }

  get keys(): readonly string[] {
    return (this.layout?.columns ?? []).map((column) => column.key)
  }

  /** Keys of all places: the columns, or each of them in each lane. */
  get places(): readonly string[] {
    if (!this.laneField) return this.keys
    return this.swimLanes.flatMap((lane) => this.keys.map((column) => placeKey(column, lane.key)))
  }

  /** Why no column could be read; null when any was. */
  get failure(): ClientError | null {
    const { feeds } = this.lanes
    const read = feeds.filter((feed) => feed.state !== 'idle')
    if (this.laneField && feeds.length === 0) return this.#figures.error
    const isLost = read.length > 0 && read.every((feed) => feed.state === 'failed' && feed.ids.length === 0)
    return isLost ? (read[0]?.error ?? null) : null
  }

  /** Begins anew with these columns. */
  begin(definition: ObjectView, layout: BoardLayout | null, laneField: FieldView | null): void {
    this.definition = definition
    this.layout = layout
    this.laneField = laneField
    this.swimLanes = []
    this.fields = cardFields(definition)
    if (!layout) return
    const { amount, rank } = this.fields
    this.lanes.reset(
      {
        object: definition.name,
        groupBy: layout.field.name,
        laneField,
        pipelineId: layout.pipelineId,
        amount: amount?.name ?? null,
        rank: rank?.name ?? null,
      },
      laneField ? [] : this.keys,
    )
  }

  /** Count and sums of a column, over all lanes. */
  columnTotal(column: string): Total {
    if (!this.laneField) return this.lanes.total(column)
    return sumOf([...this.lanes.totals].filter(([key]) => placeOf(key).column === column).map(([, total]) => total))
  }

  /** Reads the first cards of a place. */
  async readPlace(key: string, query: BoardQuery): Promise<void> {
    const { definition, layout, fields, laneField } = this
    const feed = this.lanes.feed(key)
    if (!definition || !layout || !feed) return
    const { column, lane } = placeOf(key)
    const names = cardFieldNames(definition, fields, [layout.field.name, laneField?.name ?? null])
    const value = this.swimLanes.find((one) => one.key === lane)?.value ?? null
    const inLane = laneField && lane !== null ? { [laneField.name]: value === null ? { isNull: true } : { eq: value } } : {}
    await feed.load(definition.name, {
      where: this.#condition(query, { [layout.field.name]: column, ...inLane }),
      search: query.search,
      sort: [fields.rank ? fields.rank.name : fields.since ? `-${fields.since.name}` : '-updatedAt'],
      limit: PAGE,
      fields: names,
      expand: names.filter((name) => name === 'ownerId' || name === fields.customer?.name),
    })
  }

  /** What decides whether a record belongs on the board; null before anything was read. */
  narrowing(query: BoardQuery): Pick<RecordQuery, 'where' | 'search' | 'expand'> | null {
    const { definition, layout, fields } = this
    if (!definition || !layout) return null
    const customer = fields.customer ? [fields.customer.name] : []
    return { where: this.#condition(query, {}), search: query.search, expand: ['ownerId', ...customer] }
  }

  /** Reads counts and sums of all places, and which lanes there are; `isStale` says that they are out of date before they are here. */
  async readFigures(query: BoardQuery, isStale: () => boolean): Promise<void> {
    const { definition, layout, fields, laneField } = this
    if (!definition || !layout) return
    const amount = fields.amount?.name ?? null
    const group = [layout.field.name, ...(laneField ? [laneField.name] : [])]
    const measures = ['count', ...(amount ? [`sum:${amount}`] : [])]
    await this.#figures.run(async (signal) => {
      const { client, currency } = this.#host.session
      const asked = { group: group.join(','), measures, where: this.#condition(query, {}), search: query.search }
      const rows = await client.aggregate(definition.name, asked, signal)
      if (laneField) await this.#findLanes(laneField, rows, signal)
      if (signal.aborted || isStale()) return
      this.lanes.totals = totalsFrom(rows, group, amount)
      this.lanes.isCounted = true
      this.currency = mainCurrency(this.lanes.totals.values(), currency)
    })
  }

  async #findLanes(field: FieldView, rows: readonly AggregateRow[], signal: AbortSignal): Promise<void> {
    const { session, language } = this.#host
    this.laneView ??= await this.#host.bring(() => import('./lane-view.ts'))
    this.#host.addStyles(this.laneView.laneStyles)
    const lanes = await this.laneView.swimLanes(session, field, rows, language, signal)
    if (signal.aborted) return
    this.swimLanes = lanes
    this.lanes.extend(this.places)
  }

  #condition({ where }: BoardQuery, own: RecordValues): RecordValues {
    const pipelineId = this.layout?.pipelineId
    const inPipeline = pipelineId && this.definition && fieldOf(this.definition, 'pipelineId') ? { pipelineId, ...own } : own
    return where && Object.keys(where).length > 0 ? { and: [where, inPipeline] } : inPipeline
  }
}
