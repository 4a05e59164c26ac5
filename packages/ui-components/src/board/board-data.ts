import type { ClientError } from '../client/client-error.ts'
import { fieldOf } from '../client/record.ts'
import type { ObjectView, RecordValues } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { type CardFields, cardFieldNames, cardFields } from './card-fields.ts'
import type { BoardLayout } from './columns.ts'
import { Lanes } from './lanes.ts'
import { mainCurrency, totalsFrom } from './totals.ts'

const PAGE = 30
const NO_FIELDS: CardFields = { customer: null, about: null, amount: null, day: null, progress: null, since: null }

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

  /** Why no column could be read; null when any was. */
  get failure(): ClientError | null {
    const read = this.lanes.feeds.filter((feed) => feed.state !== 'idle')
    const isLost = read.length > 0 && read.every((feed) => feed.state === 'failed' && feed.ids.length === 0)
    return isLost ? (read[0]?.error ?? null) : null
  }

  /** Begins anew with these columns. */
  begin(definition: ObjectView, layout: BoardLayout | null): void {
    this.definition = definition
    this.layout = layout
    this.fields = cardFields(definition)
    if (!layout) return
    const amount = this.fields.amount?.name ?? null
    this.lanes.reset({ object: definition.name, groupBy: layout.field.name, pipelineId: layout.pipelineId, amount }, this.keys)
  }

  /** Reads the first cards of a column. */
  async readColumn(key: string, query: BoardQuery): Promise<void> {
    const { definition, layout, fields } = this
    const feed = this.lanes.feed(key)
    if (!definition || !layout || !feed) return
    const names = cardFieldNames(definition, fields, layout.field.name)
    await feed.load(definition.name, {
      where: this.#condition(query, { [layout.field.name]: key }),
      search: query.search,
      sort: [fields.since ? `-${fields.since.name}` : '-updatedAt'],
      limit: PAGE,
      fields: names,
      expand: names.filter((name) => name === 'ownerId' || name === fields.customer?.name),
    })
  }

  /** Reads counts and sums of all columns; `isStale` says that they are out of date before they are here. */
  async readFigures(query: BoardQuery, isStale: () => boolean): Promise<void> {
    const { definition, layout, fields } = this
    if (!definition || !layout) return
    const amount = fields.amount?.name ?? null
    const group = layout.field.name
    const measures = ['count', ...(amount ? [`sum:${amount}`] : [])]
    await this.#figures.run(async (signal) => {
      const { client, currency } = this.#host.session
      const rows = await client.aggregate(
        definition.name,
        { group, measures, where: this.#condition(query, {}), search: query.search },
        signal,
      )
      if (signal.aborted || isStale()) return
      this.lanes.totals = totalsFrom(rows, group, amount)
      this.currency = mainCurrency(this.lanes.totals.values(), currency)
    })
  }

  #condition({ where }: BoardQuery, own: RecordValues): RecordValues {
    const pipelineId = this.layout?.pipelineId
    const inPipeline = pipelineId && this.definition && fieldOf(this.definition, 'pipelineId') ? { pipelineId, ...own } : own
    return where && Object.keys(where).length > 0 ? { and: [where, inPipeline] } : inPipeline
  }
}
