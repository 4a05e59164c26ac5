import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { html as staticHtml } from 'lit/static-html.js'
import { fieldOf, nameOf } from '../client/record.ts'
import type { ObjectView } from '../client/types.ts'
import { renderValue } from '../display/value.ts'
import { formatInstant } from '../format/date.ts'
import { icon, spinner } from '../icon/icon.ts'
import type { Clash, Conflict } from './conflict.ts'
import type { CrmForm } from './form.ts'
import { type FormSection, isWide } from './layout.ts'
import type { FormProblem } from './problems.ts'

/** Where the reader is and what the record is called. */
export function renderHead(form: CrmForm, object: ObjectView): TemplateResult {
  const title =
    form.effectiveMode === 'create'
      ? form.t('new.title', { name: form.noun(object.label) })
      : nameOf(object, form.record) || form.words(object.label)
  return html`<div class="form-head"><slot name="header"><span class="crumb clip">${form.words(object.pluralLabel)}</span><span class="crumb" aria-hidden="true">›</span>
    <h2 class="title clip" id="title">${title}</h2></slot><span class="grow"></span>
    ${form.effectiveMode !== 'read' ? html`<span class="dim xs required-note">${form.t('form.required.before')}<span class="req"> * </span>${form.t('form.required.after')}</span>` : nothing}
    ${form.frame === 'dialog' ? html`<button type="button" class="btn btn-ghost btn-icon" part="button" aria-label=${form.t('close')} @click=${() => form.cancel()}>${icon('close')}</button>` : nothing}
  </div>`
}

/** All problems in one place, each a way to its field. */
export function renderSummary(form: CrmForm, problems: readonly FormProblem[]): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing
  return html`<div class="banner banner-danger summary" part="error-summary" role="alert" tabindex="-1">${icon('warn')}<div><b>${form.t('form.problems', { count: problems.length })}</b>
    <ul>${problems.map(({ name, message }) => html`<li>${name === null ? message : html`<button type="button" class="link" @click=${() => form.focusField(name)}>${form.labelOf(name)}${form.t('colon')}${message}</button>`}</li>`)}</ul></div></div>`
}

/** Both values of every field that both have changed, with the choice between them. */
export function renderConflict(form: CrmForm, object: ObjectView, conflict: Conflict): TemplateResult {
  const by = conflict.current.updatedBy
  const who = (by && form.session.person(by)?.name) || form.t('conflict.somebody')
  return html`<div class="banner banner-danger conflict" part="conflict" role="alert" tabindex="-1">${icon('merge')}<div class="grow"><b>${form.t('conflict.title', { name: who })}</b>
    <p class="soft">${form.t('conflict.text')}</p>
    <table><thead><tr><th class="sr">${form.t('conflict.field')}</th><th>${form.t('conflict.theirs')}</th><th>${form.t('conflict.mine')}</th></tr></thead>
      <tbody>${conflict.clashes.map((clash) => renderClash(form, object, conflict, clash))}</tbody></table></div></div>`
}

function renderClash(form: CrmForm, object: ObjectView, conflict: Conflict, clash: Clash): TemplateResult {
  const field = fieldOf(object, clash.name)
  const shown = (value: unknown, record: CrmForm['record']) => (field ? renderValue(field, value, form.reading(record)) : String(value))
  const button = (choice: 'mine' | 'theirs', value: unknown, record: CrmForm['record']) =>
    html`<td><button type="button" class="btn btn-sm" part="button" aria-pressed=${clash.choice === choice} @click=${() => form.decide(clash.name, choice)}>${clash.choice === choice ? icon('check') : nothing}<span class="clip">${shown(value, record)}</span></button></td>`
  return html`<tr><th scope="row">${form.labelOf(clash.name)}</th>${button('theirs', clash.theirs, conflict.current)}${button('mine', clash.mine, form.shownRecord)}</tr>`
}

/** One group of fields. */
export function renderSection(form: CrmForm, object: ObjectView, section: FormSection, only: boolean): TemplateResult {
  const label = section.label
    ? form.words(section.label)
    : form.t(section.key === 'custom' ? 'form.custom' : only ? 'form.basics' : 'form.more')
  const tag = form.tag('field')
  const reading = form.effectiveMode === 'read'
  return html`<fieldset class="section" part="section"><legend>${label}</legend><div class="fields ${reading ? 'is-reading' : ''}">
    ${repeat(
      section.fields,
      (field) => field.name,
      (
        field,
      ) => staticHtml`<${tag} exportparts="label, control, hint, error, readonly, field, badge" name=${field.name} src=${form.src} .locale=${form.language} .field=${field} .record=${form.shownRecord} .siblings=${form.fieldValue}
        .value=${form.fieldValue(field.name)} .error=${form.editing.errors.get(field.name) ?? null} ?wide=${isWide(field, object)} ?reading=${reading}
        ?readonly=${field.readOnly || field.kind === 'anyReference'} ?revealed=${form.editing.submitted}></${tag}>`,
    )}</div></fieldset>`
}

/** When and by whom the record was made and last changed. */
export function renderTrace(form: CrmForm): TemplateResult | typeof nothing {
  const { record, session } = form
  if (!record?.createdAt || form.effectiveMode === 'create') return nothing
  const line = (key: 'form.created' | 'form.updated', at: number, by: string | undefined) =>
    form.t(key, { time: formatInstant(at, form.language, session.now()), name: (by && session.person(by)?.name) || '' })
  return html`<p class="trace dim xs">${line('form.created', record.createdAt, record.createdBy)}${record.updatedAt && record.updatedAt !== record.createdAt ? html` · ${line('form.updated', record.updatedAt, record.updatedBy)}` : nothing}</p>`
}

/** What can be done: leave on the right, remove far from it on the left. */
export function renderFoot(form: CrmForm, object: ObjectView, problems: number): TemplateResult {
  const mode = form.effectiveMode
  return html`<div class="form-foot" part="actions">
    ${mode !== 'create' && form.may('delete', object) ? html`<button type="button" class="btn btn-ghost btn-danger" part="button" @click=${() => form.deleteRecord()}>${icon('trash')}<span>${form.t('delete')}</span></button>` : nothing}
    ${problems > 0 ? html`<span class="down row row-6">${icon('warn')}${form.t('form.problems.short', { count: problems })}</span>` : nothing}
    <slot name="actions"></slot><span class="grow"></span>
    ${mode === 'read' ? renderReadActions(form, object) : renderEditActions(form, object)}
  </div>`
}

function renderReadActions(form: CrmForm, object: ObjectView): TemplateResult {
  return html`${form.frame === 'dialog' ? html`<button type="button" class="btn btn-ghost" part="button" @click=${() => form.cancel()}>${form.t('close')}</button>` : nothing}
    ${form.may('update', object) ? html`<button type="button" class="btn btn-primary" part="button" @click=${() => form.edit()}>${icon('edit')}<span>${form.t('edit')}</span></button>` : nothing}`
}

function renderEditActions(form: CrmForm, object: ObjectView): TemplateResult {
  if (form.confirming) {
    return html`<span class="soft" role="alert">${form.t('form.unsaved')}</span>
      <button type="button" class="btn" part="button" @click=${() => form.keepEditing()}>${form.t('form.keep')}</button>
      <button type="button" class="btn btn-danger" part="button" @click=${() => form.discard()}>${form.t('form.discard')}</button>`
  }
  return html`<button type="button" class="btn btn-ghost" part="button" @click=${() => form.cancel()}>${form.t('cancel')}</button>
    <button type="submit" class="btn btn-primary" part="button" aria-busy=${form.saving}>${form.saving ? spinner : nothing}<span>${form.t(form.saving ? 'saving' : 'save.name', { name: form.noun(object.label) })}</span></button>`
}

/** The page before its record is there, at about its final height. */
export function renderFormSkeleton(label: string): TemplateResult {
  const field = html`<div class="field-skel"><i class="skel w30"></i><i class="skel control-skel"></i></div>`
  return html`<div class="form-body" aria-busy="true" role="status" aria-label=${label}><div class="section"><i class="skel w20 legend-skel"></i><div class="fields">${Array.from({ length: 8 }, () => field)}</div></div></div>`
}
