import type { DeciderStage, DeciderView } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { type Button, renderButton } from '../display/button.ts'
import { formatDay } from '../format/date.ts'
import { icon } from '../icon/icon.ts'
import type { AskedStep } from './life-cycle.ts'
import type { RulePage } from './rule-page.ts'
import { renderSchedule } from './schedule.ts'

const line = ['draft', 'backtest', 'shadow', 'pilot', 'on'] as const

/** Where a rule may go from where it is, the usual way first. */
const ways: Readonly<Record<DeciderStage, readonly AskedStep['to'][]>> = {
  draft: ['shadow', 'pilot', 'on'],
  shadow: ['pilot', 'on', 'off', 'back'],
  pilot: ['on', 'off', 'back'],
  on: ['off', 'back'],
  off: ['shadow', 'on', 'back'],
}

/** The steps of a rule's life, what the present one means, and where it can go. */
export function renderLife(page: RulePage, decider: DeciderView): TemplateResult {
  const { host } = page
  const place = line.indexOf(decider.stage as (typeof line)[number])
  return html`<section class="life-block" part="lifecycle" aria-label=${host.t('rules.life')}>
    <ol class="life">${line.map((one, index) => renderPoint(page, decider, one, index, place))}</ol>
    <div class="life-now" tabindex="-1"><p>${host.t(page.isOnSave ? `rules.save.does.${decider.stage}` : `rules.does.${decider.stage}`)}${renderNewer(page, decider)}</p><div class="life-acts">${renderWays(page, decider)}</div></div>
    ${page.isOnSave ? nothing : renderSchedule(page, decider.schedule)}
  </section>`
}

function renderPoint(page: RulePage, decider: DeciderView, one: (typeof line)[number], index: number, place: number): TemplateResult {
  const { host, steps, trials } = page
  const { backtest, replay } = trials
  const isNow = index === place
  const step = one === 'backtest' ? undefined : steps.find(({ stage }) => stage === one)
  // A step that was left out, or a back-test that nobody has seen here, has no tick.
  const isDone =
    one === 'draft' ? place > 0 : one === 'backtest' ? backtest !== null || replay !== null : step !== undefined && index < place
  const small =
    one === 'backtest' && backtest
      ? host.t('rules.life.tested', { count: backtest.instants })
      : isNow && decider.since
        ? formatDay(decider.since, host.language, host.session.now())
        : step && isDone
          ? formatDay(step.at, host.language, host.session.now())
          : ''
  const look = isNow ? (decider.stage === 'on' ? 'is-live' : 'is-now') : isDone ? 'is-done' : ''
  return html`<li class=${look} aria-current=${isNow ? 'step' : nothing}><span class="life-dot">${look === 'is-done' ? icon('check') : look === 'is-live' ? icon('play') : nothing}</span>
    <b>${host.t(one === 'backtest' ? 'rules.tab.backtest' : `rules.stage.${one}`)}</b><small>${small}</small></li>`
}

function renderNewer({ host, newest }: RulePage, { version, stage }: DeciderView): TemplateResult | typeof nothing {
  if (newest <= version || stage === 'draft') return nothing
  return html` <b class="newer">${host.t('rules.newer', { version, newest })}</b>`
}

function renderWays(page: RulePage, { stage, version }: DeciderView): unknown {
  const { host, isDirty, busy, newest } = page
  if (!page.mayDefine) return nothing
  const isNewer = newest > version && stage !== 'draft' && stage !== 'off' && stage !== 'pilot'
  const steps: readonly AskedStep['to'][] = [...(isNewer ? [stage as AskedStep['to']] : []), ...ways[stage]]
  const held: Partial<Button> = isDirty ? { disabled: true, title: host.t('rules.saveFirst') } : {}
  const buttons = steps.map((to, index) => {
    const isFirst = index === 0 && to !== 'off'
    const label = to === stage ? host.t('rules.to.same', { version: newest }) : host.t(`rules.to.${to}`)
    const look = to === 'back' || to === 'off' ? 'ghost' : isFirst && !isDirty && stage !== 'on' ? 'primary' : ''
    return renderButton({ label, look, ...(to === 'back' && { icon: 'undo' as const }), run: () => page.life.ask(to), ...held })
  })
  const runs = !page.isOnSave && (stage === 'shadow' || stage === 'pilot' || stage === 'on')
  const run = renderButton({
    ...{
      label: host.t(stage === 'shadow' ? 'rules.runShadow' : 'rules.runNow'),
      icon: 'play',
      look: stage === 'on' && !isDirty ? 'primary' : '',
    },
    ...{ busy: busy === 'run', run: () => void page.runs.run(), ...held },
  })
  return html`${runs ? run : nothing}${buttons}`
}
