import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { icon } from '../../icon/icon.ts'
import { attributesOf, renderControl, renderProblem } from '../control.ts'
import { type DraftSave, settableFields } from '../draft.ts'
import type { RulePage } from '../rule-page.ts'

/** When a rule on save looks: at new records, at changed ones, at changes of some fields. */
export function renderMoments(page: RulePage, save: DraftSave): TemplateResult {
  const { host } = page
  const toggle = (one: 'create' | 'update') => (event: Event) => {
    const { checked } = event.target as HTMLInputElement
    save.on = (['create', 'update'] as const).filter((each) => (each === one ? checked : save.on.includes(each)))
    page.changed()
  }
  const box = (one: 'create' | 'update') =>
    html`<label class="kind"><input type="checkbox" .checked=${live(save.on.includes(one))} @change=${toggle(one)} /><span>${host.t(`rules.save.moment.${one}`)}</span></label>`
  return html`<fieldset class="moments" id=${attributesOf(page, '/on').id} tabindex="-1"><legend class="label">${host.t('rules.save.when')}</legend>
    <div class="kinds is-row">${box('create')}${box('update')}</div>${renderProblem(page, '/on')}
    ${save.on.includes('update') ? html`${renderFields(page, save)}${renderUnseen(page, save)}` : nothing}</fieldset>`
}

/** A condition that names no field is looked at when a record is created only. */
function renderUnseen({ host, draft }: RulePage, { fields, kind }: DraftSave): TemplateResult | typeof nothing {
  const isOpen = draft.rules.some(({ when }) => JSON.stringify(when) === '{"and":[]}')
  if (fields !== null || !isOpen || (kind !== 'automation' && kind !== 'validation')) return nothing
  return html`<p class="notice">${icon('info')}${host.t('rules.save.fields.unseen')}</p>`
}

function renderFields(page: RulePage, save: DraftSave): TemplateResult {
  const { host, object } = page
  const fields = (object?.fields ?? []).filter(
    ({ kind, formula, layer, name }) => kind !== 'children' && !formula && (layer !== 'system' || name === 'ownerId' || name === 'teamId'),
  )
  const chosen = save.fields ?? []
  const choose = (event: Event) => {
    save.fields = (event.target as HTMLSelectElement).value === 'some' ? [] : null
    page.changed()
  }
  const own = attributesOf(page, '/fields')
  const add = (event: Event) => {
    const select = event.target as HTMLSelectElement
    if (select.value) save.fields = [...chosen, select.value]
    select.value = ''
    page.changed()
  }
  const drop = (name: string) => () => {
    save.fields = chosen.filter((one) => one !== name)
    page.changed()
    page.focus(`#${own.id}`)
  }
  const labelOf = (name: string): string => host.words(object?.fields.find((one) => one.name === name)?.label) || name
  return html`<div class="pair"><label class="control"><span class="label" part="label">${host.t('rules.save.fields')}</span>
      <select class="select" @change=${choose}><option value="" ?selected=${save.fields === null}>${host.t('rules.save.fields.usual')}</option><option value="some" ?selected=${save.fields !== null}>${host.t('rules.save.fields.some')}</option></select></label>
    ${
      save.fields === null
        ? nothing
        : html`<div class="control"><label class="label" part="label" for=${own.id}>${host.t('rules.save.fields.which')}</label>
          <select class="select" id=${own.id} aria-invalid=${own.invalid} aria-describedby=${own.describedBy} @change=${add}><option value="">${host.t('rules.set.choose')}</option>${fields.filter(({ name }) => !chosen.includes(name)).map(({ name, label }) => html`<option value=${name}>${host.words(label)}</option>`)}</select>
          <ul class="chosen">${chosen.map((name) => html`<li class="badge badge-line">${labelOf(name)}<button type="button" class="unpick" part="button" aria-label=${host.t('remove.name', { name: labelOf(name) })} @click=${drop(name)}>${icon('close')}</button></li>`)}</ul>${renderProblem(page, '/fields')}</div>`
    }</div>`
}

/** Where the points of a score go. */
export function renderInto(page: RulePage, save: DraftSave): TemplateResult {
  const { host, object } = page
  const fields = settableFields(object).filter(({ kind }) => kind === 'integer')
  const choose = (event: Event) => {
    save.into = (event.target as HTMLSelectElement).value
    page.changed()
  }
  return renderControl(
    page,
    {
      label: host.t('rules.save.into'),
      path: '/into',
      hint: host.t(fields.length === 0 ? 'rules.save.into.none' : 'rules.save.into.hint'),
    },
    ({
      id,
      invalid,
      describedBy,
    }) => html`<select class="select" id=${id} aria-invalid=${invalid} aria-describedby=${describedBy} @change=${choose}>
      <option value="" ?selected=${save.into === ''}>${host.t('rules.set.choose')}</option>
      ${fields.map(({ name, label }) => html`<option value=${name} ?selected=${name === save.into}>${host.words(label)}</option>`)}
      ${save.into && !fields.some(({ name }) => name === save.into) ? html`<option value=${save.into} selected>${save.into}</option>` : nothing}</select>`,
  )
}

/** What hardly anybody has to change. */
export function renderDetails(page: RulePage, save: DraftSave): TemplateResult {
  const { host } = page
  const mode = (event: Event) => {
    save.mode = (event.target as HTMLSelectElement).value as DraftSave['mode']
    page.changed()
  }
  const order = (event: Event) => {
    save.order = Math.round(Number((event.target as HTMLInputElement).value)) || 0
    page.changed()
  }
  const elevated = (event: Event) => {
    save.elevated = (event.target as HTMLInputElement).checked
    page.changed()
  }
  const isOpen = save.elevated || save.order !== 100 || page.problemAt('/elevated') !== ''
  return html`<details class="details" ?open=${isOpen}><summary>${host.t('rules.save.details')}</summary><div class="details-body">
    <div class="pair"><label class="control"><span class="label" part="label">${host.t('rules.save.mode')}</span><select class="select" @change=${mode}>${(['first', 'collect'] as const).map((one) => html`<option value=${one} ?selected=${one === save.mode}>${host.t(`rules.save.mode.${one}`)}</option>`)}</select></label>
    ${renderControl(page, { label: host.t('rules.save.order'), path: '/order', hint: host.t('rules.save.order.hint') }, ({ id, describedBy }) => html`<input class="input" type="number" step="1" id=${id} aria-describedby=${describedBy} .value=${live(String(save.order))} @change=${order} />`)}</div>
    <label class="kind"><input type="checkbox" id=${attributesOf(page, '/elevated').id} .checked=${live(save.elevated)} @change=${elevated} /><span>${host.t('rules.save.elevated')}</span></label><p class="hint">${host.t('rules.save.elevated.hint')}</p>${renderProblem(page, '/elevated')}</div></details>`
}
