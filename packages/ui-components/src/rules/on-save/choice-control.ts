import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { renderControl, renderProblem } from '../control.ts'
import { emptySet, settableFields } from '../draft.ts'
import { paramsOf } from './action-schema.ts'
import { hintOf, labelOf, type ParamPlace, put, renderOptional } from './param-place.ts'
import { writableFields } from './writable.ts'

/** Something to choose, and what it is called. */
type Option = readonly [value: string, label: string]

/** One of several: yes or no, a choice, a field, an object, a webhook, a team. */
export function renderSelect(place: ParamPlace): TemplateResult {
  const { writing, action, param, path } = place
  const { host } = writing
  const options = optionsFor(place)
  const value = action.params[param.name]
  const chosen = value === undefined ? '' : value === null ? 'null' : encoded(value)
  const choose = (event: Event) => {
    const { value: text } = event.target as HTMLSelectElement
    const found = chosenValue(place, text)
    put(place, found)
    if (param.control === 'object' || param.control === 'field') forget(place, text)
  }
  const isKnown = chosen === '' || options.some(([one]) => one === chosen)
  return renderControl(
    writing,
    { label: labelOf(place), path, hint: hintOf(place), isOptional: !param.isRequired },
    ({
      id,
      invalid,
      describedBy,
    }) => html`<select class="select" id=${id} aria-invalid=${invalid} aria-describedby=${describedBy} .value=${live(chosen)} @change=${choose}>
      <option value="" ?selected=${chosen === ''}>${host.t(param.isRequired ? 'choose' : 'rules.param.unset')}</option>
      ${options.map(([one, label]) => html`<option value=${one} ?selected=${one === chosen}>${label}</option>`)}
      ${isKnown ? nothing : html`<option value=${chosen} selected>${unknownText(place, value)}</option>`}</select>`,
  )
}

/** What cannot be chosen any more, or stands for something else. */
function unknownText({ writing, param }: ParamPlace, value: unknown): string {
  const { object, view, host } = writing
  if (typeof value !== 'object') return param.control === 'team' ? view.names.team(String(value)) : String(value)
  return (object && view.words.value(object, value, true)) || host.t('rules.param.kept')
}

const encoded = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function chosenValue({ param, writing, action }: ParamPlace, text: string): unknown {
  if (text === '') return undefined
  if (text === 'null' && param.mayBeNull) return null
  if (param.control === 'boolean') return text === 'true'
  if (param.control === 'choice') return param.options.find(({ value }) => encoded(value) === text)?.value
  if (param.control === 'team' && writing.object?.fields.some(({ name }) => `{"var":"${name}"}` === text)) return JSON.parse(text)
  return encoded(action.params[param.name]) === text ? action.params[param.name] : text
}

/** Values of the fields of another object mean nothing any more. */
function forget({ writing, action, param }: ParamPlace, chosen: string): void {
  const spec = writing.actions.get(action.action)
  for (const other of spec ? paramsOf(spec) : []) {
    if (other.of !== param.name) continue
    const needed =
      param.control === 'object'
        ? writableFields(writing.view.objects.get(chosen)).filter(({ required, default: usual }) => required && (usual ?? null) === null)
        : []
    const rows = needed.map(({ name }) => ({ ...emptySet(), field: name }))
    action.rows[other.name] = rows.length > 0 ? rows : [emptySet()]
  }
}

function optionsFor({ writing, action, param }: ParamPlace): readonly Option[] {
  const { host, view, object } = writing
  const nobody: readonly Option[] = param.mayBeNull ? [['null', host.t('rules.how.empty')]] : []
  switch (param.control) {
    case 'boolean':
      return [
        ['true', host.t('yes')],
        ['false', host.t('no')],
      ]
    case 'choice':
      return param.options.map(({ value, label }) => [encoded(value), host.words(label)])
    case 'object':
      return [...view.objects.values()].filter((one) => host.may('create', one)).map(({ name, label }) => [name, host.words(label)])
    case 'webhook':
      return view.webhooks.map(({ id, name }) => [id, name])
    case 'team':
      return [
        ...nobody,
        ...(object?.fields ?? [])
          .filter(({ name }) => name === 'teamId')
          .map(({ name, label }): Option => [`{"var":"${name}"}`, host.words(label)]),
        ...view.names.teams,
      ]
    default: {
      const spec = writing.actions.get(action.action)
      const leads = new Set((spec ? paramsOf(spec) : []).map(({ of }) => of))
      const fields = leads.has(param.name)
        ? (object?.fields ?? []).filter(({ kind, to }) => kind === 'reference' && view.objects.has(to ?? ''))
        : settableFields(object)
      return fields.map(({ name, label }) => [name, host.words(label)])
    }
  }
}

/** Several of several. */
export function renderChoices(place: ParamPlace): TemplateResult {
  const { writing, action, param, path } = place
  const chosen = (action.params[param.name] ?? []) as readonly unknown[]
  const toggle = (value: unknown) => (event: Event) => {
    const others = chosen.filter((one) => one !== value)
    const next = (event.target as HTMLInputElement).checked ? [...others, value] : others
    put(place, next.length > 0 ? next : undefined)
  }
  return html`<fieldset class="words"><legend class="label">${labelOf(place)}${renderOptional(place)}</legend>
    <div class="picks">${param.options.map(({ value, label }) => html`<label class="pick"><input type="checkbox" .checked=${chosen.includes(value)} @change=${toggle(value)} />${writing.host.words(label)}</label>`)}</div>${renderProblem(writing, path)}</fieldset>`
}
