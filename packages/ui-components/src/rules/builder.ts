import { nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import { html } from 'lit/static-html.js'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import { icon } from '../icon/icon.ts'
import { renderControl, renderProblem } from './control.ts'
import type { DraftRule } from './draft.ts'
import { emptyRule, nameFrom } from './draft.ts'
import type { RulePage } from './rule-page.ts'
import { renderSentence } from './sentence.ts'
import { renderSets } from './sets.ts'

/** Where a rule is written: what it is called, when it holds, what it sets, what it says, and how far it may go. */
export function renderBuilder(page: RulePage): TemplateResult {
  const { host, draft, isNew, isDirty, mayDefine } = page
  const submit = (event: Event) => {
    event.preventDefault()
    void page.save()
  }
  const general = page.problemAt('') || page.problems.get('/rules') || ''
  return html`<form class="block builder" part="builder" novalidate aria-label=${host.t('rules.tab.rule')} @submit=${submit} @crm-load=${stop} @crm-error=${stop}>
    <fieldset class="builder-body" ?disabled=${!mayDefine || page.busy === 'save'}>
      <legend class="sr">${host.t('rules.tab.rule')}</legend>
      ${isNew ? renderHead(page) : nothing}
      ${repeat(
        draft.rules,
        ({ id }) => id,
        (rule, index) => renderRule(page, rule, index),
      )}
      <div class="add-rule">${renderButton({ label: host.t('rules.addRule'), icon: 'plus', look: 'sm ghost', run: () => addRule(page) })}</div>
      ${renderLimits(page)}
    </fieldset>
    ${general ? html`<p class="error page-error" part="error" role="alert" tabindex="-1">${icon('warn')}<span>${general}</span></p>` : nothing}
    ${
      mayDefine
        ? html`<div class="builder-foot">${isDirty && !isNew ? html`<span class="dim xs">${host.t('rules.unsaved')}</span>` : nothing}<span class="grow"></span>
          ${isDirty && !isNew ? renderButton({ label: host.t('rules.discard'), look: 'ghost', run: () => page.discard() }) : nothing}
          ${renderButton({ label: host.t(isNew ? 'rules.create' : 'rules.save', { version: page.newest + 1 }), look: isNew || isDirty ? 'primary' : '', submits: true, disabled: !isNew && !isDirty, busy: page.busy === 'save' })}</div>`
        : nothing
    }</form>`
}

function renderHead(page: RulePage): TemplateResult {
  const { host, view, draft } = page
  const write = (locale: 'zh-CN' | 'en') => (event: Event) => {
    const followed = draft.name === nameFrom(draft.label.en)
    draft.label[locale] = (event.target as HTMLInputElement).value
    if (locale === 'en' && followed) draft.name = nameFrom(draft.label.en)
    page.changed()
  }
  const rename = (event: Event) => {
    draft.name = (event.target as HTMLInputElement).value
    page.changed()
  }
  const choose = (event: Event) => {
    draft.object = (event.target as HTMLSelectElement).value
    draft.rules = [emptyRule()]
    page.changed()
  }
  const text = (label: string, path: string, value: string, input: (event: Event) => void, hint = '') =>
    renderControl(
      page,
      { label, path, hint },
      (attributes) =>
        html`<input class="input" id=${attributes.id} maxlength="100" aria-invalid=${attributes.invalid} aria-describedby=${attributes.describedBy} .value=${live(value)} @input=${input} />`,
    )
  return html`<div class="pair">${text(host.t('rules.label.zh'), '/label/zh-CN', draft.label['zh-CN'], write('zh-CN'))}
      ${text(host.t('rules.label.en'), '/label/en', draft.label.en, write('en'))}</div>
    <div class="pair">${renderControl(
      page,
      { label: host.t('rules.object'), path: '/object', hint: '' },
      (
        attributes,
      ) => html`<select class="select" id=${attributes.id} aria-invalid=${attributes.invalid} aria-describedby=${attributes.describedBy} @change=${choose}>
        ${view.definable.map(({ name, label }) => html`<option value=${name} ?selected=${name === draft.object}>${host.words(label)}</option>`)}</select>`,
    )}
      ${text(host.t('rules.id'), '/name', draft.name, rename, host.t('rules.id.hint'))}</div>`
}

function renderRule(page: RulePage, rule: DraftRule, index: number): TemplateResult {
  const { host, draft } = page
  const filter = tagOf(host, 'filter')
  const path = `/rules/${index}`
  const several = draft.rules.length > 1
  const change = (event: CustomEvent<{ readonly value: DraftRule['when'] }>) => {
    event.stopPropagation()
    rule.when = event.detail.value
    page.changed()
  }
  const title = host.t('rules.rule', { number: index + 1 })
  return html`<section class="rule" aria-label=${several ? title : nothing}>
    ${several ? renderRuleHead(page, index) : nothing}
    <div class="rule-when"><${filter} brief ?preview=${page.counts} src=${host.src} object=${draft.object} .locale=${host.language} .value=${rule.when} ?disabled=${!page.mayDefine} @crm-change=${change}><span slot="title">${host.t('rules.when')}</span></${filter}>
      ${renderProblem(page, `${path}/when`)}</div>
    ${renderSets(page, rule, index)}${renderSentence(page, rule, index)}
  </section>`
}

function renderRuleHead(page: RulePage, index: number): TemplateResult {
  const { host, draft } = page
  const name = host.t('rules.rule', { number: index + 1 })
  const remove = () => {
    draft.rules = draft.rules.filter((_, at) => at !== index)
    page.changed()
  }
  const up = () => {
    const [rule] = draft.rules.splice(index, 1)
    if (rule) draft.rules.splice(index - 1, 0, rule)
    page.changed()
  }
  return html`<div class="rule-head"><h3>${name}</h3><span class="xs dim grow">${index === 0 ? host.t('rules.first') : ''}</span>
    ${index > 0 ? renderButton({ label: host.t('rules.up', { name }), icon: 'arrow-up', look: 'sm ghost', bare: true, run: up }) : nothing}
    ${renderButton({ label: host.t('remove.name', { name }), icon: 'trash', look: 'sm ghost', bare: true, run: remove })}</div>`
}

function addRule(page: RulePage): void {
  page.draft.rules = [...page.draft.rules, emptyRule()]
  page.changed()
}

function renderLimits(page: RulePage): TemplateResult {
  const { host, draft } = page
  const records = (event: Event) => {
    const { value } = event.target as HTMLInputElement
    draft.records = value === '' ? null : Math.max(0, Math.round(Number(value)))
    page.changed()
  }
  const share = (event: Event) => {
    const { value } = event.target as HTMLInputElement
    draft.share = value === '' ? null : Math.min(100, Math.max(0, Number(value))) / 100
    page.changed()
  }
  return html`<section class="rule-limits" aria-label=${host.t('rules.limits')}><h3>${host.t('rules.limits')}</h3><p class="hint">${host.t('rules.limits.hint')}</p>
    <div class="pair"><label class="control"><span class="label" part="label">${host.t('rules.limit.records')}</span><input class="input" type="number" min="0" step="1" .value=${live(draft.records === null ? '' : String(draft.records))} placeholder=${host.t('rules.limit.none')} @change=${records} /></label>
    <label class="control"><span class="label" part="label">${host.t('rules.limit.share')}</span><span class="box"><input class="input" type="number" min="0" max="100" step="any" .value=${live(draft.share === null ? '' : String(Number((draft.share * 100).toFixed(4))))} placeholder=${host.t('rules.limit.none')} @change=${share} /><span class="affix">%</span></span></label></div></section>`
}

const stop = (event: Event): void => event.stopPropagation()
