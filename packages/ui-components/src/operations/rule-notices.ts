import type { DeciderPreview, DeciderRun, DeciderView } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { asClientError, type ClientError } from '../client/client-error.ts'
import { DeciderClient } from '../client/decider-client.ts'
import { Names } from '../client/names.ts'
import type { ObjectView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import { formatNumber } from '../format/number.ts'
import { askStyles } from '../rules/ask.styles.ts'
import { renderBrokenOnes } from '../rules/broken.ts'
import { frame, renderNumbers } from '../rules/dialogs.ts'
import { figuresStyles } from '../rules/figures.styles.ts'
import { en } from '../rules/messages/en.ts'
import { zhCN } from '../rules/messages/zh-CN.ts'
import { namePreview } from '../rules/names-in-preview.ts'
import { renderBreaches } from '../rules/preview.ts'
import type { CrmOperations } from './operations.ts'

export const noticesStyles = [askStyles, figuresStyles]
export const noticesMessages = { 'zh-CN': zhCN, en }

interface Told {
  say(text: string): void
  fail(error: ClientError): void
  reload(): Promise<void>
}

/** Rules that somebody has to look at: runs that a limit has stopped, and rules that have broken. */
export class RuleNotices {
  readonly #host: CrmOperations
  readonly #told: Told
  readonly #names: Names
  #deciders: ReadonlyMap<string, DeciderView> = new Map()
  #objects: ReadonlyMap<string, ObjectView> = new Map()
  #runs: readonly DeciderRun[] = []
  #asked: { readonly run: DeciderRun; readonly preview: DeciderPreview } | null = null
  #busy: string | null = null
  #focus: string | null = null

  constructor(host: CrmOperations, told: Told) {
    this.#host = host
    this.#told = told
    this.#names = new Names(host.session)
  }

  get #client(): DeciderClient {
    return new DeciderClient(this.#host.session.client)
  }

  async read(signal: AbortSignal): Promise<void> {
    const [deciders, runs, objects] = await Promise.all([
      this.#client.list(signal),
      this.#client.runs({ status: 'waiting', limit: 200 }, signal),
      this.#host.session.client.objects(signal),
    ])
    this.#deciders = new Map(deciders.map((one) => [one.id, one]))
    this.#objects = new Map(objects.map((one) => [one.name, one]))
    this.#runs = runs
    await this.#names.load({ teams: runs.flatMap(({ breaches }) => breaches.flatMap(({ team }) => team ?? [])) })
  }

  updated(): void {
    const { renderRoot } = this.#host
    const dialog = renderRoot.querySelector<HTMLDialogElement>('dialog.ask')
    if (dialog && !dialog.open) dialog.showModal()
    if (this.#focus === null || dialog) return
    const target = renderRoot.querySelector<HTMLElement>(this.#focus) ?? renderRoot.querySelector<HTMLElement>('.body .btn, .tabs button')
    this.#focus = null
    target?.focus()
  }

  /** Shows the numbers as they are now. */
  async #look(run: DeciderRun): Promise<void> {
    await this.#busily(run.id, async () => {
      const { decider, at, version } = run
      const preview = await this.#client.preview(decider, { at, version, sample: 5 })
      await namePreview(this.#names, this.#objects.get(run.object), preview)
      this.#asked = { run, preview }
    })
  }

  async #confirm(): Promise<void> {
    const asked = this.#asked
    if (!asked) return
    const { run, preview } = asked
    await this.#busily(run.id, async () => {
      const result = await this.#client.confirm(run.id, preview.token ?? '')
      this.#asked = null
      this.#host.tell('crm-rule', { rule: run.decider, action: 'run' })
      await this.#told.reload()
      this.#told.say(this.#host.t('rules.ran', { count: result.status === 'done' ? result.run.affected : 0 }))
      this.#focus = '.waiting .btn'
    })
  }

  async #dismiss(run: DeciderRun): Promise<void> {
    await this.#busily(run.id, async () => {
      await this.#client.dismiss(run.id)
      this.#host.tell('crm-rule', { rule: run.decider, action: 'dismissed' })
      await this.#told.reload()
      this.#told.say(this.#host.t('rules.dismissed'))
      this.#focus = '.waiting .btn'
    })
  }

  async #busily(run: string, work: () => Promise<void>): Promise<void> {
    if (this.#busy !== null) return
    this.#busy = run
    this.#host.requestUpdate()
    try {
      await work()
    } catch (error) {
      const failed = asClientError(error)
      // The numbers have moved: they have to be looked at again.
      if (failed.code === 'RUN_TOKEN') this.#asked = null
      this.#told.fail(failed)
    } finally {
      this.#busy = null
      this.#host.requestUpdate()
    }
  }

  render(): TemplateResult {
    return html`${renderBrokenOnes(this.#host, this.#deciders.values(), (id) => this.#open(id))}${this.#runs.length > 0 ? this.#renderRuns() : nothing}${this.#asked ? this.#renderAsked(this.#asked) : nothing}`
  }

  #open(id: string): void {
    this.#host.tell('crm-rule', { rule: id, action: 'open' })
  }

  #renderRule(id: string): TemplateResult {
    return html`<button type="button" class="link name" part="button" @click=${() => this.#open(id)}>${this.#host.words(this.#deciders.get(id)?.label) || id}</button>`
  }

  #renderRuns(): TemplateResult {
    const host = this.#host
    const heads = ['rules.name', 'rules.run.when', 'rules.affected', 'rules.limits'] as const
    return html`<section class="block list waiting" part="block" aria-label=${host.t('rules.waiting')}><h3>${host.t('rules.waiting')}</h3><p class="hint waiting-hint">${host.t('rules.waiting.hint')}</p><table>
      <thead><tr>${heads.map((head) => html`<th scope="col" class=${head === 'rules.affected' ? 'n' : ''}>${host.t(head)}</th>`)}<th scope="col" class="acts">${host.t('rules.acts')}</th></tr></thead>
      <tbody>${this.#runs.map((run) => this.#renderRun(run))}</tbody></table></section>`
  }

  #renderRun(run: DeciderRun): TemplateResult {
    const host = this.#host
    const { id, decider, at, planned, object } = run
    const noun = host.words(this.#objects.get(object)?.pluralLabel) || object
    const may = host.may('define', this.#objects.get(object))
    return html`<tr data-run=${id}><th scope="row">${this.#renderRule(decider)}<br /><span class="xs dim">${noun}</span></th><td class="when dim">${formatInstant(at, host.language, host.session.now())}</td>
      <td class="n" data-head=${host.t('rules.affected')}>${formatNumber(planned, host.language)}</td><td>${renderBreaches({ host, names: this.#names, object: undefined }, run)}</td>
      <td class="acts"><div>${
        may
          ? html`${renderButton({ label: host.t('rules.run.look'), look: 'sm primary', busy: this.#busy === id, run: () => void this.#look(run) })}${renderButton({ label: host.t('rules.run.dismiss'), look: 'sm ghost', disabled: this.#busy !== null, run: () => void this.#dismiss(run) })}`
          : nothing
      }</div></td></tr>`
  }

  #renderAsked({ run, preview }: { readonly run: DeciderRun; readonly preview: DeciderPreview }): TemplateResult {
    const host = this.#host
    const close = () => {
      this.#asked = null
      this.#focus = `[data-run="${run.id}"] .btn`
      host.requestUpdate()
    }
    const title = `${host.t('rules.confirm.title')}${host.t('colon')}${host.words(this.#deciders.get(run.decider)?.label) || run.decider}`
    const place = { host, names: this.#names, object: this.#objects.get(run.object) }
    const done = { label: host.t('rules.confirm.run', { count: preview.affected }), look: 'danger', busy: this.#busy === run.id }
    return frame({ host }, title, close, () => this.#confirm(), renderNumbers(place, preview), done, true)
  }
}
