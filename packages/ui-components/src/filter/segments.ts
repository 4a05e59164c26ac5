import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { asClientError } from '../client/client-error.ts'
import type { CrmRecord } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { reasonOf } from '../state/state-view.ts'
import type { FilterView } from './filter-view.ts'
import { SegmentEditor } from './segment-editor.ts'

const OBJECT = 'segment'
const AT_MOST = 200

/** A condition with a name, kept on the server. */
export interface SavedSegment {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly shared: boolean
  readonly ownerId: string | null
  /** An expression as text. */
  readonly condition: string
}

/** The saved conditions of the object: the reader's own and those others share. */
export class Segments {
  segments: readonly SavedSegment[] = []
  canSave = false
  current: SavedSegment | null = null
  me: string | null = null
  readonly #view: FilterView

  constructor(view: FilterView) {
    this.#view = view
  }

  /** A server without segments, or a reader who may have none, simply has none. */
  async load(): Promise<void> {
    const { host } = this.#view
    const { client } = host.session
    try {
      const [definition, me] = await Promise.all([host.session.object(OBJECT), host.session.me()])
      this.me = me.identity.id
      if (!definition.permissions.includes('read')) return
      const { records } = await client.find(OBJECT, { where: { object: host.object }, sort: ['name'], limit: AT_MOST })
      this.segments = records.map(segmentOf)
      this.canSave = definition.permissions.includes('create')
      this.#view.overlap.isShown = this.segments.length > 0
      this.show(host.segment)
    } catch {
      this.segments = []
    }
    host.requestUpdate()
  }

  /** The host named a segment, or the reader chose one. */
  show(id: string | null): void {
    const found = this.segments.find((one) => one.id === id) ?? null
    if (found?.id === this.current?.id) return
    this.current = found
    if (found) this.#view.take(this.whereOf(found.id))
  }

  choose(id: string | null): void {
    const { host } = this.#view
    this.show(id)
    host.segment = this.current?.id ?? null
    if (id === null) this.#view.take({ and: [] })
  }

  whereOf(id: string): Readonly<Record<string, unknown>> | null {
    const condition = this.segments.find((one) => one.id === id)?.condition
    try {
      const where: unknown = JSON.parse(condition ?? '')
      return typeof where === 'object' && where !== null ? (where as Readonly<Record<string, unknown>>) : null
    } catch {
      return null
    }
  }

  get isChanged(): boolean {
    return this.current !== null && this.current.condition !== JSON.stringify(this.#view.where)
  }

  async create(name: string, shared: boolean): Promise<void> {
    await this.#attempt(async () => {
      const { host, where } = this.#view
      const values = { name, shared, object: host.object, condition: JSON.stringify(where) }
      this.#saved(await host.session.client.create(OBJECT, values), 'create')
    })
  }

  async update(): Promise<void> {
    const { current } = this
    if (!current) return
    await this.#attempt(async () => {
      const condition = JSON.stringify(this.#view.where)
      this.#saved(await this.#view.host.session.client.update(OBJECT, current.id, current.version, { condition }), 'update')
    })
  }

  async remove(): Promise<void> {
    const { current } = this
    if (!current) return
    const { host, toast } = this.#view
    await this.#attempt(async () => {
      await host.session.client.remove(OBJECT, current.id, current.version)
      this.segments = this.segments.filter(({ id }) => id !== current.id)
      this.current = null
      host.segment = null
      const bringBack = () =>
        void this.#attempt(async () => this.#saved(await host.session.client.restore(OBJECT, current.id, 'any'), 'restore'))
      const action = { label: host.t('undo'), countdown: true, run: bringBack }
      void toast.show({ text: host.t('segment.deleted', { name: current.name }), icon: 'trash', action })
    })
  }

  #saved(record: CrmRecord, operation: 'create' | 'update' | 'restore'): void {
    const { host, toast } = this.#view
    const kept = segmentOf(record)
    const isNew = !this.segments.some(({ id }) => id === kept.id)
    this.segments = isNew ? [...this.segments, kept] : this.segments.map((one) => (one.id === kept.id ? kept : one))
    this.current = kept
    host.segment = kept.id
    host.emit('crm-saved', { object: OBJECT, id: kept.id, record, operation })
    void toast.show({ text: host.t('segment.saved', { name: kept.name }), seconds: 4 })
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    const { host, toast } = this.#view
    try {
      await work()
    } catch (error) {
      const refused = asClientError(error)
      void toast.show({ text: reasonOf(host, refused), icon: 'warn', urgent: true })
      host.emit('crm-error', { error: refused })
    }
    host.requestUpdate()
  }
}

function segmentOf({ id, version, name, shared, ownerId, condition }: CrmRecord): SavedSegment {
  return { id, version, name: String(name ?? ''), shared: shared === true, ownerId: ownerId ?? null, condition: String(condition ?? '') }
}

/** The choice of a segment, and what can be done with the present condition. */
export function renderSegments(view: FilterView): TemplateResult {
  const { host, saved } = view
  const own = saved.segments.filter(({ ownerId }) => ownerId === saved.me)
  const others = saved.segments.filter(({ ownerId }) => ownerId !== saved.me)
  const onChange = (event: Event) => saved.choose((event.target as HTMLSelectElement).value || null)
  const group = (label: string, list: readonly SavedSegment[]) =>
    list.length === 0
      ? nothing
      : html`<optgroup label=${label}>${list.map(({ id, name }) => html`<option value=${id} .selected=${live(id === saved.current?.id)}>${name}</option>`)}</optgroup>`
  const isOwn = saved.current !== null && saved.current.ownerId === saved.me
  const isWrong = view.message !== ''
  const openEditor = (event: Event) => void view.panel.open(event.currentTarget as HTMLElement, new SegmentEditor(view))
  return html`<div class="segments" part="segments" role="group" aria-label=${host.t('segment.title')}>
    <label class="row row-6"><span class="dim">${host.t('segment.title')}</span>
      <select class="select tok" part="token" aria-label=${host.t('segment.choose')} @change=${onChange}>
        <option value="" .selected=${live(saved.current === null)}>${host.t('segment.new')}</option>
        ${group(host.t('segment.mine'), own)}${group(host.t('segment.others'), others)}
      </select></label>
    <span class="grow"></span>
    ${isOwn && saved.isChanged ? renderButton({ label: host.t('segment.update'), look: 'sm', disabled: isWrong, run: () => void saved.update() }) : nothing}
    ${isOwn ? renderButton({ label: host.t('segment.delete'), icon: 'trash', look: 'ghost sm', bare: true, run: () => void saved.remove() }) : nothing}
    ${saved.canSave && view.root.parts.length > 0 ? renderButton({ label: host.t('segment.save'), look: saved.current ? 'sm' : 'primary sm', opens: 'dialog', disabled: isWrong, run: openEditor }) : nothing}
  </div>`
}
