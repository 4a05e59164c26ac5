import { html, nothing, type TemplateResult } from 'lit'
import { renderControl } from '../control.ts'
import { type DraftSave, settableFields } from '../draft.ts'
import type { Writing } from '../writing.ts'

/** Where the points of a score go. */
export function renderScoreField(writing: Writing, save: DraftSave): TemplateResult {
  const { host, object } = writing
  const fields = settableFields(object).filter(({ kind }) => kind === 'integer')
  const choose = (event: Event) => {
    save.into = (event.target as HTMLSelectElement).value
    writing.changed()
  }
  return renderControl(
    writing,
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
