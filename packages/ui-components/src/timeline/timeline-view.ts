import type { DeciderDecision } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { asClientError, type ClientError } from '../client/client-error.ts'
import { DeciderClient } from '../client/decider-client.ts'
import { liveLink } from '../client/live.ts'
import { Names } from '../client/names.ts'
import type { CrmRecord, ObjectView } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { RecordWatch } from '../controllers/record-watch.ts'
import { ToastController } from '../controllers/toast.ts'
import { renderButton } from '../display/button.ts'
import { reasonOf, renderEmpty, renderFailure } from '../state/state-view.ts'
import { mark } from '../styles/mark.ts'
import { overlay } from '../styles/overlay.ts'
import { scale } from '../styles/scale.ts'
import { byDay, dayHeading } from './days.ts'
import { renderEvent } from './event.ts'
import { Feed, type FeedSource } from './feed.ts'
import { decisionKey, type TimelineItem } from './item.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-CN.ts'
import { loadNames } from './names-of.ts'
import { renderTimelineSkeleton } from './skeleton.ts'
import { aboutRecord, activitiesOf, changesOf, decisionsOf, shadowsOf } from './sources.ts'
import { TakeBack } from './take-back.ts'
import { timelineStyles as ownStyles } from './timeline.styles.ts'
import type { CrmTimeline, TimelinePart } from './timeline.ts'

export const timelineStyles = [mark, scale, overlay, ownStyles]
export const timelineMessages = { 'zh-CN': zhCN, en }

const parts: readonly TimelinePart[] = ['all', 'changes', 'decisions', 'activities']
const PAGE = 30

/** What {@link CrmTimeline} shows once it is loaded. */
export class TimelineView {
  readonly host: CrmTimeline
  readonly takeBack: TakeBack
  definition: ObjectView | null = null
  activity: ObjectView | null = null
  /** As it is now; null where it is deleted. */
  record: CrmRecord | null = null
  names: Names
  #feed: Feed | null = null
  #why: readonly DeciderDecision[] = []
  #labels: ReadonlyMap<string, string> = new Map()
  #stopActivities: (() => void) | null = null
  #shownOf = ''
  readonly #load: LoadController
  readonly #more: LoadController
  readonly #toast: ToastController

  constructor(host: CrmTimeline) {
    this.host = host
    this.names = new Names(host.session)
    this.takeBack = new TakeBack(this)
    this.#load = new LoadController(host)
    this.#more = new LoadController(host)
    this.#toast = new ToastController(host, () => host.t('close'))
    new RecordWatch(host, ({ object, id, before, after }) => {
      const isThis = object === host.object && id === host.recordId
      if (isThis && before && after?.version !== before.version && this.#load.state !== 'loading') void this.load()
    })
    host.addController({ hostDisconnected: () => this.#forgetActivities(), hostConnected: () => this.#watchActivities() })
  }

  get part(): TimelinePart {
    return parts.find((one) => one === this.host.shown) ?? 'all'
  }

  get client() {
    return this.host.session.client
  }

  /** What a rule is called; its id where the reader may not see rules. */
  ruleName(id: string): string {
    return this.#labels.get(id) ?? id
  }

  /** The decision behind a change or an entry of the log. */
  decisionAt(decider: string, at: number): DeciderDecision | null {
    const key = decisionKey(decider, at)
    return this.#why.find((one) => one.mode === 'live' && decisionKey(one.decider, one.at) === key) ?? null
  }

  async load(): Promise<void> {
    const { host } = this
    const known = this.#shownOf === this.#address
    if (!known) this.#feed = null
    const done = await this.#load.run((signal) => this.#read(signal, known ? (this.#feed?.items.length ?? 0) : 0))
    if (done) host.emit('crm-load', { object: host.object, record: this.record })
    else if (this.#load.error) this.fail(this.#load.error, this.#feed !== null)
  }

  get #address(): string {
    const { src, object, recordId } = this.host
    return [src, object, recordId, this.part].join(' ')
  }

  async #read(signal: AbortSignal, shown: number): Promise<void> {
    const { host } = this
    const { object, session, recordId } = host
    if (!object || !recordId) return
    this.names = new Names(session)
    const address = this.#address
    const [definition, record, why] = await Promise.all([
      session.object(object),
      this.client.get(object, recordId, {}, signal).catch((error) => this.#gone(error)),
      new DeciderClient(this.client).why(object, recordId, signal).catch(() => []),
      session.me().catch(() => null),
    ])
    this.definition = definition
    this.#why = why
    this.activity = await session.object('activity').catch(() => null)
    if (why.length > 0 && host.may('define', definition)) await this.#readLabels(signal)
    const feed = new Feed(this.#sources())
    await feed.more(Math.max(PAGE, shown), signal)
    await loadNames(this, feed.items)
    if (signal.aborted) return
    this.record = record
    if (record) session.store.merge(object, [record])
    this.#feed = feed
    this.#shownOf = address
    this.#watchActivities()
  }

  /** Whoever may restore a deleted record may read its history, which says so itself. */
  #gone(error: unknown): null {
    if (asClientError(error).status === 404) return null
    throw error
  }

  async #readLabels(signal: AbortSignal): Promise<void> {
    const deciders = await new DeciderClient(this.client).list(signal).catch(() => [])
    this.#labels = new Map(deciders.map(({ id, label }) => [id, this.host.words(label)]))
  }

  #sources(): readonly FeedSource[] {
    const { object, recordId } = this.host
    const place = { object, id: recordId ?? '' }
    const { part, client } = this
    const isAll = part === 'all'
    const about = aboutRecord(this.activity, place)
    return [
      ...(isAll || part === 'changes' ? [changesOf(client, place)] : []),
      ...(isAll || part === 'decisions' ? [decisionsOf(client, place, isAll), shadowsOf(this.#why)] : []),
      ...((isAll || part === 'activities') && about ? [activitiesOf(client, about)] : []),
    ]
  }

  async #readMore(): Promise<void> {
    const feed = this.#feed
    if (!feed) return
    const before = feed.items.length
    await this.#more.run(async (signal) => {
      await feed.more(PAGE, signal)
      await loadNames(this, feed.items.slice(before))
    })
    if (this.#more.error) return this.fail(this.#more.error)
    await this.host.updateComplete
    // The button has moved down or is gone: the first new one is where the reader goes on.
    this.host.renderRoot.querySelectorAll<HTMLElement>('.event')[before]?.focus()
  }

  /** Follow-ups are records of their own: a new one is news as well. */
  #watchActivities(): void {
    this.#forgetActivities()
    const { object, recordId, session } = this.host
    const where = recordId ? aboutRecord(this.activity, { object, id: recordId }) : null
    if (!where || !this.host.isConnected) return
    const again = ({ object: of }: { readonly object: string }) => {
      if (of === 'activity' && this.#load.state !== 'loading') void this.load()
    }
    this.#stopActivities = liveLink(session).watch('activity', again, { asked: () => ({ where }), recount: () => undefined })
  }

  #forgetActivities(): void {
    this.#stopActivities?.()
    this.#stopActivities = null
  }

  /** Tells the reader and the host. */
  fail(error: ClientError, isSaid = true): void {
    if (isSaid) void this.#toast.show({ text: reasonOf(this.host, error), icon: 'warn', urgent: true })
    this.host.emit('crm-error', { error })
  }

  say(text: string): void {
    void this.#toast.show({ text, icon: 'undo', seconds: 8 })
  }

  render(): TemplateResult {
    const { host } = this
    return html`<header class="head"><h2 class="title"><slot name="title">${host.t('timeline.title')}</slot></h2>${this.#renderParts()}</header>
      <div class="body" aria-busy=${this.#load.state === 'loading'}>${this.#renderBody()}</div>${this.#toast.render()}`
  }

  #renderParts(): TemplateResult {
    const { host, part } = this
    const shown = this.activity || !this.#feed ? parts : parts.filter((one) => one !== 'activities')
    const choose = (one: TimelinePart) => {
      host.shown = one
    }
    return html`<nav class="tabs" aria-label=${host.t('timeline.parts')}>${shown.map(
      (one) =>
        html`<button type="button" part="button" aria-current=${one === part ? 'page' : nothing} @click=${() => choose(one)}>${host.t(`timeline.${one}`)}</button>`,
    )}</nav>`
  }

  #renderBody(): unknown {
    const { host } = this
    const feed = this.#feed
    if (this.#load.state === 'failed' && this.#load.error && (!feed || this.#load.error.status !== 0))
      return renderFailure(host, this.#load.error, () => this.load())
    if (!feed || this.#shownOf !== this.#address) return renderTimelineSkeleton(host)
    if (feed.items.length === 0) return renderEmpty('history', host.t('timeline.empty'), host.t(`timeline.empty.${this.part}`))
    return html`<div part="timeline">${byDay(feed.items).map((day) => this.#renderDay(day))}</div>
      ${feed.hasMore ? html`<div class="more">${renderButton({ label: host.t('timeline.more'), look: 'sm', busy: this.#more.state === 'loading', run: () => void this.#readMore() })}</div>` : nothing}`
  }

  #renderDay(items: readonly TimelineItem[]): TemplateResult {
    const { host } = this
    const heading = dayHeading(items[0]?.at ?? 0, host.language, host.session.now())
    return html`<section class="day" aria-label=${heading}><h3>${heading}</h3><ol>${items.map((item) => renderEvent(this, item))}</ol></section>`
  }
}
