import type { ReplayCase } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import { formatNumber } from '../format/number.ts'
import { icon } from '../icon/icon.ts'
import { reasonOf, renderEmpty } from '../state/state-view.ts'
import { renderChanges } from './change.ts'
import type { RulePage } from './rule-page.ts'

/** A rule that acts when records are saved, in words. */
export function renderOnSave(page: RulePage): TemplateResult | typeof nothing {
  const { host, versions, decider } = page
  const save = versions[0]?.save
  if (!save) return nothing
  const when = save.on.map((one) => host.t(`rules.save.on.${one}`)).join(host.t('list.separator'))
  return html`<section class="block builder" part="builder" aria-label=${host.t('rules.tab.rule')}><div class="builder-body">
    ${decider?.broken ? html`<div class="banner banner-danger" role="alert">${icon('warn')}<p class="grow">${host.words(decider.broken.message)}</p></div>` : nothing}
    <p class="soft">${host.t('rules.save.text', { kind: host.t(`rules.kind.${save.kind}`), when })}</p>
    ${save.rules.map((rule) => renderSaveRule(page, rule))}
    <p class="hint">${host.t('rules.save.hint')}</p></div></section>`
}

type SaveRule = NonNullable<RulePage['versions'][number]['save']>['rules'][number]

function renderSaveRule(page: RulePage, { when, do: does, because }: SaveRule): TemplateResult {
  const { host, object, view } = page
  const labels = does.map(({ action }) => page.actionName(action))
  return html`<section class="rule"><dl class="vdiff"><div><dt>${host.t('rules.when')}</dt><dd>${object ? view.words.condition(object, when, true) : ''}</dd></div>
    <div><dt>${host.t('rules.save.does')}</dt><dd>${labels.map((label) => html`<span>${label}</span>`)}</dd></div>
    ${because ? html`<div><dt>${host.t('rules.because')}</dt><dd>${host.words(because)}</dd></div>` : nothing}</dl></section>`
}

/** What it would have done to the saves that have been. */
export function renderReplay(page: RulePage): TemplateResult {
  const { host, replay, backtesting, newest } = page
  const { state, error } = backtesting
  const run = {
    label: host.t('rules.bt.run', { version: newest }),
    icon: 'history',
    look: 'primary',
    busy: state === 'loading',
    run: () => void page.runReplay(),
  } as const
  return html`<section class="block" part="backtest" aria-label=${host.t('rules.tab.backtest')}><div class="bt-ask">${renderButton(run)}</div><div class="bt">${
    state === 'failed' && error
      ? renderEmpty('warn', host.t('rules.bt.failed'), reasonOf(host, error))
      : replay
        ? renderResult(page, replay)
        : renderEmpty('history', host.t('rules.bt.none'), host.t('rules.replay.text'))
  }</div></section>`
}

function renderResult(page: RulePage, { saves, fired, unknown, people, sample }: NonNullable<RulePage['replay']>): TemplateResult {
  const { host, view } = page
  const number = (value: number) => formatNumber(value, host.language)
  const figure = (label: string, value: number) => html`<div><dt>${label}</dt><dd>${number(value)}</dd></div>`
  return html`<div class="bt-grid"><dl class="bt-sum" tabindex="-1">${figure(host.t('rules.replay.saves'), saves)}${figure(host.t('rules.replay.fired'), fired)}${figure(host.t('rules.bt.unknown'), unknown)}</dl>
    <table class="per"><thead><tr><th scope="col">${host.t('rules.replay.person')}</th><th scope="col" class="n">${host.t('rules.replay.fired')}</th><th scope="col" class="n">${host.t('rules.replay.saves')}</th></tr></thead>
      <tbody>${people.map((one) => html`<tr><th scope="row">${view.names.person(one.id)}</th><td class="n">${number(one.fired)}</td><td class="n dim">${number(one.saves)}</td></tr>`)}</tbody></table>
    <ul class="cases">${sample.map((one) => renderCase(page, one))}</ul></div>`
}

function renderCase(page: RulePage, { id, name, at, by, because, values, refused }: ReplayCase): TemplateResult {
  const { host, view } = page
  return html`<li><p><b>${name ?? id}</b> <span class="xs dim">${view.names.person(by)} · ${formatInstant(at, host.language, host.session.now())}</span>${refused ? html` <span class="badge badge-danger" part="badge">${host.t('rules.replay.refused')}</span>` : nothing}</p>
    ${because ? html`<p>${host.words(because)}</p>` : nothing}
    ${renderChanges(page, values)}</li>`
}
