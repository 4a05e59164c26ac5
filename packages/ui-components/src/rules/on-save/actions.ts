import type { DeciderAction } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { renderButton } from '../../display/button.ts'
import { icon } from '../../icon/icon.ts'
import { renderProblem } from '../control.ts'
import type { DraftAction, DraftRule } from '../draft.ts'
import { renderOrder } from '../order.ts'
import type { Writing } from '../writing.ts'
import { paramsOf } from './action-schema.ts'
import { newAction } from './draft-save.ts'
import { renderParam } from './param-control.ts'

/** What a rule on save does: each action with a form that its schema makes. */
export function renderActions(writing: Writing, rule: DraftRule, index: number): TemplateResult {
  const { host } = writing
  const path = `/rules/${index}/do`
  const offered = writing.offered
  const [only] = offered
  // A check refuses and a score gives points: nothing to choose.
  const isPlain = offered.length === 1 && rule.actions.length === 1 && rule.actions[0]?.action === only?.id
  const add = (event: Event) => {
    const items = () => offered.map((action) => ({ label: host.words(action.label), run: () => addAction(writing, rule, index, action) }))
    void writing.view.menu.open(event.currentTarget as HTMLElement, host.t('rules.action.add'), items)
  }
  return html`<section class="rule-does" aria-label=${host.t('rules.save.does')}><h3>${host.t(isPlain && only ? 'rules.save.does.what' : 'rules.save.does', { what: host.words(only?.label) })}</h3>
    <ol>${repeat(
      rule.actions,
      ({ key }) => key,
      (action, at) => renderAction(writing, rule, action, index, at, isPlain),
    )}</ol>
    ${writing.exactly(path) ? renderProblem(writing, path) : nothing}
    ${isPlain ? nothing : html`<span data-order=${`do-${index}-add`}>${renderButton({ label: host.t('rules.action.add'), icon: 'plus', look: 'sm ghost', opens: 'menu', run: add })}</span>`}</section>`
}

function addAction(writing: Writing, rule: DraftRule, index: number, action: DeciderAction): void {
  rule.actions = [...rule.actions, newAction(action)]
  writing.changed()
  writing.focus(`[data-action="${index}-${rule.actions.length - 1}"] :is(textarea, input, select, button.set)`)
}

function renderAction(writing: Writing, rule: DraftRule, action: DraftAction, index: number, at: number, isPlain: boolean): TemplateResult {
  const { host } = writing
  const spec = writing.actions.get(action.action)
  const path = `/rules/${index}/do/${at}`
  const name = writing.actionName(action.action)
  const help = host.words(spec?.help)
  const order = {
    ...{ list: rule.actions, index: at, name, id: `do-${index}` },
    put: (list: DraftAction[]) => {
      rule.actions = list
    },
  }
  return html`<li><div class="action ${isPlain ? 'is-plain' : ''}" data-action=${`${index}-${at}`} role="group" aria-label=${name}>
    ${isPlain ? nothing : html`<div class="rule-head"><b class="grow">${name}</b>${renderOrder(writing, order)}</div>`}
    ${help ? html`<p class="hint">${help}</p>` : nothing}
    ${spec ? paramsOf(spec).map((param) => renderParam({ writing, rule, action, param, path: `${path}/params/${param.name}` })) : html`<p class="notice">${icon('info')}${host.t('rules.action.unknown')}</p>`}
    ${spec ? renderOthers(writing, action, spec) : nothing}
    ${[`${path}/params`, `${path}/action`, path].map((pointer) => (writing.exactly(pointer) ? renderProblem(writing, pointer) : nothing))}</div></li>`
}

/** What an older or newer version of the action has been told besides. */
function renderOthers({ host }: Writing, { params }: DraftAction, spec: DeciderAction): TemplateResult | typeof nothing {
  const known = new Set(paramsOf(spec).map(({ name }) => name))
  const others = Object.keys(params).filter((name) => !known.has(name))
  if (others.length === 0) return nothing
  return html`<p class="notice">${icon('info')}${host.t('rules.param.others', { names: others.join(host.t('list.separator')) })}</p>`
}
