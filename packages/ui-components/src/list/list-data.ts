import { asClientError } from '../client/client-error.ts'
import { fieldOf, isExpandable } from '../client/record.ts'
import type { RecordEvent } from '../client/store.ts'
import type { FieldView, ObjectView, RecordQuery, RecordValues } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { RecordFeed } from '../controllers/record-feed.ts'
import type { CrmElement } from '../element/crm-element.ts'
import type { Figures } from '../group/figures.ts'
import type { Group } from '../group/groups.ts'
import { isSummed } from '../group/summed.ts'
import { allOf, within } from './all-of.ts'
import { type ListColumn, listColumns } from './columns.ts'
import type { Asking } from './condition.ts'
import { ListRows } from './rows.ts'
import type { ListSettings } from './view-settings.ts'

const PAGE = 100
const LARGEST_PAGE = 500
const GROUP_PAGE = 50

/** What is asked of the server beside the settings. */
interface Narrowing {
  readonly search: string
  readonly own: RecordValues | null
}

/** What a list knows of the server: definition, records page by page, groups, and the figures over everything that matches. */
export class ListData {
  object: ObjectView | null = null
  columns: readonly ListColumn[] = []
  groupField: FieldView | null = null
  groups: readonly Group[] = []
  /** Sums over everything that matches; null until they are here, or where there is nothing to sum. */
  totals: Figures | null = null
  folded: ReadonlySet<string> = new Set()
  /** What reads and draws groups and sums, once there are any. */
  sums: typeof import('./sums.ts') | null = null
  readonly feed: RecordFeed
  readonly #host: CrmElement
  readonly #figures: LoadController
  #feeds = new Map<string, RecordFeed>()
  #me: string | null = null
  #query: RecordQuery = {}
  #asked = 0
  #again: () => Promise<void> = async () => undefined

  constructor(host: CrmElement) {
    this.#host = host
    this.feed = new RecordFeed(host, LARGEST_PAGE)
    this.#figures = new LoadController(host)
  }

  /** What is shown now, line by line. */
  get rows(): ListRows {
    if (!this.groupField) return new ListRows([{ group: null, feed: this.feed }], this.folded)
    const sections = this.groups.flatMap((group) => {
      const feed = this.#feeds.get(group.key)
      return feed ? [{ group, feed }] : []
    })
    return new ListRows(sections, this.folded)
  }

  /** Records that match; null until known. */
  get total(): number | null {
    if (!this.groupField) return this.feed.total
    return this.#figures.state === 'loading' && this.groups.length === 0
      ? null
      : this.groups.reduce((sum, group) => sum + group.figures.count, 0)
  }

  /** How far the first read is. */
  get state(): RecordFeed['state'] {
    if (!this.groupField) return this.feed.state
    const { state } = this.#figures
    return state === 'ready' ? (this.#reading?.state ?? 'ready') : state
  }

  /** Why the records could not be read. */
  get error(): RecordFeed['error'] {
    return this.groupField ? (this.#figures.error ?? this.#failed?.error ?? null) : this.feed.error
  }

  /** The condition, search and order that the shown records answer. */
  get query(): RecordQuery {
    return this.#query
  }

  /** What decides whether a record belongs here; null before anything was read, and in groups, which are not followed. */
  get narrowing(): Pick<RecordQuery, 'where' | 'search' | 'expand'> | null {
    const { where, search, expand } = this.#query
    return this.object && !this.groupField ? { where, search, expand } : null
  }

  /** Counts and sums again, without touching what is shown. */
  async recount(): Promise<void> {
    const { object } = this
    if (!object) return
    const { client } = this.#host.session
    const counted = { ...this.#query, limit: 1, fields: [], expand: [], count: true }
    const [page] = await Promise.all([client.find(object.name, counted).catch(() => null), this.#readTotals(object)])
    if (page?.total !== undefined && object === this.object) this.feed.total = page.total
    this.#host.requestUpdate()
  }

  get asking(): Asking {
    return { now: this.#host.session.now(), me: this.#me }
  }

  /** Begins anew with a definition. */
  begin(object: ObjectView, me: string | null): void {
    this.object = object
    this.#me = me
    this.folded = new Set()
  }

  /** Reads the first records, and the figures. */
  async read(settings: ListSettings, narrowing: Narrowing): Promise<void> {
    const { object } = this
    if (!object) return
    const { search, own } = narrowing
    this.#again = () => this.read(settings, narrowing)
    this.#asked += 1
    this.columns = listColumns(object, settings.columns, settings.widths)
    this.groupField = (settings.groupBy && fieldOf(object, settings.groupBy)) || null
    const fields = this.columns.map((column) => column.field)
    const where = settings.conditions.length > 0 ? await this.#whereOf(object, settings.conditions, own) : within(own, {})
    if (!where) return
    this.#query = {
      where,
      search,
      sort: settings.sort ? [settings.sort] : [],
      limit: PAGE,
      fields: fields.map((field) => field.name),
      expand: fields.filter(isExpandable).map((field) => field.name),
      count: true,
    }
    if (this.groupField) await this.#readGroups(object, this.groupField)
    else await Promise.all([this.feed.load(object.name, this.#query), this.#readTotals(object)])
  }

  abort(): void {
    for (const feed of [this.feed, ...this.#feeds.values()]) feed.abort()
  }

  /** Tries again what failed. */
  async retry(): Promise<void> {
    if (this.error?.code === 'SCRIPT_FAILED') return this.#again()
    const { object, groupField } = this
    const failed = groupField ? this.#failed : this.feed
    if (failed) await failed.retry()
    else if (object && groupField) await this.#readGroups(object, groupField)
  }

  fold(key: string): void {
    const next = new Set(this.folded)
    if (!next.delete(key)) next.add(key)
    this.folded = next
    this.#host.requestUpdate()
  }

  foldAll(folded: boolean): void {
    this.folded = new Set(folded ? this.groups.map((group) => group.key) : [])
    this.#host.requestUpdate()
  }

  /** Takes other widths or columns that need no reading. */
  arrange(settings: ListSettings): void {
    if (this.object) this.columns = listColumns(this.object, settings.columns, settings.widths)
  }

  /** Takes a change of a record: new ones on top, deleted ones out. */
  follow({ id, before, after }: RecordEvent): void {
    const known = [...this.#feeds].find(([, feed]) => feed.has(id))
    if (after) {
      if (before || known || this.groupField || this.feed.has(id)) return
      this.feed.insert(id, 0)
      if (this.feed.total !== null) this.feed.total += 1
      return
    }
    if (this.feed.remove(id) >= 0 && this.feed.total !== null) this.feed.total -= 1
    if (!known) return
    known[1].remove(id)
    this.groups = this.groups.map((group) => (group.key === known[0] ? oneLess(group) : group))
  }

  get #reading(): RecordFeed | undefined {
    return this.#failed ?? [...this.#feeds.values()].find((feed) => feed.state === 'loading' || feed.state === 'more')
  }

  get #failed(): RecordFeed | undefined {
    return [...this.#feeds.values()].find((feed) => feed.state === 'failed')
  }

  /** What the conditions ask; null where they cannot be understood because that part could not be loaded. */
  async #whereOf(object: ObjectView, conditions: ListSettings['conditions'], own: RecordValues | null): Promise<RecordValues | null> {
    const asked = this.#asked
    try {
      const { whereOf } = await this.#host.bring(() => import('./condition.ts'))
      return asked === this.#asked ? whereOf(object, conditions, own, this.asking) : null
    } catch (error) {
      this.feed.fail(asClientError(error))
      return null
    }
  }

  async #loadSums(): Promise<typeof import('./sums.ts')> {
    if (!this.sums) {
      this.sums = await this.#host.bring(() => import('./sums.ts'))
      this.#host.addStyles(this.sums.sumsStyles)
    }
    return this.sums
  }

  async #readTotals(object: ObjectView): Promise<void> {
    const fields = this.columns.map((column) => column.field)
    this.totals = null
    if (!fields.some(isSummed)) return
    const { where, search } = this.#query
    await this.#figures.run(async (signal) => {
      const { readFigures } = await this.#loadSums()
      const figures = await readFigures(this.#host.session, object.name, { where, search, group: null }, fields, signal)
      if (!signal.aborted) this.totals = figures.get('') ?? null
    })
  }

  async #readGroups(object: ObjectView, field: FieldView): Promise<void> {
    const { session, language } = this.#host
    const { where = {}, search } = this.#query
    this.feed.abort()
    for (const feed of this.#feeds.values()) feed.abort()
    await this.#figures.run(async (signal) => {
      const { readFigures, namedGroups } = await this.#loadSums()
      const fields = this.columns.map((column) => column.field)
      const figures = await readFigures(session, object.name, { where, search, group: field.name }, fields, signal)
      const groups = await namedGroups(session, field, figures, language, signal)
      if (signal.aborted) return
      this.groups = groups
      this.totals = null
      this.#feeds = new Map(groups.map((group) => [group.key, new RecordFeed(this.#host, LARGEST_PAGE)]))
      for (const { key, value } of groups) {
        const own = { [field.name]: value === null ? { isNull: true } : { eq: value } }
        this.#feeds.get(key)?.arrange(object.name, { ...this.#query, where: allOf([where, own]), limit: GROUP_PAGE, count: false })
      }
    })
  }
}

function oneLess(group: Group): Group {
  return { ...group, figures: { ...group.figures, count: group.figures.count - 1 } }
}
