import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ClientError } from '../client/client-error.ts'
import type { InboxEntry } from '../client/inbox-client.ts'
import type { ObjectView } from '../client/types.ts'
import { Announcer } from '../controllers/announcer.ts'
import { LoadController } from '../controllers/load.ts'
import { PanelController } from '../controllers/panel.ts'
import { RecordDialog } from '../controllers/record-dialog.ts'
import { ToastController } from '../controllers/toast.ts'
import { renderButton } from '../display/button.ts'
import { formatDay } from '../format/date.ts'
import { reasonOf, renderEmpty, renderFailure } from '../state/state-view.ts'
import { box } from '../styles/box.ts'
import { entry } from '../styles/entry.ts'
import { input } from '../styles/input.ts'
import { mark } from '../styles/mark.ts'
import { overlay } from '../styles/overlay.ts'
import { inboxStyles as ownStyles } from './inbox.styles.ts'
import type { CrmInbox } from './inbox.ts'
import { InboxList } from './inbox-list.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-CN.ts'
import { renderNote } from './note.ts'

export const inboxStyles = [box, input, entry, mark, overlay, ownStyles]
export const inboxMessages = { 'zh-CN': zhCN, en }

/** What {@link CrmInbox} shows once it is loaded. */
export class InboxView {
  readonly host: CrmInbox
  readonly list: InboxList
  readonly #load: LoadController
  readonly #more: LoadController
  readonly #panel: PanelController
  readonly #toast: ToastController
  readonly #announcer: Announcer
  readonly #dialog: RecordDialog
  #opened: ObjectView | null = null

  constructor(host: CrmInbox) {
    this.host = host
    this.list = new InboxList(host)
    this.#load = new LoadController(host)
    this.#more = new LoadController(host)
    this.#panel = new PanelController(host)
    this.#toast = new ToastController(host, () => host.t('close'))
    this.#announcer = new Announcer(host)
    this.#dialog = new RecordDialog(host, this.#toast, () => this.#opened)
  }

  async load(): Promise<void> {
    const done = await this.#load.run((signal) => this.list.read(signal))
    if (done) this.host.tell('crm-load', { unread: this.host.unread.count })
    else if (this.#load.error) this.host.tell('crm-error', { error: this.#load.error })
  }

  /** Looks for news where somebody looks at it. */
  async refresh(): Promise<void> {
    const isSeen = this.host.mode !== 'bell' || this.#panel.isOpen
    if (!isSeen || !this.list.isReady || this.#load.state === 'loading') return
    const count = await this.list.readNews().catch(() => 0)
    if (count > 0) this.#announcer.say(this.host.t('inbox.new', { count }))
  }

  /** Shows the messages beside the bell. */
  async openBeside(bell: HTMLElement): Promise<void> {
    void this.load()
    await this.#panel.open(bell, { label: this.host.t('inbox.title'), render: () => this.#renderInbox() })
  }

  /** Opens the record of a message; the host may do it instead. */
  async open(entry: InboxEntry): Promise<void> {
    const { about, readAt } = entry
    if (readAt === null) void this.mark(entry, true)
    if (!about) return
    this.#panel.close()
    if (!this.host.tell('crm-open', { ...about, record: null }, true)) return
    try {
      this.#opened = await this.host.session.object(about.object)
      await this.#dialog.open({ id: about.id })
    } catch (error) {
      this.#fail(error as ClientError)
    }
  }

  async mark(entry: InboxEntry, read: boolean): Promise<void> {
    this.#fail(await this.list.mark(entry, read))
  }

  async #markAll(): Promise<void> {
    const error = await this.list.markAll()
    this.#fail(error)
    if (!error) this.#announcer.say(this.host.t('inbox.allRead'))
  }

  #fail(error: ClientError | null): void {
    if (!error) return
    void this.#toast.show({ text: reasonOf(this.host, error), icon: 'warn', urgent: true })
    this.host.tell('crm-error', { error })
  }

  #show(change: Partial<Pick<InboxList, 'unreadOnly' | 'kind'>>): void {
    Object.assign(this.list, change)
    void this.load()
  }

  render(): TemplateResult {
    return html`${this.#renderInbox()}${this.#renderAround()}`
  }

  renderPanel(): TemplateResult {
    return html`${this.#panel.render()}${this.#renderAround()}`
  }

  #renderAround(): TemplateResult {
    return html`${this.#dialog.render()}${this.#toast.render()}${this.#announcer.render()}`
  }

  #renderInbox(): TemplateResult {
    const { host } = this
    const { count } = host.unread
    const isPage = host.mode !== 'bell'
    const title = html`<slot name="title">${host.t('inbox.title')}</slot>`
    return html`<section class="inbox" aria-label=${host.t('inbox.title')}>
      <header class="inbox-head"><h2 class="title">${isPage ? title : host.t('inbox.title')}${count > 0 ? html`<span class="badge badge-accent">${count >= 1000 ? '1000+' : count}</span>` : nothing}</h2>
        ${renderButton({ label: host.t('inbox.markAll'), icon: 'check', look: 'ghost sm', disabled: count === 0, run: () => void this.#markAll() })}
      </header>
      ${this.#renderBar()}${this.#renderBody()}
    </section>`
  }

  #renderBar(): TemplateResult {
    const { host, list } = this
    const choice = (key: 'inbox.all' | 'inbox.unread', unreadOnly: boolean) =>
      html`<button type="button" part="button" aria-pressed=${list.unreadOnly === unreadOnly} @click=${() => this.#show({ unreadOnly })}>${host.t(key)}</button>`
    const kinds = [...list.kinds].map(
      ([kind, label]) => html`<option value=${kind} ?selected=${list.kind === kind}>${host.words(label)}</option>`,
    )
    return html`<div class="inbox-bar">
      <div class="switch-two" role="group" aria-label=${host.t('inbox.show')}>${choice('inbox.all', false)}${choice('inbox.unread', true)}</div>
      ${
        list.kinds.size > 1
          ? html`<select class="select" aria-label=${host.t('inbox.kind')} @change=${(event: Event) => this.#show({ kind: (event.target as HTMLSelectElement).value || null })}
              ><option value="">${host.t('inbox.kind.any')}</option>${kinds}</select>`
          : nothing
      }
    </div>`
  }

  #renderBody(): TemplateResult {
    const { host, list } = this
    if (this.#load.state === 'failed' && this.#load.error) return renderFailure(host, this.#load.error, () => this.load())
    if (!list.isReady) return this.#renderSkeleton()
    if (list.entries.length === 0) return this.#renderEmpty()
    const days = [...Map.groupBy(list.entries, ({ at }) => this.#dayOf(at))]
    return html`<div class="inbox-scroll" tabindex="0" role="group" aria-label=${host.t('inbox.list')} aria-busy=${this.#load.state === 'loading'}>
      ${repeat(
        days,
        ([day]) => day,
        ([day, entries]) =>
          html`<h3 class="day-title">${day}</h3><ul class="day-list" part="day">${repeat(
            entries,
            ({ id }) => id,
            (entry) => renderNote(this, entry),
          )}</ul>`,
      )}
      ${list.cursor ? html`<div class="inbox-more">${renderButton({ label: host.t('inbox.older'), look: 'sm', busy: this.#more.state === 'loading', run: () => void this.#readMore() })}</div>` : nothing}
    </div>`
  }

  async #readMore(): Promise<void> {
    await this.#more.run(() => this.list.readMore())
    this.#fail(this.#more.error)
  }

  #renderEmpty(): TemplateResult {
    const { host, list } = this
    if (list.unreadOnly) return renderEmpty('check', host.t('inbox.empty.unread'), '')
    if (list.kind) return renderEmpty('inbox', host.t('inbox.empty.kind'), '')
    return renderEmpty('inbox', host.t('inbox.empty.title'), host.t('inbox.empty.text'))
  }

  #renderSkeleton(): TemplateResult {
    const line = html`<div class="skel-line"><i class="skel w60"></i><i class="skel w30"></i></div>`
    return html`<div class="shell-skel" role="status" aria-busy="true" aria-label=${this.host.t('loading')}>${Array.from({ length: 5 }, () => line)}</div>`
  }

  #dayOf(at: number): string {
    const { host } = this
    const now = host.session.now()
    const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
    if (days <= 0) return host.t('inbox.today')
    return days === 1 ? host.t('inbox.yesterday') : formatDay(at, host.language, now)
  }
}

function startOfDay(at: number): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
