import { nothing, type TemplateResult } from 'lit'
import { html } from 'lit/static-html.js'
import type { FieldView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmField } from '../field/field.ts'
import { attributesOf, renderProblem } from './control.ts'
import { type DraftRule, type DraftSet, emptySet, type SetHow, settableFields, sourcesFor } from './draft.ts'
import type { RulePage } from './rule-page.ts'

/** What a rule sets: field by field, each with a control of its own kind. */
export function renderSets(page: RulePage, rule: DraftRule, index: number): TemplateResult {
  const { host } = page
  const add = () => {
    rule.sets = [...rule.sets, emptySet()]
    page.changed()
  }
  return html`<section class="rule-sets" aria-label=${host.t('rules.set')}><h3>${host.t('rules.set')}</h3>
    <ul>${rule.sets.map((set, at) => renderSet(page, rule, set, `/rules/${index}`, at))}</ul>
    ${renderButton({ label: host.t('rules.addSet'), icon: 'plus', look: 'sm ghost', run: add })}</section>`
}

function renderSet(page: RulePage, rule: DraftRule, set: DraftSet, path: string, at: number): TemplateResult {
  const { host, object } = page
  const fields = settableFields(object)
  const field = object?.fields.find(({ name }) => name === set.field)
  const taken = new Set(rule.sets.filter((one) => one !== set).map((one) => one.field))
  const own = attributesOf(page, `${path}/sets/${at}`)
  const choose = (event: Event) => {
    Object.assign(set, emptySet(), { field: (event.target as HTMLSelectElement).value })
    page.changed()
  }
  const remove = () => {
    rule.sets = rule.sets.filter((one) => one !== set)
    page.changed()
  }
  const name = field ? host.words(field.label) : host.t('rules.set.field')
  return html`<li class="set"><div class="set-parts">
      <select class="select set-field" id=${own.id} aria-label=${host.t('rules.set.field')} aria-invalid=${own.invalid} aria-describedby=${own.describedBy} @change=${choose}>
        <option value="" ?selected=${set.field === ''}>${host.t('rules.set.choose')}</option>
        ${fields.filter((one) => one.name === set.field || !taken.has(one.name)).map((one) => html`<option value=${one.name} ?selected=${one.name === set.field}>${host.words(one.label)}</option>`)}
        ${set.field && !fields.some((one) => one.name === set.field) ? html`<option value=${set.field} selected>${name}</option>` : nothing}
      </select>${field ? renderHow(page, set, field) : nothing}${field ? renderValue(page, set, field, `${path}/set/${set.field}`) : nothing}</div>
    ${rule.sets.length > 1 ? renderButton({ label: host.t('remove.name', { name }), icon: 'close', look: 'sm ghost', bare: true, run: remove }) : nothing}
    ${renderProblem(page, `${path}/sets/${at}`)}${set.field && set.how !== 'value' ? renderProblem(page, `${path}/set/${set.field}`) : nothing}</li>`
}

function renderHow(page: RulePage, set: DraftSet, field: FieldView): TemplateResult {
  const { host } = page
  const isTime = field.kind === 'date' || field.kind === 'instant'
  const hows: readonly SetHow[] = [
    'value',
    ...(field.required ? [] : (['empty'] as const)),
    ...(pathsFor(page, field).length > 0 ? (['field'] as const) : []),
    ...(isTime ? (['now'] as const) : []),
    ...(set.how === 'kept' ? (['kept'] as const) : []),
  ]
  const choose = (event: Event) => {
    set.how = (event.target as HTMLSelectElement).value as SetHow
    page.changed()
  }
  return html`<select class="select set-how" aria-label=${host.t('rules.set.how')} @change=${choose}>${hows.map((how) => html`<option value=${how} ?selected=${how === set.how}>${host.t(how === 'now' && field.kind === 'date' ? 'rules.how.today' : `rules.how.${how}`)}</option>`)}</select>`
}

/** Where the value of a field can come from: a path, and what it is called. */
function pathsFor({ object, host }: RulePage, field: FieldView): readonly (readonly [path: string, label: string])[] {
  const plain = sourcesFor(object, field).map(({ name, label }) => [name, host.words(label)] as const)
  if (field.kind !== 'user') return plain
  const led = (object?.fields ?? []).filter(({ name, kind }) => kind === 'user' || name === 'teamId')
  const leader = host.t('rules.leader')
  return [...plain, ...led.map(({ name, label }) => [`${name}.leaderId`, `${host.words(label)} › ${leader}`] as const)]
}

function renderValue(page: RulePage, set: DraftSet, field: FieldView, path: string): unknown {
  const { host, object, view } = page
  if (set.how === 'field') {
    const choose = (event: Event) => {
      set.path = (event.target as HTMLSelectElement).value
      page.changed()
    }
    const { id, invalid, describedBy } = attributesOf(page, path)
    const paths = pathsFor(page, field)
    return html`<select class="select set-value" id=${id} aria-label=${host.t('rules.how.field')} aria-invalid=${invalid} aria-describedby=${describedBy} @change=${choose}>
      <option value="" ?selected=${set.path === ''}>${host.t('choose')}</option>
      ${paths.map(([name, label]) => html`<option value=${name} ?selected=${name === set.path}>${label}</option>`)}
      ${set.path && !paths.some(([name]) => name === set.path) ? html`<option value=${set.path} selected>${object ? view.words.value(object, set.logic) : set.path}</option>` : nothing}</select>`
  }
  if (set.how === 'kept') return html`<span class="set-value kept soft">${object ? view.words.value(object, set.logic) : ''}</span>`
  if (set.how !== 'value') return nothing
  const tag = tagOf(host, 'field')
  const problem = page.problemAt(path)
  const change = (event: Event) => {
    event.stopPropagation()
    set.value = (event.currentTarget as CrmField).value ?? null
    page.changed()
  }
  const plain = { ...field, help: null, required: false, unique: false }
  const record = { id: '', version: 0, [field.name]: set.value, related: { [field.name]: view.names.related(field, set.value) } }
  return html`<${tag} class="set-value" bare src=${host.src} .locale=${host.language} .field=${plain} .value=${set.value} .record=${record} .error=${problem || null} ?revealed=${problem !== ''} aria-invalid=${problem ? 'true' : nothing} @crm-change=${change}></${tag}>`
}
