import { html, nothing, type TemplateResult } from 'lit'
import type { ColumnOptions, DateOrder } from '../client/import-types.ts'
import type { FieldView } from '../client/types.ts'
import { optionLabel } from '../format/option.ts'
import { icon } from '../icon/icon.ts'
import { renderSelect, renderText } from './controls.ts'
import { mapValue, setColumnOption } from './mapping-edits.ts'
import type { MappingPart } from './mapping-part.ts'
import { renderReference } from './reference-settings.ts'
import { hasOptions, isLink, isNumber, isTime } from './targets.ts'

const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'TWD', 'SGD', 'KRW', 'AUD', 'CAD', 'CHF', 'INR']
const factors = [1, 1_000, 10_000, 1_000_000, 100_000_000]

/** What is set for a field's cells, in a few words. */
export function settingsSummary({ view, mapping }: MappingPart, field: FieldView): string {
  const { options = {} } = mapping.columns.find((each) => each.field === field.name) ?? {}
  const replaced = Object.keys(mapping.values?.[field.name] ?? {}).length
  const missing = mapping.references?.[field.name]?.missing
  return [
    options.currency,
    options.multiplyBy && options.multiplyBy !== 1 ? `× ${options.multiplyBy.toLocaleString(view.host.language)}` : '',
    options.dateOrder ? view.t(`import.order.${options.dateOrder}`) : '',
    options.decimalComma ? '1.234,56' : '',
    missing && missing !== 'refuse' ? view.t(`import.missing.${missing}`) : '',
    replaced > 0 ? view.t('import.values.count', { count: replaced }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** How the cells of a column are written and what they mean. */
export function renderColumnSettings(part: MappingPart, column: string, field: FieldView): TemplateResult {
  const written = isNumber(field) || isTime(field)
  return html`${written ? html`<div class="pairs">${renderWriting(part, column, field)}</div>` : nothing}
    ${isLink(field) ? renderReference(part, field) : nothing}${renderReplacements(part, column, field)}`
}

function renderWriting(part: MappingPart, column: string, field: FieldView): TemplateResult {
  const { mapping, view } = part
  const { options = {} } = mapping.columns.find((each) => each.column === column) ?? {}
  const set = <K extends keyof ColumnOptions>(name: K, value: ColumnOptions[K] | undefined): void =>
    part.edit(setColumnOption(mapping, column, name, value))
  const currency = [...new Set([...(options.currency ? [options.currency] : []), view.host.session.currency, ...currencies])]
  return html`${field.kind === 'money' ? renderSelect({ label: view.t('import.currency'), value: options.currency ?? '', choices: [{ value: '', label: view.t('import.currency.cell') }, ...currency.map((code) => ({ value: code, label: code }))], choose: (value) => set('currency', value || undefined) }) : nothing}
    ${isNumber(field) ? renderNumberWriting(part, options, set) : nothing}
    ${
      isTime(field)
        ? renderSelect({
            label: view.t('import.order'),
            value: options.dateOrder ?? '',
            choices: [
              { value: '', label: view.t('import.order.auto') },
              { value: 'dmy', label: view.t('import.order.dmy') },
              { value: 'mdy', label: view.t('import.order.mdy') },
            ],
            choose: (value) => set('dateOrder', (value || undefined) as DateOrder | undefined),
          })
        : nothing
    }
    ${field.kind === 'instant' ? renderText({ label: view.t('import.zone'), value: options.zone ?? '', placeholder: mapping.zone ?? 'Asia/Shanghai', change: (text) => set('zone', text.trim() || undefined) }) : nothing}`
}

function renderNumberWriting(
  { view }: MappingPart,
  options: ColumnOptions,
  set: <K extends keyof ColumnOptions>(name: K, value: ColumnOptions[K] | undefined) => void,
): TemplateResult {
  const chosen = options.multiplyBy ?? 1
  const choices = [...new Set([...factors, chosen])].map((factor) => ({
    value: String(factor),
    label: factor === 1 ? view.t('import.factor.none') : `× ${factor.toLocaleString(view.host.language)}`,
  }))
  return html`${renderSelect({ label: view.t('import.factor'), value: String(chosen), choices, choose: (value) => set('multiplyBy', value === '1' ? undefined : Number(value)) })}
    ${renderSelect({
      label: view.t('import.style'),
      value: options.decimalComma ? 'comma' : 'point',
      choices: [
        { value: 'point', label: '1,234.56' },
        { value: 'comma', label: '1.234,56' },
      ],
      choose: (value) => set('decimalComma', value === 'comma' || undefined),
    })}`
}

/** Cells that mean something else, once for all rows: those that are set, and a line for another. */
function renderReplacements(part: MappingPart, column: string, field: FieldView): TemplateResult {
  const { view, mapping, preview } = part
  const values = Object.entries(mapping.values?.[field.name] ?? {})
  const samples = preview.samples[preview.columns.indexOf(column)] ?? []
  const add = (from: string): void => {
    if (from.trim() !== '') part.edit(mapValue(mapping, field.name, from.trim(), null))
  }
  return html`<div class="replacements">
    <p class="pair-label">${view.t('import.values.title')}</p>
    ${values.length > 0 ? html`<ul>${values.map(([from, to]) => renderReplacement(part, field, from, to))}</ul>` : nothing}
    ${renderText({ label: view.t('import.values.add'), quiet: true, placeholder: view.t('import.values.add'), value: '', empties: true, offers: samples, id: `from-${field.name}`, change: add })}
  </div>`
}

function renderReplacement(part: MappingPart, field: FieldView, from: string, to: string | null): TemplateResult {
  const { view, mapping } = part
  const set = (value: string | null | undefined): void => part.edit(mapValue(mapping, field.name, from, value))
  const label = view.t('import.values.means', { value: from })
  const control = hasOptions(field)
    ? renderSelect({ label, quiet: true, value: to ?? '', choices: optionChoices(part, field), choose: (value) => set(value || null) })
    : renderText({
        label,
        quiet: true,
        value: to ?? '',
        placeholder: view.t('import.values.nothing'),
        change: (text) => set(text.trim() || null),
      })
  return html`<li class="replacement"><span class="clip" title=${from}>${from}</span><span class="dim">${icon('arrow-right')}</span>${control}
    <button type="button" class="btn btn-ghost btn-sm btn-icon" part="button" aria-label=${view.t('remove.name', { name: from })} @click=${() => set(undefined)}>${icon('close')}</button>
  </li>`
}

/** The options of a field, and nothing. */
export function optionChoices({ view }: MappingPart, field: FieldView): readonly { readonly value: string; readonly label: string }[] {
  const options = (field.options ?? []).filter(({ retired }) => !retired)
  return [
    { value: '', label: view.t('import.values.nothing') },
    ...options.map(({ value }) => ({ value, label: optionLabel(field, value, view.host.language) })),
  ]
}
