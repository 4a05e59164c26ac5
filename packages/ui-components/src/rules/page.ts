import type { DeciderView } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import { icon } from '../icon/icon.ts'
import { renderFailure } from '../state/state-view.ts'
import { renderBacktest } from './backtest.ts'
import { renderBuilder } from './builder.ts'
import { renderConfirm, renderStep } from './dialogs.ts'
import { renderGivenOut } from './given-out.ts'
import { renderLife } from './life.ts'
import { renderStage } from './list.ts'
import { renderReplay, renderTried } from './on-save/replay.ts'
import { renderPreview } from './preview.ts'
import type { RulePage } from './rule-page.ts'
import type { RulesTab } from './rules.ts'
import { renderRuns } from './runs.ts'
import { renderTimes } from './schedule.ts'
import { renderRulesSkeleton } from './skeleton.ts'
import { renderVersions } from './versions.ts'

const tabs: readonly RulesTab[] = ['rule', 'backtest', 'runs', 'versions']

/** One rule, with the steps of its life above it. */
export function renderPage(page: RulePage): TemplateResult {
  const { host, view, decider, isNew, writing, life, runs } = page
  const { state, error } = page.reading
  if (state === 'failed' && error && !decider)
    return html`<header class="head">${renderBack(page)}</header>${renderFailure(host, error, () => page.load())}`
  if (!isNew && !decider) return renderRulesSkeleton(host)
  const title = isNew ? host.t('rules.new') : host.words(writing.draft.label) || page.address
  return html`<header class="head">${renderBack(page)}<h2 class="title">${title}</h2>
      ${decider ? html`${renderStage(view, decider.stage)}<span class="badge badge-line" part="badge">v${decider.version}</span>${page.isOnSave ? html`<span class="xs dim">${host.t(`rules.kind.${decider.kind}`)} · ${host.words(page.object?.label)}</span>` : nothing}` : nothing}</header>
    ${decider ? renderLife(page, decider) : nothing}${decider?.codeIsNewer ? renderCodeIsNewer(page) : nothing}${decider?.broken ? renderBroken(page, decider.broken) : nothing}
    ${isNew ? nothing : renderTabs(page)}
    <div class="body" ?inert=${life.asked !== null || runs.confirm !== null || life.scheduling !== null} aria-busy=${state === 'loading'}>${renderTab(page)}</div>
    ${life.asked ? renderStep(page, life.asked) : nothing}${runs.confirm ? renderConfirm(page, runs.confirm) : nothing}${life.scheduling ? renderTimes(page, life.scheduling) : nothing}`
}

function renderBack({ host, view }: RulePage): TemplateResult {
  return renderButton({ label: host.t('rules.title'), icon: 'left', look: 'ghost sm', run: () => view.open(null) })
}

/** What the code of a plugin says since its last upgrade counts only once somebody has taken it over. */
function renderCodeIsNewer({ host }: RulePage): TemplateResult {
  return html`<div class="page-banner"><div class="banner banner-accent">${icon('info')}<p class="grow">${host.t('rules.codeIsNewer')}</p></div></div>`
}

/** What it needs and is not there any more: what is missing, and what can be done. */
function renderBroken({ host }: RulePage, { message, since }: NonNullable<DeciderView['broken']>): TemplateResult {
  const when = since === null ? '' : host.t('rules.broken.since', { when: formatInstant(since, host.language, host.session.now()) })
  return html`<div class="page-banner"><div class="banner banner-danger" role="alert">${icon('warn')}<div class="grow"><b>${host.t('rules.broken')}</b><p>${host.words(message)} ${when}</p><p>${host.t('rules.broken.hint')}</p></div></div></div>`
}

function renderTabs(page: RulePage): TemplateResult {
  const { host, tab } = page
  const choose = (one: RulesTab) => {
    host.tab = one
  }
  return html`<div class="toolbar"><nav class="tabs" aria-label=${host.t('rules.tabs')}>${tabs
    .filter((one) => one !== 'runs' || !page.isOnSave)
    .map(
      (one) =>
        html`<button type="button" part="button" aria-current=${one === tab ? 'page' : nothing} @click=${() => choose(one)}>${host.t(`rules.tab.${one}`)}</button>`,
    )}</nav></div>`
}

function renderTab(page: RulePage): unknown {
  switch (page.tab) {
    case 'backtest':
      return page.isOnSave ? renderReplay(page) : renderBacktest(page)
    case 'runs':
      return renderRuns(page)
    case 'versions':
      return renderVersions(page)
    default:
      return renderWriting(page)
  }
}

/** Where it is written, and beside it what it would do. */
function renderWriting(page: RulePage): TemplateResult {
  const { isNew, isOnSave, decider } = page
  const side = isNew ? nothing : isOnSave ? renderTried(page) : renderPreview(page)
  return html`<div class="grid ${isNew ? 'is-new' : ''}">${decider?.kind === 'allocation' ? renderGivenOut(page) : renderBuilder(page.writing)}${side}</div>`
}
