import type { Replay, ReplayCase } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../../display/button.ts'
import { formatInstant } from '../../format/date.ts'
import { formatNumber } from '../../format/number.ts'
import { icon } from '../../icon/icon.ts'
import { reasonOf, renderEmpty } from '../../state/state-view.ts'
import { renderChanges } from '../change.ts'
import type { RulePage } from '../rule-page.ts'

/** What it would have done to the saves that have been. */
export function renderReplay(page: RulePage): TemplateResult {
  return html`<section class="block" part="backtest" aria-label=${page.host.t('rules.tab.backtest')}><div class="bt-ask">${renderRun(page, 'primary')}</div><div class="bt">${renderOutcome(page)}</div></section>`
}

/** The same beside where it is written. */
export function renderTried(page: RulePage): TemplateResult {
  const { host, newest, isDirty, trials } = page
  return html`<aside class="block side" part="preview" aria-label=${host.t('rules.replay.title')}><header class="block-head"><h3>${host.t('rules.replay.title')}</h3><span class="xs dim grow">${host.t('rules.preview.of', { version: newest })}</span></header>
    <div class="side-body is-tried" aria-busy=${trials.backtesting.state === 'loading'}>${isDirty ? html`<p class="notice">${icon('info')}${host.t('rules.preview.stale')}</p>` : nothing}${renderOutcome(page)}<div>${renderRun(page, '')}</div></div></aside>`
}

function renderRun(page: RulePage, look: string): TemplateResult {
  const { host, newest, trials } = page
  const busy = trials.backtesting.state === 'loading'
  return renderButton({
    label: host.t('rules.bt.run', { version: newest }),
    icon: 'history',
    look,
    busy,
    run: () => void trials.runReplay(),
  })
}

function renderOutcome(page: RulePage): TemplateResult {
  const { host } = page
  const { replay, backtesting } = page.trials
  const { state, error } = backtesting
  if (state === 'failed' && error) return renderEmpty('warn', host.t('rules.bt.failed'), reasonOf(host, error))
  return replay ? renderResult(page, replay) : renderEmpty('history', host.t('rules.bt.none'), host.t('rules.replay.text'))
}

function renderResult(page: RulePage, { saves, fired, unknown, people, sample }: Replay): TemplateResult {
  const { host, view } = page
  const number = (value: number) => formatNumber(value, host.language)
  const figure = (label: string, value: number) => html`<div><dt>${label}</dt><dd>${number(value)}</dd></div>`
  return html`<div class="bt-grid"><dl class="bt-sum" tabindex="-1">${figure(host.t('rules.replay.saves'), saves)}${figure(host.t('rules.replay.fired'), fired)}${figure(host.t('rules.bt.unknown'), unknown)}</dl>
    ${
      people.length === 0
        ? nothing
        : html`<table class="per"><thead><tr><th scope="col">${host.t('rules.replay.person')}</th><th scope="col" class="n">${host.t('rules.replay.fired')}</th><th scope="col" class="n">${host.t('rules.replay.saves')}</th></tr></thead>
      <tbody>${people.map((one) => html`<tr><th scope="row">${view.names.person(one.id)}</th><td class="n">${number(one.fired)}</td><td class="n dim">${number(one.saves)}</td></tr>`)}</tbody></table>`
    }
    <ul class="cases">${sample.map((one) => renderCase(page, one))}</ul></div>`
}

function renderCase(page: RulePage, { id, name, at, by, because, values, refused }: ReplayCase): TemplateResult {
  const { host, view } = page
  return html`<li><p><b>${name ?? id}</b> <span class="xs dim">${view.names.person(by)} · ${formatInstant(at, host.language, host.session.now())}</span>${refused ? html` <span class="badge badge-danger" part="badge">${host.t('rules.replay.refused')}</span>` : nothing}</p>
    ${because ? html`<p>${host.words(because)}</p>` : nothing}
    ${renderChanges(page, values)}</li>`
}
