import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { FieldView } from '../../client/types.ts'
import { renderControl } from '../control.ts'
import { renderFixed } from '../sets.ts'
import { hintOf, isKept, labelOf, type ParamPlace, put } from './param-place.ts'

/** Somebody: of the record, who leads them, who saves, or one person chosen. */
export function renderPerson(place: ParamPlace): TemplateResult {
  const { writing, action, param, path } = place
  const { host, object, view } = writing
  const value = action.params[param.name]
  const options = peopleOf(place)
  const how = howOf(value, options)
  const key = `${action.key} ${param.name}`
  const choose = (event: Event) => {
    const { value: chosen } = event.target as HTMLSelectElement
    writing.choosing.delete(key)
    if (chosen === 'person') writing.choosing.add(key)
    if (chosen !== 'kept') put(place, chosen === 'nobody' ? null : chosen === '' || chosen === 'person' ? undefined : { var: chosen })
  }
  const shown = writing.choosing.has(key) ? 'person' : how
  const field: FieldView = { name: param.name, kind: 'user', label: param.label }
  return renderControl(
    writing,
    { label: labelOf(place), path, hint: hintOf(place), isOptional: !param.isRequired },
    ({
      id,
      invalid,
      describedBy,
    }) => html`<div class="set-parts"><select class="select" id=${id} aria-invalid=${invalid} aria-describedby=${describedBy} .value=${live(shown)} @change=${choose}>
      <option value="" ?selected=${shown === ''}>${host.t(param.isRequired ? 'choose' : 'rules.param.unset')}</option>
      ${options.map(([one, label]) => html`<option value=${one} ?selected=${one === shown}>${label}</option>`)}
      <option value="person" ?selected=${shown === 'person'}>${host.t('rules.person.one')}</option>
      ${param.isRequired && param.mayBeNull ? html`<option value="nobody" ?selected=${shown === 'nobody'}>${host.t('rules.nobody')}</option>` : nothing}
      ${shown === 'kept' ? html`<option value="kept" selected>${(object && view.words.value(object, value, true)) || host.t('rules.how.kept')}</option>` : nothing}</select>
      ${shown === 'person' ? renderFixed(writing, field, value ?? null, path, (person) => put(place, person ?? undefined)) : nothing}</div>`,
  )
}

/** People that the record leads to. Whom somebody reports to is known once the record is written, not before. */
function peopleOf({ writing, action, param }: ParamPlace): readonly (readonly [path: string, label: string])[] {
  if (!param.isExpression) return []
  const { host, object } = writing
  const people = (object?.fields ?? []).filter(({ kind }) => kind === 'user')
  const isAfter = writing.actions.get(action.action)?.phase === 'after'
  const led = isAfter ? (object?.fields ?? []).filter(({ kind, name }) => kind === 'user' || name === 'teamId') : []
  const leader = host.t('rules.leader')
  return [
    ...people.map(({ name, label }) => [name, host.words(label)] as const),
    ...led.map(({ name, label }) => [`${name}.leaderId`, `${host.words(label)} › ${leader}`] as const),
    ['$.actor.id', host.t('rules.person.saver')] as const,
  ]
}

function howOf(value: unknown, options: readonly (readonly [string, string])[]): string {
  if (value === undefined) return ''
  if (value === null) return 'nobody'
  if (!isKept(value)) return 'person'
  const path = (value as { readonly var?: unknown }).var
  return options.some(([one]) => one === path) ? String(path) : 'kept'
}
