import type { Webhook } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { formatInstant } from '../format/date.ts'
import { icon } from '../icon/icon.ts'
import type { WebhooksView } from './webhooks-view.ts'

/** One webhook: how it stands, what it is told, what was answered last, and what may be done. */
export function renderHook(view: WebhooksView, hook: Webhook): TemplateResult {
  const { host } = view
  const isOpen = view.open?.hook === hook.id
  const at = (time: number): string => formatInstant(time, host.language, host.session.now())
  const title = `hook-${hook.id}`
  return html`<section class="block hook" part="block" aria-labelledby=${title} data-id=${hook.id}>
    <div class="hook-head"><h3 id=${title}>${hook.name}</h3>${stateBadge(host, hook)}</div>
    <div class="hook-body">
      <code class="hook-url">${hook.url}</code>
      ${hook.description ? html`<p class="soft">${hook.description}</p>` : nothing}
      ${renderTrouble(host, hook, at)}
      <dl>
        <div><dt>${host.t('webhooks.what')}</dt><dd>${whatText(view, hook)}</dd></div>
        <div><dt>${host.t('webhooks.last')}</dt><dd>${renderLast(host, hook, at)}</dd></div>
        <div><dt>${host.t('webhooks.owner')}</dt><dd>${host.session.person(hook.ownerId)?.name ?? hook.ownerId}</dd></div>
      </dl>
      <div class="hook-acts">${renderActs(view, hook, isOpen)}</div>
    </div>
    ${isOpen ? view.open?.render() : nothing}
  </section>`
}

function renderActs(view: WebhooksView, hook: Webhook, isOpen: boolean): TemplateResult {
  const { host, client, busy } = view
  const disabled = busy !== null
  const act = (name: string) => ({ look: 'sm', disabled, busy: busy === `${name} ${hook.id}` })
  const isActive = hook.state === 'active' || hook.reason === 'owner'
  const turn = isActive
    ? { label: host.t('webhooks.pause'), run: () => void view.act(`turn ${hook.id}`, () => client.pause(hook.id), 'webhooks.pausedNow') }
    : { label: host.t('webhooks.resume'), run: () => void view.act(`turn ${hook.id}`, () => client.resume(hook.id), 'webhooks.resumed') }
  return html`${renderButton({ ...act('ping'), label: host.t('webhooks.ping'), icon: 'external', run: () => void view.act(`ping ${hook.id}`, () => client.ping(hook.id), 'webhooks.pinged') })}
    <button type="button" class="btn btn-sm" part="button" aria-expanded=${isOpen} @click=${() => void view.toggle(hook)}>${icon('down')}<span>${host.t('webhooks.deliveries')}</span></button>
    ${renderButton({ ...act('edit'), label: host.t('webhooks.edit'), icon: 'edit', opens: 'dialog', run: () => void view.startEdit(hook) })}
    ${renderButton({ ...act('turn'), ...turn })}`
}

const looks = { active: 'success', paused: '', disabled: 'danger' } as const

function stateBadge(host: CrmElement, { state, health }: Webhook): TemplateResult {
  const look = looks[state]
  const circuit =
    state === 'active' && health.circuit !== 'closed'
      ? html`<span class="badge badge-warning">${host.t(`webhooks.circuit.${health.circuit}`)}</span>`
      : nothing
  return html`${circuit}<span class="badge ${look ? `badge-${look}` : ''}">${host.t(`webhooks.${state}`)}</span>`
}

function renderTrouble(host: CrmElement, { reason, health }: Webhook, at: (time: number) => string): TemplateResult | typeof nothing {
  const lines = [
    ...(reason ? [host.t(`webhooks.reason.${reason}`)] : []),
    ...(health.failingSince === null
      ? []
      : [host.t('webhooks.failing', { since: at(health.failingSince), count: Math.max(1, health.failures) })]),
    ...(health.openUntil === null ? [] : [host.t('webhooks.probe', { time: at(health.openUntil) })]),
  ]
  if (lines.length === 0) return nothing
  return html`<div class="banner ${reason === 'paused' ? '' : 'banner-warning'}">${icon(reason === 'paused' ? 'info' : 'warn')}<p class="grow">${lines.join(' ')}</p></div>`
}

function renderLast(host: CrmElement, { health }: Webhook, at: (time: number) => string): unknown {
  const { lastAt, lastStatus, lastError } = health
  if (lastAt === null) return html`<span class="dim">${host.t('webhooks.noAnswer')}</span>`
  const isGood = lastStatus !== null && lastStatus < 300
  const answer = lastStatus ?? host.t('webhooks.unanswered')
  return html`<span class="badge ${isGood ? 'badge-success' : 'badge-danger'}">${answer}</span> <span class="dim">${at(lastAt)}</span>
    ${lastError ? html`<span class="hook-error">${lastError}</span>` : nothing}`
}

/** What it is told, in words. */
function whatText(view: WebhooksView, { objects, operations, condition }: Webhook): string {
  const { host } = view
  const join = host.t('list.separator')
  const label = (name: string): string => {
    const found = view.objects?.find((one) => one.name === name)
    return found ? host.words(found.label) : name
  }
  const what = objects.length === 0 ? host.t('webhooks.everything') : objects.map(label).join(join)
  const kinds = operations.map((one) => host.t(`webhooks.${one}`)).join(join)
  return [what, kinds, condition ? host.t('webhooks.conditional') : ''].filter(Boolean).join(' · ')
}
