import type { WebhookDelivery } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { asClientError } from '../client/client-error.ts'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import { formatNumber } from '../format/number.ts'
import { spinner } from '../icon/icon.ts'
import { renderEmpty, renderFailure } from '../state/state-view.ts'
import type { WebhooksView } from './webhooks-view.ts'

const states = ['failed', 'pending', 'delivered', 'skipped'] as const
const looks = { pending: '', delivered: 'success', failed: 'danger', skipped: 'line' } as const
const week = 7 * 86_400_000
const pageSize = 20

/** What one webhook was told, and what became of it. */
export class Deliveries {
  readonly hook: string
  readonly #view: WebhooksView
  #rows: readonly WebhookDelivery[] | null = null
  #cursor: string | null = null
  #state: WebhookDelivery['state'] | undefined
  #error: ReturnType<typeof asClientError> | null = null

  constructor(view: WebhooksView, hook: string) {
    this.#view = view
    this.hook = hook
  }

  async read(signal?: AbortSignal): Promise<void> {
    const state = this.#state
    const page = await this.#view.client.deliveries(this.hook, { state, limit: pageSize }, signal)
    if (state !== this.#state) return
    this.#rows = page.deliveries
    this.#cursor = page.cursor
    this.#error = null
  }

  /** Reads it, and shows where that fails why. */
  async load(): Promise<void> {
    this.#error = null
    this.#rows = null
    this.#view.host.requestUpdate()
    await this.read().catch((error: unknown) => {
      this.#error = asClientError(error)
    })
    this.#view.host.requestUpdate()
  }

  async #more(): Promise<void> {
    const [state, cursor] = [this.#state, this.#cursor]
    if (!cursor) return
    try {
      const page = await this.#view.client.deliveries(this.hook, { state, limit: pageSize, cursor })
      // Pressed twice, or another state was chosen meanwhile.
      if (state !== this.#state || cursor !== this.#cursor) return
      this.#rows = [...(this.#rows ?? []), ...page.deliveries]
      this.#cursor = page.cursor
    } catch (error) {
      this.#view.voice.fail(asClientError(error))
    }
    this.#view.host.requestUpdate()
  }

  render(): TemplateResult {
    const { host } = this.#view
    const change = (event: Event): void => {
      this.#state = ((event.target as HTMLSelectElement).value || undefined) as WebhookDelivery['state'] | undefined
      void this.load()
    }
    return html`<div class="deliveries" role="group" aria-label=${host.t('webhooks.deliveries')}>
      <div class="deliveries-bar"><select class="select" aria-label=${host.t('operations.state')} @change=${change}><option value="">${host.t('webhooks.state.any')}</option>${states.map(
        (state) => html`<option value=${state} ?selected=${this.#state === state}>${host.t(`webhooks.state.${state}`)}</option>`,
      )}</select>${this.#renderAll()}</div>
      ${this.#renderRows()}</div>`
  }

  #renderAll(): TemplateResult {
    const view = this.#view
    const key = `span ${this.hook}`
    const run = () => {
      const now = view.host.session.now()
      const said = (count: number): string => view.host.t('webhooks.redeliveredAll', { count })
      void view.act(key, () => view.client.redeliverSpan(this.hook, { from: now - week, to: now + 1 }), said)
    }
    const label = view.host.t('webhooks.redeliverAll')
    return renderButton({ label, icon: 'history', look: 'sm ghost', disabled: view.busy !== null, busy: view.busy === key, run })
  }

  #renderRows(): unknown {
    const { host } = this.#view
    if (this.#error) return renderFailure(host, this.#error, () => void this.load())
    if (this.#rows === null) return html`<p class="row soft deliveries-wait" role="status">${spinner}${host.t('loading')}</p>`
    if (this.#rows.length === 0) return renderEmpty('check', host.t('webhooks.noDeliveries'), '')
    const more = this.#cursor
      ? html`<div class="more">${renderButton({ label: host.t('operations.more'), look: 'sm', run: () => void this.#more() })}</div>`
      : nothing
    return html`<div class="list"><table><thead><tr><th scope="col">${host.t('operations.what')}</th><th scope="col">${host.t('operations.state')}</th>
      <th scope="col">${host.t('operations.when')}</th><th scope="col">${host.t('webhooks.last')}</th><th scope="col" class="acts">${host.t('operations.acts')}</th></tr></thead>
      <tbody>${this.#rows.map((row) => this.#renderRow(row))}</tbody></table></div>${more}`
  }

  #renderRow(row: WebhookDelivery): TemplateResult {
    const view = this.#view
    const { host } = view
    const at = (time: number): string => formatInstant(time, host.language, host.session.now())
    const key = `again ${row.id}`
    const again = renderButton({
      ...{ label: host.t('webhooks.redeliver'), icon: 'history', look: 'sm', disabled: view.busy !== null, busy: view.busy === key },
      run: () => void view.act(key, () => view.client.redeliver(this.hook, row.id), 'webhooks.redelivered'),
    })
    const look = looks[row.state]
    return html`<tr data-key=${row.id}><th scope="row"><span class="name">${row.type}</span>${row.recordId ? html`<br /><span class="xs dim">${row.recordId}</span>` : nothing}</th>
      <td><span class="badge ${look ? `badge-${look}` : ''}">${host.t(`webhooks.state.${row.state}`)}</span></td>
      <td class="when dim">${at(row.settledAt ?? row.createdAt)}</td><td class="why">${this.#whyText(row, at)}</td>
      <td class="acts"><div>${row.state === 'pending' ? nothing : again}</div></td></tr>`
  }

  #whyText(row: WebhookDelivery, at: (time: number) => string): string {
    const { host } = this.#view
    if (row.state === 'skipped') return host.t('webhooks.skipped')
    const took = row.milliseconds === null ? '' : host.t('webhooks.milliseconds', { count: formatNumber(row.milliseconds, host.language) })
    const tries = row.attempts > 1 ? host.t('webhooks.tries', { count: row.attempts }) : ''
    const next = row.state === 'pending' && row.attempts > 0 ? host.t('webhooks.next', { time: at(row.dueAt) }) : ''
    return [row.status ?? row.error ?? '', row.answer?.slice(0, 200) ?? '', took, tries, next].filter((part) => part !== '').join(' · ')
  }
}
