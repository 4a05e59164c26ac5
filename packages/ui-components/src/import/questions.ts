import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { DateOrder, OptionsQuestion, Question, ReferencesQuestion, RefusedQuestion, UnknownValue } from '../client/import-types.ts'
import type { FieldView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { optionChoices } from './column-settings.ts'
import { renderRadios, renderSelect, renderText } from './controls.ts'
import { mapValue, setColumnOption } from './mapping-edits.ts'
import { labelOf, type MappingPart } from './mapping-part.ts'
import { missingChoices, renderNarrowing, setMissing } from './reference-settings.ts'

const SHOWN = 8

/** What there is to decide about a file, once for all its rows. Nothing of it is decided for the reader. */
export function renderQuestions(part: MappingPart): TemplateResult | typeof nothing {
  const { view, preview } = part
  const { questions } = preview
  if (questions.length === 0) return nothing
  return html`<section class="panel panel-open" part="panel questions" aria-label=${view.t('import.questions.title')}>
    <div class="panel-head"><h4 class="h3">${view.t('import.questions.title')}</h4><span class="count">${questions.length}</span><span class="grow"></span>
      <span class="xs dim">${view.t('import.questions.text')}</span></div>
    <ul class="questions">${repeat(questions, questionKey, (question) => html`<li class="question" part="question">${renderQuestion(part, question)}</li>`)}</ul>
  </section>`
}

function questionKey(question: Question): string {
  return `${question.kind} ${question.field} ${'column' in question ? question.column : ''} ${question.kind === 'refused' ? question.reason.code : ''}`
}

function renderQuestion(part: MappingPart, question: Question): TemplateResult {
  switch (question.kind) {
    case 'options':
      return renderOptions(part, question)
    case 'references':
      return renderReferences(part, question)
    case 'dateOrder':
      return renderDateOrder(part, question)
    case 'refused':
      return renderRefused(part, question)
    case 'required':
      return renderRequired(part, question.field)
  }
}

function renderTitle(part: MappingPart, column: string, field: string, text: string): TemplateResult {
  return html`<p class="question-title"><b>${column}</b><span class="dim">${icon('arrow-right')}</span><span>${labelOf(part, field)}</span></p><p class="soft">${text}</p>`
}

function renderOptions(part: MappingPart, question: OptionsQuestion): TemplateResult {
  const { view, fields } = part
  const field = fields.find(({ name }) => name === question.field)
  return html`${renderTitle(part, question.column, question.field, view.t('import.question.options', { count: question.distinct }))}
    ${renderValues(part, question, field)}`
}

function renderReferences(part: MappingPart, question: ReferencesQuestion): TemplateResult {
  const { view, fields, mapping } = part
  const field = fields.find(({ name }) => name === question.field)
  const target = view.target(question.object)
  const name = target ? view.host.words(target.pluralLabel) : labelOf(part, question.field)
  const missing = mapping.references?.[question.field]?.missing ?? 'refuse'
  return html`${renderTitle(part, question.column, question.field, view.t('import.question.references', { count: question.distinct, name }))}
    ${renderRadios(view.t('import.missing'), `missing-${question.field}`, missing, missingChoices(part, question.object), (value) => setMissing(part, question.field, value))}
    ${field ? html`<div class="pairs">${renderNarrowing(part, field)}</div>` : nothing}
    ${renderValues(part, question, field)}`
}

/** Each value with what it was probably meant to be; one press takes all suggestions. */
function renderValues(part: MappingPart, question: OptionsQuestion | ReferencesQuestion, field: FieldView | undefined): TemplateResult {
  const { view, mapping } = part
  const name = `values ${question.field} ${question.column}`
  const shown = view.shown.has(name) ? question.values : question.values.slice(0, SHOWN)
  const suggested = question.values.filter(({ nearest }) => nearest !== null)
  const takeAll = (): void =>
    part.edit(suggested.reduce((next, { value, nearest }) => mapValue(next, question.field, value, nearest), mapping))
  return html`<ul class="values">${repeat(
    shown,
    ({ value }) => value,
    (value) => renderValue(part, question, field, value),
  )}</ul>
    <div class="row row-6 wrap">
      ${suggested.length > 1 ? renderButton({ label: view.t('import.values.takeAll', { count: suggested.length }), icon: 'check', look: 'sm', run: takeAll }) : nothing}
      ${shown.length < question.values.length ? renderButton({ label: view.t('import.values.more', { count: question.values.length - shown.length }), look: 'ghost sm', run: () => view.shown.open(name) }) : nothing}
    </div>`
}

function renderValue(
  part: MappingPart,
  question: OptionsQuestion | ReferencesQuestion,
  field: FieldView | undefined,
  unknown: UnknownValue,
): TemplateResult {
  const { view, mapping } = part
  const { value, count, nearest } = unknown
  const set = (to: string | null): void => part.edit(mapValue(mapping, question.field, value, to))
  const take =
    nearest === null
      ? nothing
      : renderButton({
          label: view.t('import.values.take', { value: shownAs(part, field, nearest) }),
          icon: 'check',
          look: 'sm',
          run: () => set(nearest),
        })
  return html`<li class="value">
    <span class="value-name"><span class="clip" title=${value}>${value}</span><span class="xs dim">${view.t('import.rows', { count })}</span></span>
    <span class="value-do">${take}${question.kind === 'options' && field ? renderOptionChoice(part, field, unknown, set) : renderNameChoice(part, question, unknown, set)}</span>
  </li>`
}

function renderOptionChoice(
  part: MappingPart,
  field: FieldView,
  { value }: UnknownValue,
  set: (to: string | null) => void,
): TemplateResult {
  const { view } = part
  const [none, ...options] = optionChoices(part, field)
  return renderSelect({
    label: view.t('import.values.means', { value }),
    quiet: true,
    value: '?',
    choices: [{ value: '?', label: view.t('choose') }, ...options, ...(none ? [none] : [])],
    choose: (to) => to !== '?' && set(to || null),
  })
}

function renderNameChoice(
  part: MappingPart,
  question: OptionsQuestion | ReferencesQuestion,
  { value }: UnknownValue,
  set: (to: string | null) => void,
): TemplateResult {
  const { view } = part
  const names = question.kind === 'references' && question.object !== '@people' ? (view.named.get(question.object)?.names ?? []) : []
  const at = part.preview.questions.indexOf(question)
  return html`${renderText({ label: view.t('import.values.means', { value }), quiet: true, value: '', placeholder: view.t('import.values.other'), offers: names, id: `name-${at}`, change: (text) => text.trim() !== '' && set(text.trim()) })}
    ${renderButton({ label: view.t('import.values.leaveEmpty'), look: 'ghost sm', run: () => set(null) })}`
}

/** An option is offered by its label. */
function shownAs(part: MappingPart, field: FieldView | undefined, text: string): string {
  const option = field?.options?.find(({ value }) => value === text)
  return (option && part.view.host.words(option.label)) || text
}

function renderDateOrder(part: MappingPart, question: Extract<Question, { kind: 'dateOrder' }>): TemplateResult {
  const { view, mapping, preview } = part
  const { column, dmy, mdy, either } = question
  const example = preview.samples[preview.columns.indexOf(column)]?.find((text) => /\d{1,2}[/.-]\d{1,2}/.test(text)) ?? '03/04/2026'
  const text =
    dmy > 0 && mdy > 0
      ? view.t('import.question.bothOrders', { dmy, mdy })
      : view.t('import.question.dateOrder', { count: either, example })
  const choose = (value: string): void => part.edit(setColumnOption(mapping, column, 'dateOrder', value as DateOrder))
  return html`${renderTitle(part, column, question.field, text)}
    ${renderRadios(
      view.t('import.order'),
      `order-${column}`,
      '',
      [
        { value: 'dmy', label: view.t('import.order.dmy') },
        { value: 'mdy', label: view.t('import.order.mdy') },
      ],
      choose,
    )}`
}

/** What no decision helps, except to leave the value out; the rows can be corrected after the import. */
function renderRefused(part: MappingPart, { column, field, count, example, reason }: RefusedQuestion): TemplateResult {
  const { view, mapping } = part
  const hint = reason.hint ? view.host.words(reason.hint) : ''
  return html`${renderTitle(part, column, field, `${view.host.words(reason.message)} ${hint}`)}
    ${reason.code === 'IMPORT_NUMBER_UNKNOWN' ? renderNumberStyle(part, column) : nothing}
    <div class="row row-6 wrap"><span class="xs dim">${view.t('import.question.refused', { count })}</span>
      ${renderButton({ label: view.t('import.values.emptyOne', { value: example.slice(0, 30) }), look: 'sm', run: () => part.edit(mapValue(mapping, field, example, null)) })}
    </div>`
}

/** Amounts such as 1.234,56 are numbers elsewhere. */
function renderNumberStyle(part: MappingPart, column: string): TemplateResult {
  const { view, mapping } = part
  const comma = mapping.columns.find((each) => each.column === column)?.options?.decimalComma ?? false
  return renderRadios(
    view.t('import.style'),
    `style-${column}`,
    comma ? 'comma' : 'point',
    [
      { value: 'point', label: '1,234.56' },
      { value: 'comma', label: '1.234,56' },
    ],
    (value) => part.edit(setColumnOption(mapping, column, 'decimalComma', value === 'comma' || undefined)),
  )
}

function renderRequired(part: MappingPart, field: string): TemplateResult {
  const { view } = part
  const fill = (): void => {
    view.shown.open(`fill ${field}`)
    void view.host.updateComplete.then(() =>
      view.host.renderRoot.querySelector<HTMLElement>(`[data-fill="${CSS.escape(field)}"] .select`)?.focus(),
    )
  }
  return html`<p class="question-title"><b>${labelOf(part, field)}</b></p><p class="soft">${view.t('import.question.required', { name: labelOf(part, field) })}</p>
    <div class="row">${renderButton({ label: view.t('import.fill.now'), icon: 'edit', look: 'sm', run: fill })}</div>`
}
