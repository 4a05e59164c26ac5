import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ColumnGuess } from '../client/import-types.ts'
import type { FieldView } from '../client/types.ts'
import { icon } from '../icon/icon.ts'
import { renderColumnSettings, settingsSummary } from './column-settings.ts'
import { renderSelect } from './controls.ts'
import { fieldOfColumn, setField } from './mapping-edits.ts'
import type { MappingPart } from './mapping-part.ts'

const SAMPLES = 3

/** One row per column of the file: what is in it, what it is read into, and why. */
export function renderColumns(part: MappingPart): TemplateResult {
  const { view, preview, mapping } = part
  const taken = mapping.columns.length
  return html`<section class="panel" part="panel columns" aria-label=${view.t('import.columns.title')}>
    <div class="panel-head"><h4 class="h3">${view.t('import.columns.title')}</h4><span class="count">${view.t('import.columns.count', { taken, count: preview.columns.length })}</span></div>
    <ul class="columns">${repeat(
      preview.columns,
      (column) => column,
      (column, index) => renderColumn(part, column, index),
    )}</ul>
  </section>`
}

function renderColumn(part: MappingPart, column: string, index: number): TemplateResult {
  const { view, mapping, fields, preview, source } = part
  const name = fieldOfColumn(mapping, column)
  const field = fields.find((one) => one.name === name)
  const open = `column ${source.name} ${column}`
  const isOpen = field !== undefined && view.shown.has(open)
  return html`<li class="column ${field ? '' : 'is-unused'}" part="column">
    <div class="column-name"><b class="clip" title=${column}>${column}</b><span class="xs dim samples">${renderSamples(part, column, index)}</span></div>
    <span class="column-arrow dim">${icon('arrow-right')}</span>
    <div class="column-field">${renderFieldChoice(part, column, field)}<span class="xs dim column-why">${field ? renderWhy(part, preview.guesses[index], field) : nothing}</span></div>
    ${field ? renderFold(part, column, field, open, isOpen) : html`<span></span>`}
    ${field && isOpen ? html`<div class="column-settings" id=${`settings-${index}`}>${renderColumnSettings(part, column, field)}</div>` : nothing}
  </li>`
}

function renderFold({ view }: MappingPart & object, column: string, field: FieldView, open: string, isOpen: boolean): TemplateResult {
  return html`<button
    type="button"
    class="btn btn-ghost btn-sm fold"
    part="button"
    aria-expanded=${isOpen}
    aria-label=${view.t('import.column.settings', { column, name: view.host.words(field.label) })}
    @click=${() => view.shown.toggle(open)}
  ><span>${view.t('import.settings')}</span>${icon('down')}</button>`
}

/** What the cells hold; where a cell is repaired, what it becomes. */
function renderSamples({ preview, view }: MappingPart, column: string, index: number): TemplateResult | string {
  const texts = preview.samples[index] ?? []
  if (texts.length === 0) return view.t('import.column.empty')
  const marks = new Map(
    preview.sample.flatMap(({ cells }) => cells.filter((cell) => cell.column === column).map((cell) => [cell.text, cell] as const)),
  )
  return html`${texts.slice(0, SAMPLES).map((text, at) => {
    const refused = marks.get(text)?.reason
    return html`${at > 0 ? html`<span aria-hidden="true"> · </span>` : nothing}<span class=${refused ? 'down' : ''}>${text}</span>`
  })}`
}

function renderFieldChoice(part: MappingPart, column: string, field: FieldView | undefined): TemplateResult {
  const { view, fields, mapping } = part
  const columnOf = new Map(mapping.columns.map((each) => [each.field, each.column]))
  const label = (one: FieldView): string => {
    const name = view.host.words(one.label) + (one.required ? ' *' : '')
    const other = columnOf.get(one.name)
    return other !== undefined && other !== column ? view.t('import.column.takenBy', { name, column: other }) : name
  }
  const choose = (value: string): void => {
    const chosen = fields.find((one) => one.name === value)
    // The currency is written down, so that nobody finds out later which one was assumed.
    const options = chosen?.kind === 'money' ? { currency: currencyIn(part) } : undefined
    part.edit(setField(mapping, column, chosen?.name ?? null, options))
  }
  return renderSelect({
    label: view.t('import.column.field', { column }),
    quiet: true,
    value: field?.name ?? '',
    choices: [
      { value: '', label: view.t('import.column.none') },
      ...fields.filter((one) => one.layer !== 'system').map((one) => ({ value: one.name, label: label(one) })),
      ...fields.filter((one) => one.layer === 'system').map((one) => ({ value: one.name, label: label(one) })),
    ],
    choose,
  })
}

/** What other columns of the file are in, else what the page offers first. */
function currencyIn({ mapping, view }: MappingPart): string {
  return mapping.columns.find(({ options }) => options?.currency)?.options?.currency ?? view.host.session.currency
}

function renderWhy(part: MappingPart, guess: ColumnGuess | undefined, field: FieldView): TemplateResult {
  const { view } = part
  const summary = settingsSummary(part, field)
  const why =
    guess?.field === field.name
      ? view.t(`import.why.${guess.reason}`, { share: Math.round(guess.confidence * 100) })
      : view.t('import.why.chosen')
  return html`<span>${why}</span>${summary ? html`<span class="soft"> · ${summary}</span>` : nothing}`
}
