import type { DeciderView } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import { formatNumber } from '../format/number.ts'
import { renderEmpty } from '../state/state-view.ts'
import { renderBrokenOnes } from './broken.ts'
import type { RulesView } from './rules-view.ts'
import { nextText, scheduleText } from './schedule.ts'

const looks = { draft: '', shadow: 'badge-warning', pilot: 'badge-accent', on: 'badge-success', off: 'badge-line' } as const

/** How a rule stands, as a mark. */
export function renderStage({ host }: RulesView, stage: DeciderView['stage']): TemplateResult {
  return html`<span class="badge ${looks[stage]}" part="badge">${host.t(`rules.stage.${stage}`)}</span>`
}

/** All rules: what they are about, how they stand, and what they did last. */
export function renderList(view: RulesView): TemplateResult {
  const { host, deciders, definable } = view
  const add = { label: host.t('rules.new'), icon: 'plus', look: 'primary', run: () => view.open('new') } as const
  return html`<header class="head"><h2 class="title"><slot name="title">${host.t('rules.title')}</slot></h2><span class="grow"></span>
      ${definable.length > 0 && deciders.length > 0 ? renderButton(add) : nothing}</header>
    <div class="body">${renderBrokenOnes(host, deciders, (id) => view.open(id))}${
      deciders.length === 0
        ? renderEmpty('check', host.t('rules.none'), host.t('rules.none.text'), definable.length > 0 ? add : undefined)
        : renderTable(view)
    }</div>`
}

function renderTable(view: RulesView): TemplateResult {
  const { host, deciders } = view
  const heads = ['rules.name', 'rules.object', 'rules.stage', 'rules.lastRun', 'rules.affected', 'rules.nextRun'] as const
  return html`<section class="block list" part="block" aria-label=${host.t('rules.title')}><table>
    <thead><tr>${heads.map((head) => html`<th scope="col" class=${head === 'rules.affected' ? 'n' : ''}>${host.t(head)}</th>`)}</tr></thead>
    <tbody>${deciders.map((one) => renderRow(view, one))}</tbody></table></section>`
}

function renderRow(view: RulesView, decider: DeciderView): TemplateResult {
  const { host, objects, runs } = view
  const { id, label, object, stage, version, codeIsNewer, schedule, kind, broken } = decider
  const run = runs.get(id)
  const when = run ? formatInstant(run.startedAt, host.language, host.session.now()) : host.t('rules.never')
  const what =
    run?.status === 'undone'
      ? host.t('rules.run.undone')
      : run?.status === 'waiting'
        ? html`<b class="newer">${host.t('rules.run.waiting')}</b>`
        : run?.mode === 'shadow'
          ? host.t('rules.run.shadow')
          : ''
  return html`<tr data-rule=${id}><th scope="row"><button type="button" class="link name" part="button" @click=${() => view.open(id)}>${host.words(label) || id}</button>
      <br /><span class="xs dim">${host.t(`rules.kind.${kind}`)} · ${id} · v${version}${codeIsNewer ? html` · ${host.t('rules.codeIsNewer.short')}` : nothing}</span></th>
    <td>${host.words(objects.get(object)?.label) || object}</td><td>${renderStage(view, stage)}${broken ? html` <span class="badge badge-danger" part="badge">${host.t('rules.broken.short')}</span>` : nothing}</td>
    <td class="dim when" data-head=${host.t('rules.lastRun')}>${when}${what ? html` · ${what}` : nothing}</td>
    <td class="n" data-head=${host.t('rules.affected')}>${run ? formatNumber(run.status === 'waiting' ? run.planned : run.affected, host.language) : '—'}</td>
    <td class="dim when" data-head=${host.t('rules.nextRun')}>${kind === 'condition' ? nextText(host, schedule) || scheduleText(host, schedule) : host.t('rules.onSave')}</td></tr>`
}
