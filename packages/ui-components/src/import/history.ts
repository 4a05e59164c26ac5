import { html, nothing, type TemplateResult } from 'lit'
import type { HistoryStage, PlainValue, ValueSource } from '../client/import-types.ts'
import type { FieldView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { renderSelect, renderText } from './controls.ts'
import { renderFixed } from './fills.ts'
import { columnOfField, setHistory, setStage, setStart } from './mapping-edits.ts'
import { labelOf, type MappingPart } from './mapping-part.ts'
import { peopleObject } from './people-object.ts'

const SAME = '='

/** When things were true: the day a record came to be, and the days on which something about it changed. */
export function renderHistory(part: MappingPart): TemplateResult | typeof nothing {
  const { view, mapping, object } = part
  if (object.name === peopleObject) return nothing
  const { history } = mapping
  const may = object.permissions.includes('import')
  const stages = history?.stages ?? []
  return html`<details class="panel fold-panel" part="panel" ?open=${history !== undefined}>
    <summary class="panel-head"><h4 class="h3">${view.t('import.history.title')}</h4><span class="xs dim head-hint">${view.t('import.history.text')}</span><span class="grow"></span>${icon('down')}</summary>
    <div class="panel-body stack">
      ${
        may
          ? html`${renderCreated(part)}${stages.map((stage, index) => renderStage(part, stage, index))}${renderStart(part)}
        <div class="row">${renderButton({ label: view.t('import.history.add'), icon: 'plus', look: 'sm', run: () => part.edit(setStage(mapping, stages.length, newStage(part))) })}</div>`
          : html`<p class="soft">${icon('lock')} ${view.t('import.history.denied')}</p>`
      }
    </div>
  </details>`
}

function renderCreated(part: MappingPart): TemplateResult {
  const { view, mapping } = part
  const { createdAt, missing } = mapping.history ?? {}
  return html`<div class="pairs">
    ${renderSelect({ label: view.t('import.history.created'), value: createdAt ?? '', choices: columnChoices(part, view.t('import.history.now')), choose: (column) => part.edit(setHistory(mapping, { createdAt: column || undefined })) })}
    ${
      createdAt === undefined
        ? nothing
        : renderSelect({
            label: view.t('import.history.missing'),
            value: missing ?? 'now',
            choices: [
              { value: 'now', label: view.t('import.history.missing.now') },
              { value: 'refuse', label: view.t('import.history.missing.refuse') },
            ],
            choose: (value) => part.edit(setHistory(mapping, { missing: value === 'refuse' ? 'refuse' : undefined })),
          })
    }
  </div>`
}

function renderStage(part: MappingPart, stage: HistoryStage, index: number): TemplateResult {
  const { view, mapping } = part
  const put = (next: HistoryStage | undefined): void => part.edit(setStage(mapping, index, next))
  const label = view.t('import.history.stage', { index: index + 1 })
  const used = Object.keys(stage.set)
  const free = part.fields.filter(({ name }) => !used.includes(name))
  return html`<fieldset class="moment"><legend class="sr">${label}</legend>
    <div class="moment-head"><b>${label}</b><span class="grow"></span>${renderButton({ label: view.t('remove.name', { name: label }), icon: 'close', look: 'ghost sm', bare: true, run: () => put(undefined) })}</div>
    <div class="pairs">
      ${renderSelect({ label: view.t('import.history.at'), value: stage.at, choices: columnChoices(part, null), choose: (at) => put({ ...stage, at }) })}
      ${renderWhen(part, stage, index, put)}
    </div>
    <p class="pair-label">${view.t('import.history.set')}</p>
    <ul class="sets">${Object.entries(stage.set).map(([name, source]) => renderSet(part, stage, index, name, source, put))}</ul>
    <div class="add-line">${renderSelect({
      label: view.t('import.history.addField'),
      quiet: true,
      value: '',
      choices: [
        { value: '', label: view.t('import.history.addField') },
        ...free.map(({ name }) => ({ value: name, label: labelOf(part, name) })),
      ],
      choose: (name) => name !== '' && put({ ...stage, set: { ...stage.set, [name]: sourceFor(part, name) } }),
    })}</div>
  </fieldset>`
}

/** Only rows whose column holds one of some values. */
function renderWhen(part: MappingPart, stage: HistoryStage, index: number, put: (stage: HistoryStage) => void): TemplateResult {
  const { view, preview } = part
  const [column, values] = Object.entries(stage.when ?? {})[0] ?? ['', []]
  const { when: _when, ...always } = stage
  const samples = preview.samples[preview.columns.indexOf(column)] ?? []
  const separator = view.t('list.separator')
  const setValues = (text: string): void =>
    put({
      ...stage,
      when: {
        [column]: text
          .split(/[,，、;；]/)
          .map((one) => one.trim())
          .filter(Boolean),
      },
    })
  return html`${renderSelect({ label: view.t('import.history.when'), value: column, choices: columnChoices(part, view.t('import.history.always')), choose: (next) => put(next === '' ? always : { ...stage, when: { [next]: [] } }) })}
    ${column === '' ? nothing : renderText({ label: view.t('import.history.is'), value: values.join(separator), offers: samples, id: `when-${index}`, placeholder: samples.slice(0, 2).join(separator), change: setValues })}`
}

function renderSet(
  part: MappingPart,
  stage: HistoryStage,
  index: number,
  name: string,
  source: ValueSource,
  put: (stage: HistoryStage) => void,
): TemplateResult {
  const { view } = part
  const field = part.fields.find((one) => one.name === name)
  const label = labelOf(part, name)
  const set = (next: ValueSource | undefined): void => {
    const { [name]: _before, ...others } = stage.set
    put({ ...stage, set: next ? { ...stage.set, [name]: next } : others })
  }
  const from = 'column' in source ? source.column : SAME
  return html`<li class="set-line" data-set=${`${index} ${name}`}>
    <span class="clip">${label}</span>
    ${renderSelect({ label: view.t('import.history.from', { name: label }), quiet: true, value: from, choices: [{ value: SAME, label: view.t('import.history.fixed') }, ...columnChoices(part, null)], choose: (value) => set(value === SAME ? { value: '' } : { column: value }) })}
    ${'value' in source ? renderFixed(part, field, view.t('import.history.valueOf', { name: label }), String(source.value), (text) => set({ value: text })) : html`<span></span>`}
    ${renderButton({ label: view.t('remove.name', { name: label }), icon: 'close', look: 'ghost sm', bare: true, run: () => set(undefined) })}
  </li>`
}

/** What the fields that change later were at first. */
function renderStart(part: MappingPart): TemplateResult | typeof nothing {
  const { view, mapping } = part
  const { stages = [], start = {} } = mapping.history ?? {}
  const names = [...new Set([...stages.flatMap(({ set }) => Object.keys(set)), ...Object.keys(start)])]
  if (names.length === 0) return nothing
  const value = (name: string): string => (start[name] === undefined ? '' : String(start[name]))
  const set = (name: string, text: string): void =>
    part.edit(setStart(mapping, name, text === '' ? undefined : (text satisfies PlainValue)))
  return html`<fieldset class="moment"><legend class="sr">${view.t('import.history.start')}</legend>
    <div class="moment-head"><b>${view.t('import.history.start')}</b></div>
    <p class="xs dim">${view.t('import.history.startText')}</p>
    <div class="pairs">${names.map((name) => {
      const field = part.fields.find((one) => one.name === name)
      const label = view.t('import.history.startOf', { name: labelOf(part, name) })
      return html`<div class="pair"><span class="pair-label" aria-hidden="true">${labelOf(part, name)}</span>${renderFixed(part, field, label, value(name), (text) => set(name, text))}</div>`
    })}</div>
  </fieldset>`
}

function columnChoices({ preview }: MappingPart, none: string | null): readonly { readonly value: string; readonly label: string }[] {
  return [...(none === null ? [] : [{ value: '', label: none }]), ...preview.columns.map((column) => ({ value: column, label: column }))]
}

/** A moment with the likeliest day and what most probably changed on it. */
function newStage(part: MappingPart): HistoryStage {
  const { preview, mapping, fields } = part
  const days = fields.filter(({ kind }) => kind === 'date' || kind === 'instant').map(({ name }) => columnOfField(mapping, name))
  const at = days.find((column) => column !== null && column !== mapping.history?.createdAt) ?? preview.columns[0] ?? ''
  const stage = fields.find(({ name }) => name === 'stageId' || name === 'status')
  return { at, set: stage ? { [stage.name]: sourceFor(part, stage.name) } : {} }
}

/** The column a field is read from anyway, else a value to be said. */
function sourceFor({ mapping }: MappingPart, name: FieldView['name']): ValueSource {
  const column = columnOfField(mapping, name)
  return column === null ? { value: '' } : { column }
}
