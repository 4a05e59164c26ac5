import type { DeciderRun } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import { formatNumber } from '../format/number.ts'
import { renderEmpty } from '../state/state-view.ts'
import type { RulePage } from './rule-page.ts'
import { NAMED } from './rule-runs.ts'

const looks = {
  ...{ done: 'badge-success', shadow: 'badge-warning', running: 'badge-accent' },
  ...{ undone: 'badge-line', undoing: 'badge-accent', waiting: 'badge-danger', dismissed: 'badge-line' },
} as const

/** What a rule did, run by run, and taking it back. */
export function renderRuns(page: RulePage): TemplateResult {
  const { host } = page
  const runs = page.runs.list
  if (runs.length === 0)
    return html`<section class="block">${renderEmpty('play', host.t('rules.runs.none'), host.t('rules.runs.none.text'))}</section>`
  return html`<section class="block list" part="block" aria-label=${host.t('rules.tab.runs')}><table>
    <thead><tr><th scope="col">${host.t('rules.run.when')}</th><th scope="col">${host.t('rules.run.what')}</th><th scope="col" class="n">${host.t('rules.affected')}</th><th scope="col">${host.t('rules.run.by')}</th><th scope="col"><span class="sr">${host.t('rules.acts')}</span></th></tr></thead>
    <tbody>${runs.map((run) => renderRun(page, run))}</tbody></table></section>`
}

function renderRun(page: RulePage, run: DeciderRun): TemplateResult {
  const { host, view, busy, mayDefine } = page
  const { undoing } = page.runs
  const { id, status, mode, at, startedAt, affected, version, by, skipped, undo, planned, dismissed } = run
  const now = host.session.now()
  const state = status === 'done' ? (mode === 'shadow' ? 'shadow' : 'done') : status
  const canUndo = mayDefine && mode === 'live' && status === 'done' && affected > 0
  const ask = (wanted: string | null) => {
    page.runs.undoing = wanted
    page.focus(wanted ? `[data-run="${id}"] .btn-primary` : `[data-run="${id}"] .btn`)
  }
  const moment =
    Math.abs(at - startedAt) > 60_000
      ? html`<br /><span class="xs dim">${host.t('rules.run.at', { when: formatInstant(at, host.language, now) })}</span>`
      : nothing
  return html`<tr class="run-row" data-run=${id} tabindex="-1"><th scope="row">${formatInstant(startedAt, host.language, now)}${moment}</th>
    <td><span class="badge ${looks[state]}" part="badge">${host.t(`rules.run.${state}`)}</span> <span class="xs dim">v${version}</span>${renderOutcome(page, skipped, undo)}${dismissed ? html`<p class="xs soft">${dismissed.superseded ? host.t('rules.superseded') : host.t('rules.dismissed.by', { name: view.names.person(dismissed.by), when: formatInstant(dismissed.at, host.language, now) })}</p>` : nothing}</td>
    <td class="n" data-head=${host.t('rules.affected')}>${formatNumber(status === 'waiting' ? planned : affected, host.language)}</td><td class="dim">${view.names.person(by)}</td>
    <td class="acts">${
      status === 'waiting' && mayDefine
        ? renderWaiting(page, run)
        : !canUndo
          ? nothing
          : undoing === id
            ? html`<div class="asked" role="group" aria-label=${host.t('rules.undo')}><p>${host.t('rules.undo.sure', { count: affected })}</p>${renderButton({ label: host.t('rules.undo.do'), look: 'sm primary', busy: busy === 'undo', run: () => void page.runs.undo(id) })}${renderButton({ label: host.t('cancel'), look: 'sm ghost', run: () => ask(null) })}</div>`
            : renderButton({ label: host.t('rules.undo'), icon: 'undo', look: 'sm', run: () => ask(id) })
    }</td></tr>`
}

/** A run that a limit has stopped: looked at and confirmed, or not carried out. */
function renderWaiting(page: RulePage, run: DeciderRun): TemplateResult {
  const { host, busy } = page
  return html`<div class="asked">${renderButton({ label: host.t('rules.run.look'), look: 'sm primary', busy: busy === 'look', run: () => void page.runs.look(run) })}
    ${renderButton({ label: host.t('rules.run.dismiss'), look: 'sm ghost', run: () => void page.runs.dismiss(run.id) })}</div>`
}

/** Records that hooks refused, and those that a taken-back run left alone. */
function renderOutcome(page: RulePage, skipped: DeciderRun['skipped'], undo: DeciderRun['undo']): TemplateResult {
  const { host, view } = page
  const now = host.session.now()
  return html`${undo ? html`<p class="xs soft">${host.t('rules.undo.by', { name: view.names.person(undo.by), when: formatInstant(undo.at, host.language, now), count: undo.undone })}</p>` : nothing}
    ${undo && undo.left > 0 ? html`<details><summary>${host.t('rules.undo.left', { count: undo.left })}</summary><ul class="xs left">${undo.kept.slice(0, NAMED).map(({ id, reason }) => html`<li>${link(page, id)} ${host.t(`rules.left.${reason}`)}</li>`)}${undo.left > NAMED ? html`<li class="dim">${host.t('rules.more', { count: undo.left - NAMED })}</li>` : nothing}</ul></details>` : nothing}
    ${skipped.count > 0 ? html`<details><summary>${host.t('rules.skipped', { count: skipped.count })}</summary><ul class="xs left">${skipped.cases.slice(0, NAMED).map(({ id, message }) => html`<li>${link(page, id)} ${message}</li>`)}</ul></details>` : nothing}`
}

function link(page: RulePage, id: string): TemplateResult {
  const { host, writing, object, view } = page
  const open = () => host.emit('crm-open', { object: writing.draft.object, id, record: null }, true)
  const name = object ? view.names.record(object.name, id) : id
  return html`<button type="button" class="link" part="button" @click=${open}>${name}</button>`
}
