import { nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import { html } from 'lit/static-html.js'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import { renderControl, renderProblem } from './control.ts'
import type { DraftRule } from './draft.ts'
import { emptyRule, nameFrom } from './draft.ts'
import { renderActions } from './on-save/actions.ts'
import { renderDetails } from './on-save/details.ts'
import { newRule } from './on-save/draft-save.ts'
import { renderKinds } from './on-save/kinds.ts'
import { renderMoments } from './on-save/moments.ts'
import { renderScoreField } from './on-save/score-field.ts'
import { renderOrder } from './order.ts'
import { renderProblems } from './problems.ts'
import { renderSentence } from './sentence.ts'
import { renderSets } from './sets.ts'
import type { Writing } from './writing.ts'

/** Where a rule is written: what it is called, when it holds, what it sets, what it says, and how far it may go. */
export function renderBuilder(writing: Writing): TemplateResult {
  const { host, draft, isNew, isDirty, mayDefine } = writing
  const { save } = draft
  const submit = (event: Event) => {
    event.preventDefault()
    void writing.save()
  }
  return html`<form class="block builder" part="builder" novalidate aria-label=${host.t('rules.tab.rule')} @submit=${submit} @crm-load=${stop} @crm-error=${stop}>
    <fieldset class="builder-body" ?disabled=${!mayDefine || writing.isSaving}>
      <legend class="sr">${host.t('rules.tab.rule')}</legend>
      ${isNew ? html`${renderKinds(writing)}${renderHead(writing)}` : nothing}
      ${save ? html`${renderMoments(writing, save)}${save.kind === 'score' ? renderScoreField(writing, save) : nothing}` : nothing}
      ${repeat(
        draft.rules,
        ({ id }) => id,
        (rule, index) => renderRule(writing, rule, index),
      )}
      <div class="add-rule" data-order="rule-add">${renderButton({ label: host.t('rules.addRule'), icon: 'plus', look: 'sm ghost', run: () => addRule(writing) })}</div>
      ${save ? renderDetails(writing, save) : renderLimits(writing)}
    </fieldset>
    ${renderProblems(writing)}
    ${
      mayDefine
        ? html`<div class="builder-foot">${isDirty && (!isNew || writing.isKept) ? html`<span class="dim xs">${host.t(writing.isKept ? 'rules.restored' : 'rules.unsaved')}</span>` : nothing}<span class="grow"></span>
          ${isDirty && (!isNew || writing.isKept) ? renderButton({ label: host.t('rules.discard'), look: 'ghost', run: () => writing.discard() }) : nothing}
          ${renderButton({ label: host.t(isNew ? 'rules.create' : 'rules.save', { version: writing.next }), look: isNew || isDirty ? 'primary' : '', submits: true, disabled: !isNew && !isDirty, busy: writing.isSaving })}</div>`
        : nothing
    }</form>`
}

function renderHead(writing: Writing): TemplateResult {
  const { host, view, draft } = writing
  const write = (locale: 'zh-CN' | 'en') => (event: Event) => {
    const followed = draft.name === nameFrom(draft.label.en)
    draft.label[locale] = (event.target as HTMLInputElement).value
    if (locale === 'en' && followed) draft.name = nameFrom(draft.label.en)
    writing.changed()
  }
  const rename = (event: Event) => {
    draft.name = (event.target as HTMLInputElement).value
    writing.changed()
  }
  const choose = (event: Event) => {
    draft.object = (event.target as HTMLSelectElement).value
    draft.rules = [emptyRule()]
    writing.changed()
    void writing.become(draft.save?.kind ?? null)
  }
  const text = (label: string, path: string, value: string, input: (event: Event) => void, hint = '') =>
    renderControl(
      writing,
      { label, path, hint },
      (attributes) =>
        html`<input class="input" id=${attributes.id} maxlength="100" aria-invalid=${attributes.invalid} aria-describedby=${attributes.describedBy} .value=${live(value)} @input=${input} />`,
    )
  return html`<div class="pair">${text(host.t('rules.label.zh'), '/label/zh-CN', draft.label['zh-CN'], write('zh-CN'))}
      ${text(host.t('rules.label.en'), '/label/en', draft.label.en, write('en'))}</div>
    <div class="pair">${renderControl(
      writing,
      { label: host.t('rules.object'), path: '/object', hint: '' },
      (
        attributes,
      ) => html`<select class="select" id=${attributes.id} aria-invalid=${attributes.invalid} aria-describedby=${attributes.describedBy} @change=${choose}>
        ${view.definable.map(({ name, label }) => html`<option value=${name} ?selected=${name === draft.object}>${host.words(label)}</option>`)}</select>`,
    )}
      ${text(host.t('rules.id'), '/name', draft.name, rename, host.t('rules.id.hint'))}</div>`
}

function renderRule(writing: Writing, rule: DraftRule, index: number): TemplateResult {
  const { host, draft } = writing
  const filter = tagOf(host, 'filter')
  const path = `/rules/${index}`
  const several = draft.rules.length > 1
  const change = (event: CustomEvent<{ readonly value: DraftRule['when'] }>) => {
    event.stopPropagation()
    rule.when = event.detail.value
    writing.changed()
  }
  const { save } = draft
  const title = host.t('rules.rule', { number: index + 1 })
  const question = host.t(save?.kind === 'validation' ? 'rules.save.when.not' : 'rules.when')
  return html`<section class="rule" aria-label=${several ? title : nothing}>
    ${several ? renderRuleHead(writing, index) : nothing}
    <div class="rule-when"><${filter} brief data-at=${`${path}/when`} ?own=${save !== null} ?preview=${writing.counts} src=${host.src} object=${draft.object} .locale=${host.language} .value=${rule.when} ?disabled=${!writing.mayDefine} @crm-change=${change}><span slot="title">${question}</span></${filter}>
      ${renderProblem(writing, `${path}/when`)}</div>
    ${save ? renderActions(writing, rule, index) : renderSets(writing, rule, index)}${renderSentence(writing, rule, index)}
  </section>`
}

function renderRuleHead(writing: Writing, index: number): TemplateResult {
  const { host, draft } = writing
  const name = host.t('rules.rule', { number: index + 1 })
  const order = {
    ...{ list: draft.rules, index, name, id: 'rule' },
    put: (rules: DraftRule[]) => {
      draft.rules = rules
    },
  }
  const isFirst = draft.save === null || draft.save.mode === 'first'
  return html`<div class="rule-head"><h3>${name}</h3><span class="xs dim grow">${index === 0 ? host.t(isFirst ? 'rules.first' : 'rules.save.each') : ''}</span>${renderOrder(writing, order)}</div>`
}

function addRule(writing: Writing): void {
  const { draft, actions } = writing
  draft.rules = [...draft.rules, draft.save ? newRule(draft.save.kind, actions) : emptyRule()]
  writing.changed()
}

function renderLimits(writing: Writing): TemplateResult {
  const { host, draft } = writing
  const records = (event: Event) => {
    const { value } = event.target as HTMLInputElement
    draft.records = value === '' ? null : Math.max(0, Math.round(Number(value)))
    writing.changed()
  }
  const share = (event: Event) => {
    const { value } = event.target as HTMLInputElement
    draft.share = value === '' ? null : Math.min(100, Math.max(0, Number(value))) / 100
    writing.changed()
  }
  return html`<section class="rule-limits" aria-label=${host.t('rules.limits')}><h3>${host.t('rules.limits')}</h3><p class="hint">${host.t('rules.limits.hint')}</p>
    <div class="pair"><label class="control"><span class="label" part="label">${host.t('rules.limit.records')}</span><input class="input" type="number" min="0" step="1" .value=${live(draft.records === null ? '' : String(draft.records))} placeholder=${host.t('rules.limit.none')} @change=${records} /></label>
    <label class="control"><span class="label" part="label">${host.t('rules.limit.share')}</span><span class="box"><input class="input" type="number" min="0" max="100" step="any" .value=${live(draft.share === null ? '' : String(Number((draft.share * 100).toFixed(4))))} placeholder=${host.t('rules.limit.none')} @change=${share} /><span class="affix">%</span></span></label></div></section>`
}

const stop = (event: Event): void => event.stopPropagation()
