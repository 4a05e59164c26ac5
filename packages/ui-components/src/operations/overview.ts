import { html, nothing, type TemplateResult } from 'lit'
import type { Health } from '../client/operations-client.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { formatInstant } from '../format/date.ts'
import { formatNumber } from '../format/number.ts'
import { icon } from '../icon/icon.ts'
import type { MessageKey } from '../messages/messages.ts'

/** How everything is doing, at a glance. */
export function renderOverview(host: CrmElement, health: Health, rules: unknown): TemplateResult {
  const { ok, webhooks, consumers, jobs, schedules, holdup } = health
  const seconds = holdup && Math.round(holdup.milliseconds / 1000)
  return html`<div class="banner ${ok ? '' : 'banner-warning'}" role="status">${icon(ok ? 'check' : 'warn')}<div class="grow">
      <b>${host.t(ok ? 'operations.ok' : 'operations.attention')}</b>${seconds === null ? nothing : html`<p>${host.t('operations.holdup', { seconds })}</p>`}</div></div>
    ${rules ?? nothing}
    ${table(
      host,
      'operations.consumers',
      ['operations.consumer', 'operations.behind', 'operations.lag', 'operations.parked', 'operations.retrying'],
      consumers.map((one) => [
        one.id,
        count(host, one.behind),
        lagText(host, one.lag),
        badCount(host, one.parked),
        count(host, one.retrying),
      ]),
    )}
    ${table(
      host,
      'operations.jobs',
      ['operations.job', 'operations.due', 'operations.waiting', 'operations.running', 'operations.dead', 'operations.lag'],
      jobs.map((one) => [
        html`${one.id} ${one.known ? nothing : html`<span class="badge badge-warning">${host.t('operations.unknownJob')}</span>`}`,
        count(host, one.due),
        count(host, one.waiting),
        count(host, one.running),
        badCount(host, one.dead),
        lagText(host, one.lag),
      ]),
    )}
    ${table(
      host,
      'operations.webhooks',
      [
        ...(['operations.webhooks', 'operations.webhooks.active', 'operations.webhooks.failing', 'operations.webhooks.paused'] as const),
        ...(['operations.webhooks.disabled', 'operations.webhooks.pending', 'operations.lag'] as const),
      ],
      webhooks ? [webhookCells(host, webhooks)] : [],
    )}
    ${table(
      host,
      'operations.schedules',
      ['operations.schedule', 'operations.next', 'operations.last'],
      schedules.map((one) => [
        one.id,
        formatInstant(one.nextAt, host.language, host.session.now()),
        one.lastAt === null ? host.t('operations.never') : formatInstant(one.lastAt, host.language, host.session.now()),
      ]),
    )}`
}

function webhookCells(
  host: CrmElement,
  { active, failing, paused, disabled, pending, lag }: NonNullable<Health['webhooks']>,
): readonly unknown[] {
  const figures = [count(host, active), badCount(host, failing), count(host, paused), badCount(host, disabled), count(host, pending)]
  return [host.t('operations.webhooks'), ...figures, lagText(host, lag)]
}

function table(
  host: CrmElement,
  title: MessageKey,
  heads: readonly MessageKey[],
  rows: readonly (readonly unknown[])[],
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing
  const cell = (value: unknown, index: number) =>
    index === 0
      ? html`<th scope="row" class="name">${value}</th>`
      : html`<td class="n" data-head=${heads[index] ? host.t(heads[index]) : ''}>${value}</td>`
  return html`<section class="block figures" part="block" aria-label=${host.t(title)}><h3>${host.t(title)}</h3><div class="block-scroll" tabindex="0" role="group" aria-label=${host.t(title)}><table>
    <thead><tr>${heads.map((head, index) => html`<th scope="col" class=${index === 0 ? '' : 'n'}>${host.t(head)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
  </table></div></section>`
}

const count = (host: CrmElement, value: number): string => (value >= 1_000 ? '1,000+' : formatNumber(value, host.language))

function badCount(host: CrmElement, value: number): string | TemplateResult {
  return value === 0 ? count(host, value) : html`<span class="badge badge-danger">${count(host, value)}</span>`
}

/** Seconds, minutes, hours or days, whichever is two digits. */
function lagText(host: CrmElement, milliseconds: number | null): string {
  if (milliseconds === null) return host.t('operations.none')
  const seconds = Math.round(milliseconds / 1000)
  const [unit, value] =
    seconds < 100
      ? (['second', seconds] as const)
      : seconds < 6_000
        ? (['minute', Math.round(seconds / 60)] as const)
        : (['hour', Math.round(seconds / 3_600)] as const)
  return new Intl.NumberFormat(host.language, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}
