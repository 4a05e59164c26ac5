import type { Session } from '../client/session.ts'
import type { CrmRecord } from '../client/types.ts'
import { type ListSettings, toText } from './view-settings.ts'

const OBJECT = 'saved_view'
const AT_MOST = 100

/** A reader's arrangement of a list with a name, kept on the server. */
export interface SavedView {
  readonly id: string
  readonly version: number
  readonly name: string
  /** May everybody see it? */
  readonly shared: boolean
  readonly ownerId: string
  /** Settings as text. */
  readonly settings: string
}

/** The saved views of one object: the reader's own, then those others share. */
export class SavedViews {
  views: readonly SavedView[] = []
  /** May the reader save any? False too where the server knows no views. */
  canSave = false
  readonly #session: Session
  readonly #object: string

  constructor(session: Session, object: string) {
    this.#session = session
    this.#object = object
  }

  /** Reads them. A server without views, or a reader who may not have any, simply has none. */
  async load(me: string | null): Promise<void> {
    const { client } = this.#session
    if (me === null) return
    try {
      const definition = await this.#session.object(OBJECT)
      if (!definition.permissions.includes('read')) return
      const where = { and: [{ object: this.#object }, { or: [{ ownerId: me }, { shared: true }] }] }
      const { records } = await client.find(OBJECT, { where, sort: ['createdAt'], limit: AT_MOST })
      const views = records.map(viewOf)
      await this.#session.loadPeople(views.map((view) => view.ownerId)).catch(() => undefined)
      this.views = [...views.filter((view) => view.ownerId === me), ...views.filter((view) => view.ownerId !== me)]
      this.canSave = definition.permissions.includes('create')
    } catch {
      this.views = []
    }
  }

  find(id: string | null): SavedView | null {
    return this.views.find((view) => view.id === id) ?? null
  }

  async create(name: string, shared: boolean, settings: ListSettings): Promise<SavedView> {
    const values = { object: this.#object, name, shared, settings: toText(settings) }
    const view = viewOf(await this.#session.client.create(OBJECT, values))
    this.views = [...this.views, view]
    return view
  }

  async update(view: SavedView, values: { name?: string; shared?: boolean; settings?: ListSettings }): Promise<SavedView> {
    const { settings, ...rest } = values
    const patch = { ...rest, ...(settings && { settings: toText(settings) }) }
    const next = viewOf({ ...(await this.#session.client.update(OBJECT, view.id, view.version, patch)) })
    this.views = this.views.map((one) => (one.id === view.id ? next : one))
    return next
  }

  async remove(view: SavedView): Promise<void> {
    await this.#session.client.remove(OBJECT, view.id, view.version)
    this.views = this.views.filter((one) => one.id !== view.id)
  }

  /** Brings a deleted one back. */
  async restore(view: SavedView): Promise<void> {
    const record = await this.#session.client.restore(OBJECT, view.id, 'any')
    this.views = [...this.views, viewOf(record)]
  }
}

function viewOf(record: CrmRecord): SavedView {
  const { id, version, name, shared, ownerId, settings } = record
  return { id, version, name: String(name ?? ''), shared: shared === true, ownerId: ownerId ?? '', settings: String(settings ?? '') }
}
