import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { icon } from '../../icon/icon.ts'
import { attributesOf, renderProblem } from '../control.ts'
import type { DraftSave } from '../draft.ts'
import type { Writing } from '../writing.ts'

/** When a rule on save looks: at new records, at changed ones, at changes of some fields. */
export function renderMoments(writing: Writing, save: DraftSave): TemplateResult {
  const { host } = writing
  const toggle = (one: 'create' | 'update') => (event: Event) => {
    const { checked } = event.target as HTMLInputElement
    save.on = (['create', 'update'] as const).filter((each) => (each === one ? checked : save.on.includes(each)))
    writing.changed()
  }
  const box = (one: 'create' | 'update') =>
    html`<label class="kind"><input type="checkbox" .checked=${live(save.on.includes(one))} @change=${toggle(one)} /><span>${host.t(`rules.save.moment.${one}`)}</span></label>`
  return html`<fieldset class="moments" id=${attributesOf(writing, '/on').id} tabindex="-1"><legend class="label">${host.t('rules.save.when')}</legend>
    <div class="kinds is-row">${box('create')}${box('update')}</div>${renderProblem(writing, '/on')}
    ${save.on.includes('update') ? html`${renderFields(writing, save)}${renderUnseen(writing, save)}` : nothing}</fieldset>`
}

/** A condition that names no field is looked at when a record is created only. */
function renderUnseen({ host, draft }: Writing, { fields, kind }: DraftSave): TemplateResult | typeof nothing {
  const isOpen = draft.rules.some(({ when }) => JSON.stringify(when) === '{"and":[]}')
  if (fields !== null || !isOpen || (kind !== 'automation' && kind !== 'validation')) return nothing
  return html`<p class="notice">${icon('info')}${host.t('rules.save.fields.unseen')}</p>`
}

function renderFields(writing: Writing, save: DraftSave): TemplateResult {
  const { host, object } = writing
  const fields = (object?.fields ?? []).filter(
    ({ kind, formula, layer, name }) => kind !== 'children' && !formula && (layer !== 'system' || name === 'ownerId' || name === 'teamId'),
  )
  const chosen = save.fields ?? []
  const choose = (event: Event) => {
    save.fields = (event.target as HTMLSelectElement).value === 'some' ? [] : null
    writing.changed()
  }
  const own = attributesOf(writing, '/fields')
  const add = (event: Event) => {
    const select = event.target as HTMLSelectElement
    if (select.value) save.fields = [...chosen, select.value]
    select.value = ''
    writing.changed()
  }
  const drop = (name: string) => () => {
    save.fields = chosen.filter((one) => one !== name)
    writing.changed()
    writing.focus(`#${own.id}`)
  }
  const labelOf = (name: string): string => host.words(object?.fields.find((one) => one.name === name)?.label) || name
  return html`<div class="pair"><label class="control"><span class="label" part="label">${host.t('rules.save.fields')}</span>
      <select class="select" @change=${choose}><option value="" ?selected=${save.fields === null}>${host.t('rules.save.fields.usual')}</option><option value="some" ?selected=${save.fields !== null}>${host.t('rules.save.fields.some')}</option></select></label>
    ${
      save.fields === null
        ? nothing
        : html`<div class="control"><label class="label" part="label" for=${own.id}>${host.t('rules.save.fields.which')}</label>
          <select class="select" id=${own.id} aria-invalid=${own.invalid} aria-describedby=${own.describedBy} @change=${add}><option value="">${host.t('rules.set.choose')}</option>${fields.filter(({ name }) => !chosen.includes(name)).map(({ name, label }) => html`<option value=${name}>${host.words(label)}</option>`)}</select>
          <ul class="chosen">${chosen.map((name) => html`<li class="badge badge-line">${labelOf(name)}<button type="button" class="unpick" part="button" aria-label=${host.t('remove.name', { name: labelOf(name) })} @click=${drop(name)}>${icon('close')}</button></li>`)}</ul>${renderProblem(writing, '/fields')}</div>`
    }</div>`
}
