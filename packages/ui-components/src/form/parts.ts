import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { html as staticHtml } from 'lit/static-html.js'
import { nameOf } from '../client/record.ts'
import type { FieldView, ObjectView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import type { GivenToField } from '../field/field.ts'
import type { CrmForm } from './form.ts'
import { type FormSection, isWide } from './layout.ts'

/** Where the reader is and what the record is called. */
export function renderHead(form: CrmForm, object: ObjectView): TemplateResult {
  const isNew = form.effectiveMode === 'create'
  const title = isNew ? form.t('new.title', { name: form.noun(object.label) }) : nameOf(object, form.record) || form.words(object.label)
  return html`<div class="form-head">
    <slot name="header">
      <span class="crumb clip">${form.words(object.pluralLabel)}</span><span class="crumb" aria-hidden="true">›</span>
      <h2 class="title clip" id="title">${title}</h2>
    </slot>
    <span class="grow"></span>${form.effectiveMode === 'read' ? nothing : renderRequiredNote(form)}
    ${form.frame === 'dialog' ? renderButton({ label: form.t('close'), icon: 'close', look: 'ghost', bare: true, run: () => form.cancel() }) : nothing}
  </div>`
}

function renderRequiredNote(form: CrmForm): TemplateResult {
  return html`<span class="dim xs required-note"
    >${form.t('form.required.before')}<span class="req"> * </span>${form.t('form.required.after')}</span
  >`
}

/** One group of fields. */
export function renderSection(form: CrmForm, object: ObjectView, section: FormSection, only: boolean): TemplateResult {
  const fallback = section.key === 'custom' ? 'form.custom' : only ? 'form.basics' : 'form.more'
  const fields = repeat(
    section.fields,
    (field) => field.name,
    (field) => renderField(form, object, field),
  )
  return html`<fieldset class="section" part="section">
    <legend>${section.label ? form.words(section.label) : form.t(fallback)}</legend>
    <div class="fields cols-${section.columns} ${form.effectiveMode === 'read' ? 'is-reading' : ''}">${fields}</div>
  </fieldset>`
}

function renderField(form: CrmForm, object: ObjectView, field: FieldView): TemplateResult {
  const tag = tagOf(form, 'field')
  return staticHtml`<${tag}
    exportparts="label, control, hint, error, duplicate-hint, readonly, field, badge, tier, level, grade"
    name=${field.name}
    ?wide=${isWide(field, object)}
    .given=${givenTo(form, object, field)}
  ></${tag}>`
}

/** All that a field gets from its form, as one: two hundred fields with fifteen places each take long to fill. */
function givenTo(form: CrmForm, object: ObjectView, field: FieldView): GivenToField {
  const check = form.parts.checks?.of(field.name)
  return {
    src: form.src,
    object: object.name,
    locale: form.language,
    field,
    record: form.shownRecord,
    siblings: form.fieldValue,
    value: form.fieldValue(field.name),
    error: form.editing.errors.get(field.name) ?? null,
    notice: check?.notice ?? null,
    checking: check?.isRunning ?? false,
    reading: form.effectiveMode === 'read',
    readonly: field.readOnly === true || field.kind === 'anyReference',
    revealed: form.editing.submitted,
  }
}

/** What can be done: leave on the right, remove far from it on the left. */
export function renderFoot(form: CrmForm, object: ObjectView, problems: number): TemplateResult {
  const mode = form.effectiveMode
  const remove = { label: form.t('delete'), icon: 'trash', look: 'ghost danger', run: () => form.deleteRecord() } as const
  return html`<div class="form-foot" part="actions">
    ${mode !== 'create' && form.may('delete', object) ? renderButton(remove) : nothing}${problems > 0 && !form.confirming ? form.parts.answers?.renderNote(form, problems) : nothing}
    <slot name="actions"></slot><span class="grow"></span>
    ${mode === 'read' ? renderReadActions(form, object) : form.confirming && form.parts.answers ? form.parts.answers.renderLeaving(form) : renderEditActions(form, object)}
  </div>`
}

function renderReadActions(form: CrmForm, object: ObjectView): TemplateResult {
  const close = { label: form.t('close'), look: 'ghost', run: () => form.cancel() }
  const edit = { label: form.t('edit'), icon: 'edit', look: 'primary', run: () => form.edit() } as const
  return html`${form.frame === 'dialog' ? renderButton(close) : nothing}${form.may('update', object) ? renderButton(edit) : nothing}`
}

function renderEditActions(form: CrmForm, object: ObjectView): TemplateResult {
  const save = form.t(form.saving ? 'saving' : 'save.name', { name: form.noun(object.label) })
  return html`${renderButton({ label: form.t('cancel'), look: 'ghost', run: () => form.cancel() })}
    ${renderButton({ label: save, look: 'primary', submits: true, busy: form.saving })}`
}

/** The page before its record is there, at about its final height. */
export function renderFormSkeleton(label: string): TemplateResult {
  const field = html`<div class="field-skel"><i class="skel w30"></i><i class="skel control-skel"></i></div>`
  return html`<div class="form-body" aria-busy="true" role="status" aria-label=${label}>
    <div class="section"><i class="skel w20 legend-skel"></i><div class="fields">${Array.from({ length: 8 }, () => field)}</div></div>
  </div>`
}
