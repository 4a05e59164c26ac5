import { html, nothing, type TemplateResult } from 'lit'
import { fieldOf } from '../client/record.ts'
import type { CrmRecord, ObjectView } from '../client/types.ts'
import { renderValue } from '../display/value.ts'
import { icon } from '../icon/icon.ts'
import { type Clash, type Conflict, decide } from './conflict.ts'
import type { CrmForm } from './form.ts'

/** Both values of every field that both have changed, with the choice between them. */
export function renderConflict(form: CrmForm, object: ObjectView, conflict: Conflict): TemplateResult {
  const by = conflict.current.updatedBy
  const who = (by && form.session.person(by)?.name) || form.t('conflict.somebody')
  return html`<div class="banner banner-danger conflict" part="conflict" role="alert" tabindex="-1">
    ${icon('merge')}
    <div class="grow">
      <b>${form.t('conflict.title', { name: who })}</b>
      <p class="soft">${form.t('conflict.text')}</p>
      <table>
        <thead><tr>
          <th class="sr">${form.t('conflict.field')}</th><th>${form.t('conflict.theirs')}</th><th>${form.t('conflict.mine')}</th>
        </tr></thead>
        <tbody>${conflict.clashes.map((clash) => renderClash(form, object, conflict, clash))}</tbody>
      </table>
    </div>
  </div>`
}

function renderClash(form: CrmForm, object: ObjectView, { current }: Conflict, clash: Clash): TemplateResult {
  return html`<tr>
    <th scope="row">${form.labelOf(clash.name)}</th>
    <td>${renderSide(form, object, clash, 'theirs', current)}</td>
    <td>${renderSide(form, object, clash, 'mine', form.shownRecord)}</td>
  </tr>`
}

function renderSide(form: CrmForm, object: ObjectView, clash: Clash, side: 'mine' | 'theirs', record: CrmRecord | null): TemplateResult {
  const field = fieldOf(object, clash.name)
  const value = field ? renderValue(field, clash[side], form.reading(record)) : String(clash[side])
  const chosen = clash.choice === side
  return html`<button type="button" class="btn btn-sm" part="button" aria-pressed=${chosen} @click=${() => choose(form, clash.name, side)}>
    ${chosen ? icon('check') : nothing}<span class="clip">${value}</span>
  </button>`
}

function choose(form: CrmForm, name: string, side: 'mine' | 'theirs'): void {
  const { conflict } = form.editing
  if (conflict) form.editing.conflict = decide(conflict, name, side)
  form.requestUpdate()
}
