import type { Backtest, BacktestCase, BacktestShare } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { renderAvatar } from '../display/avatar.ts'
import { renderButton } from '../display/button.ts'
import { formatDay } from '../format/date.ts'
import { formatNumber } from '../format/number.ts'
import { icon } from '../icon/icon.ts'
import { reasonOf, renderEmpty } from '../state/state-view.ts'
import { renderDiverging } from './diverging.ts'
import type { RulePage } from './rule-page.ts'

const windows = [30, 90, 180, 365] as const
const steps = [1, 7, 30] as const
const SHOWN = 40

/** The past decided again: which window, against what, and what would have been different. */
export function renderBacktest(page: RulePage): TemplateResult {
  const { host } = page
  const { backtesting, backtest } = page.trials
  const { state, error } = backtesting
  return html`<section class="block" part="backtest" aria-label=${host.t('rules.tab.backtest')}>${renderAsk(page)}
    <div class="bt" aria-busy=${state === 'loading'}>${
      state === 'failed' && error
        ? renderEmpty('warn', host.t('rules.bt.failed'), reasonOf(host, error))
        : state === 'loading'
          ? html`<div class="skel-lines" role="status" aria-label=${host.t('rules.bt.running')}><p class="soft">${host.t('rules.bt.running')}</p><i class="skel w80"></i><i class="skel w60"></i><i class="skel w45"></i></div>`
          : backtest
            ? renderResult(page, backtest)
            : renderEmpty('history', host.t('rules.bt.none'), host.t('rules.bt.none.text'))
    }</div></section>`
}

function renderAsk(page: RulePage): TemplateResult {
  const { host, versions, newest, trials } = page
  const { window, backtesting } = trials
  const number = (name: 'days' | 'everyDays') => (event: Event) => {
    window[name] = Number((event.target as HTMLSelectElement).value)
    host.requestUpdate()
  }
  const against = (event: Event) => {
    const { value } = event.target as HTMLSelectElement
    window.against = value === '' ? null : Number(value)
  }
  const submit = (event: Event) => {
    event.preventDefault()
    void trials.runBacktest()
  }
  const label = (text: string, control: TemplateResult) =>
    html`<label class="control"><span class="label" part="label">${text}</span>${control}</label>`
  return html`<form class="bt-ask" @submit=${submit}>
    ${label(host.t('rules.bt.window'), html`<select class="select" @change=${number('days')}>${windows.map((days) => html`<option value=${days} ?selected=${days === window.days}>${host.t('rules.bt.days', { count: days })}</option>`)}</select>`)}
    ${label(host.t('rules.bt.every'), html`<select class="select" @change=${number('everyDays')}>${steps.map((days) => html`<option value=${days} ?selected=${days === window.everyDays}>${host.t(`rules.bt.every.${days}`)}</option>`)}</select>`)}
    ${label(host.t('rules.bt.against'), html`<select class="select" @change=${against}><option value="" ?selected=${window.against === null}>${host.t('rules.bt.current')}</option>${versions.filter(({ version }) => version !== newest).map(({ version }) => html`<option value=${version} ?selected=${version === window.against}>v${version}</option>`)}</select>`)}
    ${renderButton({ label: host.t('rules.bt.run', { version: newest }), icon: 'history', look: 'primary', submits: true, busy: backtesting.state === 'loading' })}</form>`
}

function renderResult(page: RulePage, result: Backtest): TemplateResult {
  const { host } = page
  const { language } = host
  const number = (value: number) => formatNumber(value, language)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(result.share)
  const { current, next, decided, differing, from, to } = result
  const now = host.session.now()
  const scope = { from: formatDay(from, language, now), to: formatDay(to, language, now), count: result.instants }
  const before = current === null ? host.t('rules.bt.nothing') : `v${current}`
  const figure = (label: string, value: string, small = '') =>
    html`<div><dt>${label}</dt><dd>${value}</dd>${small ? html`<dd class="small">${small}</dd>` : nothing}</div>`
  const split = host.t('rules.bt.split', {
    only: number(differing.onlyNext),
    without: number(differing.onlyCurrent),
    otherwise: number(differing.otherwise),
  })
  return html`<p class="bt-scope soft">${host.t('rules.bt.scope', scope)} <span class="dim">${host.t('rules.bt.open')}</span></p>
    <div class="bt-grid"><dl class="bt-sum" tabindex="-1">${figure(host.t('rules.bt.considered'), number(result.considered))}
      ${figure(before, number(decided.current), host.t('rules.bt.decided'))}${figure(`v${next}`, number(decided.next), host.t('rules.bt.decided'))}
      ${figure(host.t('rules.bt.differing'), `${number(differing.records)} · ${percent}`, split)}
      ${figure(host.t('rules.bt.unknown'), number(result.unknown), host.t('rules.bt.unknown.hint'))}</dl>
      <div class="bt-per">${renderPer(page, host.t('rules.bt.person'), result.people, (id) => html`${renderAvatar(id, page.view.names.person(id), true)}<span class="clip">${page.view.names.person(id)}</span>`)}
      ${renderPer(page, host.t('rules.bt.team'), result.teams, (id) => page.view.names.team(id))}</div>
      ${renderMost(page, result)}</div>`
}

/** Who would have got how many more, and lost how many: by person or by team. */
function renderPer(
  { host }: RulePage,
  label: string,
  rows: readonly BacktestShare[],
  name: (id: string) => unknown,
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing
  const largest = Math.max(1, ...rows.map(({ gained, lost }) => Math.abs(gained - lost)))
  const signed = new Intl.NumberFormat(host.language, { signDisplay: 'exceptZero' })
  const number = (value: number) => formatNumber(value, host.language)
  const sorted = [...rows].sort((a, b) => Math.abs(b.gained - b.lost) - Math.abs(a.gained - a.lost))
  return html`<table class="per"><thead><tr><th scope="col">${label}</th><th scope="col" class="n">${host.t('rules.bt.gained')}</th><th scope="col" class="n">${host.t('rules.bt.lost')}</th><th scope="col" class="div"><span class="sr">${host.t('rules.bt.chart')}</span></th><th scope="col" class="n">${host.t('rules.bt.net')}</th></tr></thead>
    <tbody>${sorted.slice(0, SHOWN).map(({ id, gained, lost }) => {
      const net = gained - lost
      return html`<tr data-person=${id ?? ''}><th scope="row"><span class="row row-6">${id === null ? html`<span class="dim">${host.t('rules.nobody')}</span>` : name(id)}</span></th><td class="n">${number(gained)}</td><td class="n">${number(lost)}</td><td class="div">${renderDiverging(net / largest)}</td><td class="n ${net < 0 ? 'down' : net > 0 ? 'up' : 'dim'}">${signed.format(net)}</td></tr>`
    })}</tbody>
    ${sorted.length > SHOWN ? html`<tfoot><tr><td colspan="5" class="dim">${host.t('rules.others', { count: sorted.length - SHOWN })}</td></tr></tfoot>` : nothing}</table>`
}

function renderMost(page: RulePage, { most }: Backtest): TemplateResult | typeof nothing {
  const { host } = page
  if (most.length === 0) return nothing
  return html`<div class="bt-most"><h3 class="xs dim">${host.t('rules.bt.most', { count: most.length })}</h3><ul>${most.map((one) => renderCase(page, one))}</ul></div>`
}

function renderCase(page: RulePage, { id, name, current, next }: BacktestCase): TemplateResult {
  const { host, writing } = page
  const what = current && next ? 'moved' : next ? 'added' : 'gone'
  const now = host.session.now()
  const side = (one: BacktestCase['next']) =>
    one && html`<p class="xs"><span class="dim">${formatDay(one.at, host.language, now)}</span> ${host.words(one.because)}</p>`
  const open = () => host.emit('crm-open', { object: writing.draft.object, id, record: null }, true)
  return html`<li><span class="diff-mark is-${what}" aria-hidden="true">${what === 'added' ? icon('plus') : what === 'gone' ? icon('close') : icon('edit')}</span><div>
    <p class="row"><button type="button" class="link clip" part="button" @click=${open}>${name ?? id}</button><span class="grow"></span><span class="xs soft">${host.t(`rules.bt.case.${what}`)}</span></p>
    ${what === 'gone' ? html`<del>${side(current)}</del>` : side(next)}</div></li>`
}
