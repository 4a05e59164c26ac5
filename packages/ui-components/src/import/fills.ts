import { html, nothing, type TemplateResult } from 'lit'
import type { FieldView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { optionChoices } from './column-settings.ts'
import { renderSelect, renderText } from './controls.ts'
import { setDefault, setTemplate } from './mapping-edits.ts'
import { labelOf, type MappingPart } from './mapping-part.ts'

/** Fields that no column fills: the same value in all rows, or a text put together from columns. */
export function renderFills(part: MappingPart): TemplateResult {
  const { view, mapping, fields, preview } = part
  const names = [
    ...new Set([
      ...Object.keys(mapping.templates ?? {}),
      ...Object.keys(mapping.defaults ?? {}),
      ...fields.filter(({ name }) => view.shown.has(`fill ${name}`)).map(({ name }) => name),
      ...preview.questions.flatMap((question) => (question.kind === 'required' ? [question.field] : [])),
    ]),
  ]
  const free = fields.filter(({ name }) => !names.includes(name) && !mapping.columns.some((each) => each.field === name))
  return html`<section class="panel" part="panel" aria-label=${view.t('import.fill.title')}>
    <div class="panel-head"><h4 class="h3">${view.t('import.fill.title')}</h4><span class="grow"></span><span class="xs dim head-hint">${view.t('import.fill.text')}</span></div>
    <div class="panel-body stack">
      ${names.map((name) => renderFill(part, name))}
      <div class="add-line">${renderSelect({
        label: view.t('import.fill.add'),
        quiet: true,
        value: '',
        choices: [
          { value: '', label: view.t('import.fill.add') },
          ...free.map(({ name }) => ({ value: name, label: labelOf(part, name) })),
        ],
        choose: (name) => name !== '' && view.shown.open(`fill ${name}`),
      })}</div>
    </div>
  </section>`
}

function renderFill(part: MappingPart, name: string): TemplateResult {
  const { view, mapping } = part
  const field = part.fields.find((one) => one.name === name)
  const template = mapping.templates?.[name]
  const isText = field?.kind === 'text' || field?.kind === 'longText'
  const same = `same ${name}`
  const composed = template !== undefined || (isText && mapping.defaults?.[name] === undefined && !view.shown.has(same))
  const choose = (value: string): void => {
    if ((value === 'value') !== view.shown.has(same)) view.shown.toggle(same)
    part.edit(value === 'template' ? setDefault(mapping, name, undefined) : setTemplate(mapping, name, undefined))
  }
  const remove = (): void => {
    if (view.shown.has(`fill ${name}`)) view.shown.toggle(`fill ${name}`)
    part.edit(setDefault(setTemplate(mapping, name, undefined), name, undefined))
  }
  return html`<div class="fill-line" data-fill=${name}>
    <b class="clip fill-name">${labelOf(part, name)}</b>
    ${
      isText
        ? renderSelect({
            label: view.t('import.fill.how', { name: labelOf(part, name) }),
            quiet: true,
            value: composed ? 'template' : 'value',
            choices: [
              { value: 'template', label: view.t('import.fill.template') },
              { value: 'value', label: view.t('import.fill.value') },
            ],
            choose,
          })
        : html`<span class="soft">${view.t('import.fill.value')}</span>`
    }
    ${composed ? renderTemplate(part, name, template ?? '') : renderDefault(part, field, name)}
    ${renderButton({ label: view.t('remove.name', { name: labelOf(part, name) }), icon: 'close', look: 'ghost sm', bare: true, run: remove })}
  </div>`
}

/** A text with places for columns; columns are put in by a press. */
function renderTemplate(part: MappingPart, name: string, template: string): TemplateResult {
  const { view, mapping, preview } = part
  const set = (text: string): void => part.edit(setTemplate(mapping, name, text === '' ? undefined : text))
  const add = (column: string): void => {
    if (column !== '') set(`${template}${template === '' ? '' : ' · '}{${column}}`)
  }
  return html`<div class="template">
    ${renderText({ label: view.t('import.fill.templateOf', { name: labelOf(part, name) }), quiet: true, value: template, placeholder: '{A} · {B}', change: set })}
    ${renderSelect({ label: view.t('import.fill.addColumn'), quiet: true, value: '', choices: [{ value: '', label: view.t('import.fill.addColumn') }, ...preview.columns.map((column) => ({ value: column, label: column }))], choose: add })}
    ${template ? html`<span class="xs dim template-sample">${icon('arrow-right')}<span class="clip">${filled(part, template)}</span></span>` : nothing}
  </div>`
}

/** The template filled from the first samples. */
function filled({ preview }: MappingPart, template: string): string {
  return template.replace(/\{([^{}]+)\}/g, (whole, column: string) => preview.samples[preview.columns.indexOf(column)]?.[0] ?? whole)
}

function renderDefault(part: MappingPart, field: FieldView | undefined, name: string): TemplateResult {
  const { mapping, view } = part
  const value = mapping.defaults?.[name]
  const set = (text: string): void => part.edit(setDefault(mapping, name, text === '' ? undefined : text))
  const label = view.t('import.fill.valueOf', { name: labelOf(part, name) })
  return html`<div class="template">${renderFixed(part, field, label, value === undefined ? '' : String(value), set)}</div>`
}

/** A control for the same value in all rows. */
export function renderFixed(
  part: MappingPart,
  field: FieldView | undefined,
  label: string,
  value: string,
  set: (text: string) => void,
): TemplateResult {
  const { view } = part
  if (field?.options && field.options.length > 0 && field.kind !== 'multiChoice') {
    const [, ...options] = optionChoices(part, field)
    return renderSelect({ label, quiet: true, value, choices: [{ value: '', label: view.t('choose') }, ...options], choose: set })
  }
  if (field?.kind === 'boolean') {
    const choices = [
      { value: '', label: view.t('choose') },
      { value: 'true', label: view.t('yes') },
      { value: 'false', label: view.t('no') },
    ]
    return renderSelect({ label, quiet: true, value, choices, choose: set })
  }
  const names = field?.to ? (view.named.get(field.to)?.names ?? []) : []
  return renderText({
    label,
    quiet: true,
    value,
    offers: names,
    id: `fixed-${field?.name ?? ''}-${label.length}`,
    change: (text) => set(text.trim()),
  })
}
