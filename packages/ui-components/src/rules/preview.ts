import type { DeciderCase, DeciderPreview, DeciderShare } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { renderAvatar } from '../display/avatar.ts'
import { renderButton } from '../display/button.ts'
import { formatNumber } from '../format/number.ts'
import { icon } from '../icon/icon.ts'
import { reasonOf, renderEmpty } from '../state/state-view.ts'
import { renderChanges } from './change.ts'
import type { Place } from './place.ts'
import type { RulePage } from './rule-page.ts'

const SHARES = 6

/** What the saved version would do now, beside where it is written. */
export function renderPreview(page: RulePage): TemplateResult {
  const { host, newest, isDirty, trials } = page
  const { preview, previewing } = trials
  const { state, error } = previewing
  const again = {
    label: host.t('rules.preview.again'),
    icon: 'history',
    look: 'sm ghost',
    bare: true,
    busy: state === 'loading',
    run: () => void trials.readPreview(),
  } as const
  const body =
    state === 'failed' && error
      ? renderEmpty('warn', host.t('rules.preview.failed'), reasonOf(host, error))
      : preview
        ? html`${renderFigures(page, preview)}${renderBreaches(page, preview)}${renderShares(page, preview)}${renderSample(page, preview)}`
        : html`<div class="skel-lines" aria-hidden="true"><i class="skel w45"></i><i class="skel w80"></i><i class="skel w60"></i></div>`
  return html`<aside class="block side" part="preview" aria-label=${host.t('rules.preview')}><header class="block-head"><h3>${host.t('rules.preview')}</h3><span class="xs dim grow">${host.t('rules.preview.of', { version: newest })}</span>${renderButton(again)}</header>
    <div class="side-body" aria-busy=${state === 'loading'}>${isDirty ? html`<p class="notice">${icon('info')}${host.t('rules.preview.stale')}</p>` : nothing}${body}</div></aside>`
}

/** How many, of how many, and how many are not known. */
export function renderFigures({ host }: Place, { affected, considered, share, unknown }: DeciderPreview): TemplateResult {
  const number = (value: number) => formatNumber(value, host.language)
  const percent = new Intl.NumberFormat(host.language, { style: 'percent', maximumFractionDigits: 1 }).format(share)
  return html`<p class="big"><b>${number(affected)}</b> ${host.t('rules.preview.affected', { considered: number(considered), share: percent })}</p>
    ${unknown > 0 ? html`<p class="xs dim">${host.t('rules.preview.unknown', { count: unknown })}</p>` : nothing}`
}

/** Which limits hold a run back. */
export function renderBreaches({ host, names }: Place, { breaches }: Pick<DeciderPreview, 'breaches'>): TemplateResult | typeof nothing {
  if (breaches.length === 0) return nothing
  const line = ({ kind, team, affected, limit }: (typeof breaches)[number]): string =>
    kind === 'records'
      ? host.t('rules.breach.records', { affected, limit })
      : host.t('rules.breach.team', { team: team === null ? host.t('rules.nobody') : names.team(team), affected, limit })
  return html`<ul class="breaches xs">${breaches.slice(0, SHARES).map((one) => html`<li>${line(one)}</li>`)}${breaches.length > SHARES ? html`<li>${host.t('rules.more', { count: breaches.length - SHARES })}</li>` : nothing}</ul>`
}

/** By owner and by team, the most affected first. */
export function renderShares(page: Place, { people, teams }: DeciderPreview): TemplateResult {
  const { host, names } = page
  return html`${table(page, host.t('rules.byPerson'), people, (id) => html`${renderAvatar(id, names.person(id), true)}<span class="clip">${names.person(id)}</span>`)}
    ${table(page, host.t('rules.byTeam'), teams, (id) => names.team(id))}`
}

function table(
  { host }: Place,
  label: string,
  rows: readonly DeciderShare[],
  name: (id: string) => unknown,
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing
  const number = (value: number) => formatNumber(value, host.language)
  const rest = rows.slice(SHARES)
  const more = rest.reduce((sum, { affected }) => sum + affected, 0)
  return html`<table class="shares"><thead><tr><th scope="col">${label}</th><th scope="col" class="n">${host.t('rules.affected')}</th><th scope="col" class="n">${host.t('rules.holdings')}</th></tr></thead>
    <tbody>${rows.slice(0, SHARES).map(({ id, affected, holdings }) => html`<tr><th scope="row"><span class="row row-6">${id === null ? html`<span class="dim">${host.t('rules.nobody')}</span>` : name(id)}</span></th><td class="n">${number(affected)}</td><td class="n dim">${number(holdings)}</td></tr>`)}
      ${rest.length > 0 ? html`<tr><th scope="row" class="dim">${host.t('rules.others', { count: rest.length })}</th><td class="n">${number(more)}</td><td></td></tr>` : nothing}</tbody></table>`
}

/** Some of the records, each with its sentence. */
export function renderSample(page: Place, { sample }: DeciderPreview): TemplateResult | typeof nothing {
  const { host } = page
  if (sample.length === 0) return nothing
  return html`<h4 class="xs dim">${host.t('rules.sample')}</h4><ul class="cases">${sample.map((one) => renderCase(page, one))}</ul>`
}

function renderCase(page: Place, { id, name, because, values }: DeciderCase): TemplateResult {
  const { host, object } = page
  const open = () => host.emit('crm-open', { object: object?.name ?? '', id, record: null }, true)
  return html`<li><button type="button" class="link" part="button" @click=${open}>${name ?? id}</button><p>${host.words(because)}</p>
    ${renderChanges(page, values)}</li>`
}
