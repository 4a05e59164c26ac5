import { css, html, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { icon, spinner } from '../icon/icon.ts'
import { entry } from '../styles/entry.ts'
import type { CrmField } from './field.ts'

export { onLookupEvent } from './lookup-entry.ts'
export { problemOf } from './validate.ts'

const typed = css`
:host([bare]) .error { position: absolute; top: calc(100% + 4px); left: 0; z-index: 3; padding: 5px 9px; max-width: 320px; white-space: normal; border-radius: var(--crm-radius-sm); background: var(--crm-surface-raised); box-shadow: var(--crm-shadow-menu); }
`

export const styles = unsafeCSS(`${entry}${typed}`)

/** A check under way, what is worth knowing, what is wrong. */
export function renderNotes(field: CrmField, message: string): TemplateResult {
  const { checking, notice } = field
  return html`${checking ? html`<p class="hint row row-6" role="status">${spinner}${field.t('check.running')}</p>` : nothing}
    ${notice && !message ? html`<p class="notice" part="duplicate-hint" id="notice" role="status">${icon('info')}<span>${notice}</span></p>` : nothing}
    ${message ? html`<p class="error" part="error" id="error">${icon('warn')}<span>${message}</span></p>` : nothing}`
}
