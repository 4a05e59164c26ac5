import { formsWith } from '@guanxi/core/expression'
import type { DeciderAction, DeciderRun, DeciderView, Webhook } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { asClientError, type ClientError } from '../client/client-error.ts'
import { DeciderClient } from '../client/decider-client.ts'
import { Names } from '../client/names.ts'
import type { ObjectView } from '../client/types.ts'
import { WebhookClient } from '../client/webhook-client.ts'
import { LoadController } from '../controllers/load.ts'
import { MenuController } from '../controllers/menu.ts'
import { ToastController } from '../controllers/toast.ts'
import type { IconName } from '../icon/icon.ts'
import { reasonOf, renderFailure } from '../state/state-view.ts'
import { banner } from '../styles/banner.ts'
import { box } from '../styles/box.ts'
import { entry } from '../styles/entry.ts'
import { input } from '../styles/input.ts'
import { mark } from '../styles/mark.ts'
import { overlay } from '../styles/overlay.ts'
import { askStyles } from './ask.styles.ts'
import { builderStyles } from './builder.styles.ts'
import { figuresStyles } from './figures.styles.ts'
import { renderList } from './list.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-CN.ts'
import { paramsOf } from './on-save/action-schema.ts'
import { saveStyles } from './on-save/save.styles.ts'
import { renderPage } from './page.ts'
import { RulePage } from './rule-page.ts'
import { RuleWords } from './rule-words.ts'
import { rulesStyles as ownStyles } from './rules.styles.ts'
import type { CrmRules, RulesEvents } from './rules.ts'
import { renderRulesSkeleton } from './skeleton.ts'

export const rulesStyles = [box, input, entry, mark, banner, overlay, ownStyles, askStyles, builderStyles, saveStyles, figuresStyles]
export const rulesMessages = { 'zh-CN': zhCN, en }

/** What {@link CrmRules} shows once it is loaded. */
export class RulesView {
  readonly host: CrmRules
  readonly menu: MenuController
  readonly words: RuleWords
  names: Names
  objects: ReadonlyMap<string, ObjectView> = new Map()
  /** What can be written in conditions, operators of plugins included. */
  forms: ReturnType<typeof formsWith> = formsWith([])
  deciders: readonly DeciderView[] = []
  /** The last run of each. */
  runs: ReadonlyMap<string, DeciderRun> = new Map()
  page: RulePage | null = null
  /** That rules can call. */
  webhooks: readonly Webhook[] = []
  readonly #actions = new Map<string, Promise<readonly DeciderAction[]>>()
  readonly #load: LoadController
  readonly #toast: ToastController

  constructor(host: CrmRules) {
    this.host = host
    this.names = new Names(host.session)
    this.words = new RuleWords(this)
    this.menu = new MenuController(host)
    this.#load = new LoadController(host)
    this.#toast = new ToastController(host, () => host.t('close'))
  }

  get client(): DeciderClient {
    return new DeciderClient(this.host.session.client)
  }

  /** Objects whose rules the reader may write. */
  get definable(): readonly ObjectView[] {
    const all = [...this.objects.values()].filter((object) => this.host.may('define', object))
    return this.host.object ? all.filter(({ name }) => name === this.host.object) : all
  }

  async load(): Promise<void> {
    const done = await this.#load.run((signal) => this.#read(signal))
    if (this.#load.error) this.host.tell('crm-error', { error: this.#load.error })
    if (done) await this.show()
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { session } = this.host
    this.names = new Names(session)
    this.#actions.clear()
    const [{ objects, operators }, deciders, runs] = await Promise.all([
      session.client.definitions(signal),
      this.client.list(signal),
      this.client.runs({ limit: 200 }, signal),
      session.me().catch(() => null),
    ])
    this.objects = new Map(objects.map((object) => [object.name, object]))
    this.forms = formsWith(operators ?? [])
    this.#keepList(deciders, runs)
  }

  #keepList(deciders: readonly DeciderView[], runs: readonly DeciderRun[]): void {
    const { object } = this.host
    this.deciders = object ? deciders.filter((one) => one.object === object) : deciders
    this.runs = new Map([...runs].reverse().map((run) => [run.decider, run]))
  }

  /** Shows what the host's `rule` names. */
  async show(): Promise<void> {
    const { rule } = this.host
    if (!rule) {
      this.page = null
      this.host.requestUpdate()
      this.host.tell('crm-load', { rule: null })
      return
    }
    if (this.page?.address === rule) return
    this.page = new RulePage(this, rule)
    await this.page.load()
  }

  /** What rules on save of an object can do, and what those actions can be told; read once. */
  actionsOf(object: string): Promise<readonly DeciderAction[]> {
    const known = this.#actions.get(object)
    if (known) return known
    const found = this.client.actions(object).then(async (actions) => {
      await this.#learnChoices(actions)
      return actions
    })
    this.#actions.set(object, found)
    found.catch(() => this.#actions.delete(object))
    return found
  }

  /** Webhooks and teams, by name. Whoever may not see them is offered none. */
  async #learnChoices(actions: readonly DeciderAction[]): Promise<void> {
    const controls = new Set(actions.flatMap((action) => paramsOf(action).map(({ control }) => control)))
    const webhooks = async () => {
      this.webhooks = await new WebhookClient(this.host.session.client).list().catch(() => [])
    }
    await Promise.all([controls.has('webhook') && webhooks(), controls.has('team') && this.names.loadTeams()])
  }

  /** Opens a rule, or goes back to the list. */
  open(rule: string | null): void {
    this.host.tab = null
    this.host.rule = rule
  }

  /** The list after something was done to a rule. */
  async refresh(): Promise<void> {
    const [deciders, runs] = await Promise.all([this.client.list(), this.client.runs({ limit: 200 })])
    this.#keepList(deciders, runs)
    this.host.requestUpdate()
  }

  say(text: string, icon: IconName = 'check'): void {
    void this.#toast.show({ text, icon, seconds: 6 })
  }

  fail(error: unknown): ClientError {
    const failed = asClientError(error)
    void this.#toast.show({ text: reasonOf(this.host, failed), icon: 'warn', urgent: true })
    this.host.tell('crm-error', { error: failed })
    return failed
  }

  did(rule: string, action: RulesEvents['crm-rule']['action']): void {
    this.host.tell('crm-rule', { rule, action })
  }

  updated(): void {
    this.page?.updated()
  }

  render(): TemplateResult {
    return html`${this.#renderBody()}${this.menu.render()}${this.#toast.render()}`
  }

  #renderBody(): unknown {
    const { host } = this
    const { state, error } = this.#load
    if (state === 'failed' && error) return renderFailure(host, error, () => this.load())
    if (state !== 'ready') return renderRulesSkeleton(host)
    return this.page ? renderPage(this.page) : (renderList(this) ?? nothing)
  }
}
