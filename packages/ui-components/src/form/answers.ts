import { html, nothing, type TemplateResult } from 'lit'
import type { ObjectView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { renderEmpty } from '../state/state-view.ts'
import { banner } from '../styles/banner.ts'
import { mark } from '../styles/mark.ts'
import { answersStyles } from './answers.styles.ts'
import { renderConflict } from './conflict-table.ts'
import type { CrmForm } from './form.ts'
import type { FormProblem } from './problems.ts'

export * as typing from '../field/typing.ts'
export { Saver } from './saver.ts'
export const styles = [mark, banner, answersStyles]

/** What there is to say above the fields: a conflict, entries of last time, problems. */
export function renderAnswers(form: CrmForm, object: ObjectView, problems: readonly FormProblem[]): TemplateResult {
  const { conflict } = form.editing
  return html`${conflict ? renderConflict(form, object, conflict) : nothing}${form.isRestored ? renderRestored(form) : nothing}${renderSummary(form, problems)}`
}

/** Entries of last time are back, and can go again. */
function renderRestored(form: CrmForm): TemplateResult {
  return html`<div class="banner banner-accent restored" part="restored" role="status">
    ${icon('history')}<span class="grow">${form.t('draft.restored')}</span>
    ${renderButton({ label: form.t('draft.drop'), look: 'sm', run: () => form.dropRestored() })}
  </div>`
}

/** All problems in one place, each a way to its field. */
function renderSummary(form: CrmForm, problems: readonly FormProblem[]): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing
  return html`<div class="banner banner-danger summary" part="error-summary" role="alert" tabindex="-1">
    ${icon('warn')}
    <div><b>${form.t('form.problems', { count: problems.length })}</b><ul>${problems.map((problem) => renderProblem(form, problem))}</ul></div>
  </div>`
}

function renderProblem(form: CrmForm, { name, message }: FormProblem): TemplateResult {
  if (name === null) return html`<li>${message}</li>`
  const text = form.labelOf(name) + form.t('colon') + message
  return html`<li><button type="button" class="link" @click=${() => form.focusField(name)}>${text}</button></li>`
}

/** How many problems there are, beside the way to save. */
export function renderNote(form: CrmForm, count: number): TemplateResult {
  return html`<span class="down row row-6">${icon('warn')}${form.t('form.problems.short', { count })}</span>`
}

/** Asks before entries are lost. */
export function renderLeaving(form: CrmForm): TemplateResult {
  return html`<span class="soft" role="alert">${form.t('form.unsaved')}</span>
    ${renderButton({ label: form.t('form.keep'), run: () => form.keepEditing() })}
    ${renderButton({ label: form.t('form.discard'), look: 'danger', run: () => form.discard() })}`
}

/** The record is gone, and can come back. */
export function renderDeleted(form: CrmForm): TemplateResult {
  const undo = { label: form.t('undo'), icon: 'undo', run: () => form.restoreRecord() } as const
  return html`<div class="gone" role="status">${renderEmpty('trash', form.t('deleted.title'), form.t('deleted.text'), undo)}</div>`
}
