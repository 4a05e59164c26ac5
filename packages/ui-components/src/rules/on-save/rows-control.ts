import { html, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { renderButton } from '../../display/button.ts'
import { attributesOf, renderProblem } from '../control.ts'
import { type DraftSet, emptySet, settableFields } from '../draft.ts'
import { renderPlaced } from '../sentence.ts'
import { renderRows } from '../sets.ts'
import { targetOf } from './draft-save.ts'
import { labelOf, type ParamPlace, renderOptional } from './param-place.ts'
import { writableFields } from './writable.ts'

/** Fields of a record with their values. */
export function renderValues(place: ParamPlace): TemplateResult {
  const { writing, rule, action, param, path } = place
  const target = targetOf(param.of, action, writing.object, writing.view.objects)
  const fields = target === writing.object && param.of === 'self' ? settableFields(target) : writableFields(target)
  const body = target
    ? renderRows(writing, {
        ...{ sets: action.rows[param.name] ?? [], target, fields, rowPath: `${path}/rows`, valuePath: path, mayBeEmpty: !param.isRequired },
        put: (sets) => {
          action.rows[param.name] = sets
        },
        text: (set, field, at) =>
          param.hasPlaces && (field.kind === 'text' || field.kind === 'longText')
            ? renderPlaced(writing, rule, {
                ...{
                  label: writing.host.words(field.label),
                  path: at,
                  locale: null,
                  value: String(set.value ?? ''),
                  maxLength: field.maxLength ?? 500,
                },
                rows: field.kind === 'text' ? 1 : 3,
                write: (text) => {
                  set.value = text
                },
              })
            : null,
      })
    : html`<p class="hint">${writing.host.t('rules.param.first')}</p>`
  return html`<fieldset class="words rule-sets"><legend class="label">${labelOf(place)}${renderOptional(place)}</legend>${body}
    ${(action.rows[param.name] ?? []).length === 0 ? renderProblem(writing, path) : ''}</fieldset>`
}

/** Values of the record under names that their receiver knows. */
export function renderNamed(place: ParamPlace): TemplateResult {
  const { writing, action, param, path } = place
  const { host } = writing
  const sets = action.rows[param.name] ?? []
  const write = (next: DraftSet[]) => {
    action.rows[param.name] = next
    writing.changed()
  }
  const add = () => {
    write([...sets, { ...emptySet(), how: 'field' }])
    writing.focus(`#${attributesOf(writing, `${path}/rows/${sets.length}`).id}`)
  }
  return html`<fieldset class="words rule-sets"><legend class="label">${labelOf(place)}${renderOptional(place)}</legend>
    <ul>${sets.map((set, at) => renderNamedRow(place, set, at, () => write(sets.filter((one) => one !== set))))}</ul>
    ${renderButton({ label: host.t('rules.value.add'), icon: 'plus', look: 'sm ghost', run: add })}</fieldset>`
}

function renderNamedRow({ writing, path }: ParamPlace, set: DraftSet, at: number, remove: () => void): TemplateResult {
  const { host, object, view } = writing
  const own = attributesOf(writing, `${path}/rows/${at}`)
  const of = attributesOf(writing, `${path}/${set.field}`)
  const name = (event: Event) => {
    set.field = (event.target as HTMLInputElement).value.trim()
    writing.changed()
  }
  const choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement
    const found = writing.values[Number(value)]
    if (!found) return
    Object.assign(set, { how: 'kept', path: '', logic: found.logic, field: set.field || found.name })
    writing.changed()
  }
  const logic =
    set.how === 'field' && set.path
      ? { var: set.path }
      : set.how === 'kept' || set.how === 'now'
        ? set.logic
        : set.how === 'value'
          ? set.value
          : null
  const place = writing.values.findIndex((one) => JSON.stringify(one.logic) === JSON.stringify(logic))
  const isOther = place < 0 && logic !== null
  return html`<li class="set"><div class="set-parts">
      <input class="input" id=${own.id} maxlength="60" pattern="[a-zA-Z][a-zA-Z0-9]*" aria-label=${host.t('rules.value.name')} placeholder=${host.t('rules.value.name')} aria-invalid=${own.invalid} aria-describedby=${own.describedBy} .value=${live(set.field)} @change=${name} />
      <select class="select" id=${of.id} aria-label=${host.t('rules.how.field')} aria-invalid=${of.invalid} aria-describedby=${of.describedBy} .value=${live(String(place))} @change=${choose}>
        <option value="-1" ?selected=${place < 0}>${isOther ? (object && typeof logic === 'object' && view.words.value(object, logic, true)) || String(logic) : host.t('choose')}</option>
        ${writing.values.map((one, index) => html`<option value=${index} ?selected=${index === place}>${writing.valueName(one)}</option>`)}</select></div>
    ${renderButton({ label: host.t('remove.name', { name: set.field || host.t('rules.value.name') }), icon: 'close', look: 'sm ghost', bare: true, run: remove })}
    ${renderProblem(writing, `${path}/rows/${at}`)}${set.field ? renderProblem(writing, `${path}/${set.field}`) : ''}</li>`
}
