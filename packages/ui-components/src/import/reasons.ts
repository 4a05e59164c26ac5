import { html, nothing, type TemplateResult } from 'lit'
import type { Reason } from '../client/import-types.ts'
import { icon } from '../icon/icon.ts'
import type { ImportView } from './import-view.ts'

/** Why a row was not taken, in the reader's language. */
export function renderReasons(view: ImportView, reasons: readonly Reason[]): TemplateResult | typeof nothing {
  if (reasons.length === 0) return nothing
  return html`${reasons.map(
    ({ column, message, hint }) =>
      html`<p class="reason">${icon('warn')}<span>${column === null ? nothing : html`<b>${column}</b>${view.t('colon')}`}${view.host.words(message)}${hint ? html` <span class="soft">${view.host.words(hint)}</span>` : nothing}</span></p>`,
  )}`
}
