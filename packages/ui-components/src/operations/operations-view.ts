import { html, nothing, type TemplateResult } from 'lit'
import { asClientError, ClientError } from '../client/client-error.ts'
import { type Health, type JobEntry, OperationsClient, type Page, type ParkedEntry, type SendEntry } from '../client/operations-client.ts'
import { Announcer } from '../controllers/announcer.ts'
import { LoadController } from '../controllers/load.ts'
import { ToastController } from '../controllers/toast.ts'
import { renderButton } from '../display/button.ts'
import { addMessages, type MessageKey } from '../messages/messages.ts'
import { reasonOf, renderEmpty, renderFailure } from '../state/state-view.ts'
import { banner } from '../styles/banner.ts'
import { box } from '../styles/box.ts'
import { entry } from '../styles/entry.ts'
import { input } from '../styles/input.ts'
import { mark } from '../styles/mark.ts'
import { overlay } from '../styles/overlay.ts'
import type { WebhooksView } from '../webhook/webhooks-view.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-CN.ts'
import { operationsStyles as ownStyles } from './operations.styles.ts'
import type { CrmOperations, OperationsTab } from './operations.ts'
import { renderOverview } from './overview.ts'
import { jobRow, parkedRow, renderRows, sendRow } from './rows.ts'
import type { RuleNotices } from './rule-notices.ts'

export const operationsStyles = [box, input, entry, mark, banner, overlay, ownStyles]
export const operationsMessages = { 'zh-CN': zhCN, en }

const tabs: readonly OperationsTab[] = ['health', 'jobs', 'parked', 'sends', 'webhooks']
const states = {
  jobs: ['dead', 'waiting', 'running'],
  sends: ['failed', 'unknown', 'queued', 'suppressed', 'sent'],
} as const

/** What {@link CrmOperations} shows once it is loaded. */
export class OperationsView {
  readonly host: CrmOperations
  /** The row that somebody is about to give up. */
  asked: string | null = null
  /** The row something is being done about. */
  busy: string | null = null
  #health: Health | null = null
  #rows: Page<JobEntry | ParkedEntry | SendEntry> = { rows: [], cursor: null }
  /** The tab the rows are of. */
  #of: OperationsTab | null = null
  /** False where the server has no background work to tell of, only messages. */
  #hasWork = true
  /** False where the server has said that there are none. */
  #hasWebhooks = true
  /** Rules that somebody has to look at; loaded where there are some. */
  #rules: RuleNotices | null = null
  /** Loaded when somebody looks there. */
  #webhooks: WebhooksView | null = null
  #state: { jobs: JobEntry['state'] | null; sends: SendEntry['state'] | null } = { jobs: null, sends: null }
  readonly #load: LoadController
  readonly #toast: ToastController
  readonly #announcer: Announcer

  constructor(host: CrmOperations) {
    this.host = host
    this.#load = new LoadController(host)
    this.#toast = new ToastController(host, () => host.t('close'))
    this.#announcer = new Announcer(host)
  }

  get client(): OperationsClient {
    return new OperationsClient(this.host.session.client)
  }

  get tab(): OperationsTab {
    const wanted = tabs.find((one) => one === this.host.tab) ?? 'health'
    return this.#hasWork ? wanted : 'sends'
  }

  async load(): Promise<void> {
    this.asked = null
    const done = await this.#load.run((signal) => this.#read(signal))
    if (done) {
      this.#showTab()
      this.host.tell('crm-load', { tab: this.tab })
    } else if (this.#load.error) this.host.tell('crm-error', { error: this.#load.error })
  }

  /** On a phone the tabs are wider than the screen. */
  #showTab(): void {
    const bar = this.host.renderRoot.querySelector<HTMLElement>('.tabs')
    const current = bar?.querySelector<HTMLElement>('[aria-current]')
    if (bar && current) bar.scrollLeft = current.offsetLeft - bar.offsetLeft - 8
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { tab } = this
    if (tab === 'health') {
      try {
        this.#health = await this.client.health(signal)
        this.#hasWebhooks = this.#health.webhooks !== null
        await this.#readRules(this.#health, signal)
        this.#of = tab
        return
      } catch (error) {
        if (!(error instanceof ClientError && error.status === 404)) throw error
        this.#hasWork = false
        return this.#read(signal)
      }
    }
    if (tab === 'webhooks') {
      await (await this.#bringWebhooks()).read(signal)
      this.#of = tab
      return
    }
    const page = await this.#page(tab, null, signal)
    await this.#names(page)
    this.#rows = page
    this.#of = tab
  }

  /** Runs that wait, and rules that have broken. */
  async #readRules({ confirmations, broken }: Health, signal: AbortSignal): Promise<void> {
    if (confirmations === 0 && !broken && !this.#rules) return
    if (!this.#rules) {
      const { RuleNotices, noticesStyles, noticesMessages } = await this.host.bring(() => import('./rule-notices.ts'))
      addMessages(noticesMessages)
      this.host.addStyles(...noticesStyles)
      const say = (text: string) => void this.#toast.show({ text, seconds: 5 })
      this.#rules = new RuleNotices(this.host, { say, fail: (error) => this.#fail(error), reload: () => this.load() })
    }
    await this.#rules.read(signal)
  }

  updated(): void {
    this.#rules?.updated()
  }

  async #bringWebhooks(): Promise<WebhooksView> {
    if (this.#webhooks) return this.#webhooks
    const { WebhooksView, webhookStyles, webhookMessages } = await this.host.bring(() => import('../webhook/webhooks-view.ts'))
    addMessages(webhookMessages)
    this.host.addStyles(...webhookStyles)
    const say = (text: string) => void this.#toast.show({ text, seconds: 5 })
    this.#webhooks = new WebhooksView(this.host, { say, fail: (error) => this.#fail(error) })
    return this.#webhooks
  }

  #page(tab: OperationsTab, cursor: string | null, signal?: AbortSignal): Promise<Page<JobEntry | ParkedEntry | SendEntry>> {
    if (tab === 'jobs') return this.client.jobs(this.#state.jobs, cursor, signal)
    return tab === 'parked' ? this.client.parked(cursor, signal) : this.client.sends(this.#state.sends, cursor, signal)
  }

  /** Recipients are shown by name; without the names their ids do. */
  async #names({ rows }: Page<JobEntry | ParkedEntry | SendEntry>): Promise<void> {
    const ids = rows.flatMap((row) => ('recipient' in row && row.recipient.startsWith('person:') ? [row.recipient.slice(7)] : []))
    if (ids.length > 0) await this.host.session.loadPeople(ids).catch(() => undefined)
  }

  async #readMore(): Promise<void> {
    const { rows, cursor } = this.#rows
    if (!cursor) return
    try {
      const page = await this.#page(this.tab, cursor)
      await this.#names(page)
      this.#rows = { rows: [...rows, ...page.rows], cursor: page.cursor }
      this.host.requestUpdate()
    } catch (error) {
      this.#fail(asClientError(error))
    }
  }

  ask(key: string | null): void {
    this.asked = key
    this.host.requestUpdate()
  }

  async replay(key: string, run: () => Promise<boolean>): Promise<void> {
    await this.#act(key, run, 'operations.done')
  }

  async drop(run: () => Promise<boolean>): Promise<void> {
    await this.#act(this.asked ?? '', run, 'operations.dropped')
  }

  async #act(key: string, run: () => Promise<boolean>, said: MessageKey): Promise<void> {
    this.busy = key
    this.host.requestUpdate()
    try {
      const done = await run()
      await this.load()
      void this.#toast.show({ text: this.host.t(done ? said : 'operations.faster'), seconds: 5 })
    } catch (error) {
      this.#fail(asClientError(error))
    } finally {
      this.busy = null
      this.host.requestUpdate()
    }
  }

  #fail(error: ClientError): void {
    void this.#toast.show({ text: reasonOf(this.host, error), icon: 'warn', urgent: true })
    this.host.tell('crm-error', { error })
  }

  render(): TemplateResult {
    const { host } = this
    return html`<header class="head"><h2 class="title"><slot name="title">${host.t('operations.title')}</slot></h2>
        ${renderButton({ label: host.t('operations.refresh'), icon: 'history', look: 'ghost', busy: this.#load.state === 'loading' && this.#of !== null, run: () => void this.load() })}</header>
      ${this.#renderBar()}<div class="body" aria-busy=${this.#load.state === 'loading'}>${this.#renderBody()}</div>
      ${this.#toast.render()}${this.#announcer.render()}`
  }

  #renderBar(): TemplateResult {
    const { host, tab } = this
    const some = this.#hasWebhooks || tab === 'webhooks' ? tabs : tabs.filter((one) => one !== 'webhooks')
    const shown = this.#hasWork ? some : (['sends'] as const)
    const choose = (one: OperationsTab) => {
      host.tab = one
    }
    return html`<div class="toolbar"><nav class="tabs" aria-label=${host.t('operations.tabs')}>${shown.map(
      (one) =>
        html`<button type="button" part="button" aria-current=${one === tab ? 'page' : nothing} @click=${() => choose(one)}>${host.t(`operations.${one}`)}</button>`,
    )}</nav>${tab === 'jobs' || tab === 'sends' ? this.#renderStates(tab) : nothing}${tab === 'webhooks' && this.#of === tab ? this.#webhooks?.renderAction() : nothing}</div>`
  }

  #renderStates(tab: 'jobs' | 'sends'): TemplateResult {
    const { host } = this
    const change = (event: Event): void => {
      this.#state = { ...this.#state, [tab]: (event.target as HTMLSelectElement).value || null }
      void this.load()
    }
    const label = (state: string): string => host.t((tab === 'sends' ? `operations.send.${state}` : `operations.${state}`) as MessageKey)
    return html`<select class="select" aria-label=${host.t('operations.state')} @change=${change}><option value="">${host.t('operations.state.any')}</option>${states[
      tab
    ].map((state) => html`<option value=${state} ?selected=${this.#state[tab] === state}>${label(state)}</option>`)}</select>`
  }

  #renderBody(): unknown {
    const { host, tab } = this
    if (this.#load.state === 'failed' && this.#load.error) return renderFailure(host, this.#load.error, () => this.load())
    if (this.#of !== tab) return this.#renderSkeleton()
    if (tab === 'webhooks') return this.#webhooks?.render()
    if (tab === 'health') return this.#health && renderOverview(host, this.#health, this.#rules?.render())
    const { rows, cursor } = this.#rows
    if (rows.length === 0)
      return renderEmpty(
        'check',
        host.t(tab === 'jobs' ? 'operations.noJobs' : tab === 'parked' ? 'operations.noParked' : 'operations.noSends'),
        '',
      )
    const made = rows.map((row) => ('recipient' in row ? sendRow(this, row) : 'consumer' in row ? parkedRow(this, row) : jobRow(this, row)))
    return html`${renderRows(this, `operations.${tab}`, made)}
      ${cursor ? html`<div class="more">${renderButton({ label: host.t('operations.more'), look: 'sm', run: () => void this.#readMore() })}</div>` : nothing}`
  }

  #renderSkeleton(): TemplateResult {
    const line = html`<div class="skel-line"><i class="skel w30"></i><i class="skel w20"></i></div>`
    return html`<div class="shell-skel" role="status" aria-busy="true" aria-label=${this.host.t('loading')}>${Array.from({ length: 6 }, () => line)}</div>`
  }
}
