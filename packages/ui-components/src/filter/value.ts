import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { html as staticHtml } from 'lit/static-html.js'
import type { FieldView } from '../client/types.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmField } from '../field/field.ts'
import { asList, optionLabel } from '../format/option.ts'
import { icon } from '../icon/icon.ts'
import type { FilterView } from './filter-view.ts'
import { type Compared, comparedOf, type Source } from './model/fields.ts'
import { comparableFields } from './model/other-fields.ts'
import type { Condition, Operand } from './model/tree.ts'
import { renderLength, renderMoment, renderPeriod } from './time-value.ts'

type Set = (value: Operand) => void

/** What a condition compares with, as controls. */
export function renderValue(
  view: FilterView,
  source: Source,
  condition: Condition,
  compared: Compared,
  name: string,
): TemplateResult | typeof nothing {
  const { value } = condition
  const set: Set = (next) => view.replace(condition.id, { ...condition, value: next })
  const label = `${view.host.t('cond.value')}${view.host.t('colon')}${name}`
  switch (value.is) {
    case 'nothing':
      return nothing
    case 'field':
      return renderOtherField(view, source, condition, value.path, label, set)
    case 'period':
      return renderPeriod(view, value, label, set)
    case 'length':
      return renderLength(view, value.length, label, (length) => set({ is: 'length', length }))
    case 'list':
      return renderList(view, compared, value.values, label, (values) => set({ is: 'list', values }))
    case 'pair': {
      const { from, to } = value
      return html`${renderOne(view, compared, from, view.host.t('cond.from'), (next) => set({ is: 'pair', from: next, to }))}
        <span class="until">${view.host.t('cond.until')}</span>
        ${renderOne(view, compared, to, view.host.t('cond.to'), (next) => set({ is: 'pair', from, to: next }))}`
    }
    default:
      return renderOne(view, compared, value, label, set)
  }
}

function renderOne(view: FilterView, compared: Compared, value: Operand, label: string, set: Set): TemplateResult {
  const { cls } = compared
  const constant = (next: unknown) => set({ is: 'constant', value: next })
  const now = value.is === 'constant' ? value.value : null
  if (cls === 'date' || cls === 'instant')
    return renderMoment(view, compared, value, label, set, () => renderField(view, compared, now, label, constant))
  if (cls === 'yesNo') return renderYesNo(view, now, label, constant)
  if (cls === 'choice') return renderChoice(view, compared.field, now, label, constant)
  if (cls === 'text' || cls === 'team') return renderText(view, now, label, constant)
  return renderField(view, compared, now, label, constant)
}

function renderText(view: FilterView, value: unknown, label: string, set: (value: unknown) => void): TemplateResult {
  const onInput = (event: Event) => set((event.target as HTMLInputElement).value || null)
  return html`<input class="input val" data-value type="text" autocomplete="off" maxlength="1000" aria-label=${label}
    ?disabled=${!view.isOpen} .value=${live(String(value ?? ''))} @input=${onInput} />`
}

function renderYesNo(view: FilterView, value: unknown, label: string, set: (value: unknown) => void): TemplateResult {
  const option = (is: boolean) =>
    html`<option value=${String(is)} .selected=${live(value === is)}>${view.host.t(is ? 'yes' : 'no')}</option>`
  return html`<select class="select tok val-tok" part="token" data-value aria-label=${label} ?disabled=${!view.isOpen}
    @change=${(event: Event) => set((event.target as HTMLSelectElement).value === 'true')}>${option(true)}${option(false)}</select>`
}

function renderChoice(view: FilterView, field: FieldView, value: unknown, label: string, set: (value: unknown) => void): TemplateResult {
  const codes = (field.options ?? []).map((option) => option.value)
  const known = typeof value === 'string' && !codes.includes(value) ? [value, ...codes] : codes
  return html`<select class="select tok val-tok" part="token" data-value aria-label=${label} ?disabled=${!view.isOpen}
    @change=${(event: Event) => set((event.target as HTMLSelectElement).value || null)}>
    ${value === null ? html`<option value="" selected>${view.host.t('choose')}</option>` : nothing}
    ${known.map((code) => html`<option value=${code} .selected=${live(code === value)}>${optionLabel(field, code, view.host.language)}</option>`)}
  </select>`
}

function renderList(
  view: FilterView,
  compared: Compared,
  values: readonly string[],
  label: string,
  set: (values: readonly string[]) => void,
): TemplateResult {
  const { cls } = compared
  if (cls === 'person') return renderPeople(view, compared, values, label, set)
  if (cls === 'text' || cls === 'team') return renderLines(view, values, label, set)
  return renderField(view, { ...compared, field: severalOf(compared.field) }, values, label, (next) => set(asList(next)))
}

const severalOf = (field: FieldView): FieldView => ({
  ...field,
  kind: field.kind === 'choice' ? 'multiChoice' : field.kind === 'reference' ? 'links' : field.kind,
})

function renderLines(view: FilterView, values: readonly string[], label: string, set: (values: readonly string[]) => void): TemplateResult {
  const onChange = (event: Event) => {
    const lines = (event.target as HTMLTextAreaElement).value.split('\n').map((line) => line.trim())
    set([...new Set(lines.filter(Boolean))])
  }
  return html`<textarea class="textarea val lines" data-value rows="2" aria-label=${label} placeholder=${view.host.t('cond.lines')}
    ?disabled=${!view.isOpen} .value=${live(values.join('\n'))} @change=${onChange}></textarea>`
}

/** Chosen people, and a search for one more. */
function renderPeople(
  view: FilterView,
  compared: Compared,
  values: readonly string[],
  label: string,
  set: (values: readonly string[]) => void,
): TemplateResult {
  const { host, names } = view
  const tag = (id: string) =>
    html`<span class="tag"><span class="clip">${names.nameOf(id)}</span>${
      view.isOpen
        ? html`<button type="button" aria-label=${host.t('remove.name', { name: names.nameOf(id) })} @click=${() => set(values.filter((one) => one !== id))}>${icon('close')}</button>`
        : nothing
    }</span>`
  const add = (id: unknown) => typeof id === 'string' && !values.includes(id) && set([...values, id])
  return html`<span class="people">${values.map(tag)}</span>${view.isOpen ? renderField(view, compared, null, label, add) : nothing}`
}

/** A field of the form's kind: numbers, amounts, dates, lookups. */
function renderField(view: FilterView, { field }: Compared, value: unknown, label: string, set: (value: unknown) => void): TemplateResult {
  const { host, names } = view
  const { name, kind, options, to, scale } = field
  const shown: FieldView = { name, kind, options, to, scale, label: { 'zh-CN': label, en: label } }
  const related = asList(value).map((id) => ({ id, name: names.nameOf(id) }))
  const record = { id: '', version: 0, related: { [name]: kind === 'links' ? related : (related[0] ?? null) } }
  const onChange = (event: Event) => {
    event.stopPropagation()
    const control = event.currentTarget as CrmField
    if (to || kind === 'user') for (const id of asList(control.value)) names.keep(id, control.nameOf(id))
    set(control.value ?? null)
  }
  const tag = tagOf(host, 'field')
  const text = kind === 'decimal' && value !== null ? String(value) : value
  return staticHtml`<${tag} class="val val-${kind}" data-value bare src=${host.src} .locale=${host.language} .field=${shown} .value=${text}
    .record=${record} .disabled=${!view.isOpen} @crm-change=${onChange}></${tag}>`
}

function renderOtherField(view: FilterView, source: Source, condition: Condition, path: string, label: string, set: Set): TemplateResult {
  const compared = comparedOf(source, condition.subject)
  const others = compared ? comparableFields(source, compared, condition.subject.path) : []
  const onChange = (event: Event) => set({ is: 'field', path: (event.target as HTMLSelectElement).value })
  const words = (labels: readonly FieldView[]) => labels.map((field) => view.host.words(field.label)).join(' › ')
  const isKnown = others.some((other) => other.path === path)
  return html`<select class="select tok val-tok" part="token" data-value aria-label=${label} ?disabled=${!view.isOpen} @change=${onChange}>
    ${isKnown ? nothing : html`<option value=${path} selected>${path || view.host.t('cond.field.choose')}</option>`}
    ${others.map((other) => html`<option value=${other.path} .selected=${live(other.path === path)}>${words(other.fields)}</option>`)}
  </select>`
}
