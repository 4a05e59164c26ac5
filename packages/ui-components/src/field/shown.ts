import { css, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { renderAvatar, renderEmblem } from '../display/avatar.ts'
import { mark } from '../styles/mark.ts'
import { scale } from '../styles/scale.ts'
import type { CrmField } from './field.ts'
import type { Choice } from './lookup-source.ts'

export { renderTrace } from '../display/trace.ts'
export { renderValue } from '../display/value.ts'
export { recordLook } from '../styles/record-look.ts'

/** Objects that stand for somebody; stages and products have no face. */
const FACED = new Set(['customer', 'contact', 'lead'])

const facts = css`
.readonly { background: var(--crm-surface-sunken); border-style: dashed; border-color: var(--crm-border-strong); color: var(--crm-text-secondary); padding-block: 4px; cursor: default; overflow-wrap: anywhere; }
.fact { display: grid; grid-template-columns: minmax(96px, 30%) minmax(0, 1fr); gap: 0 12px; margin: 0; }
.fact dt { color: var(--crm-text-tertiary); line-height: 20px; padding: 4px 0; }
.fact dd { min-height: 28px; line-height: 20px; padding: 4px 0; overflow-wrap: anywhere; }
:host([wide]) .fact { grid-template-columns: minmax(96px, calc(15% - 3px)) minmax(0, 1fr); }
.tags { flex-wrap: wrap; gap: 4px; }
.prose { white-space: pre-wrap; }
@container view (max-width: 560px) { .fact { grid-template-columns: 96px minmax(0, 1fr); } }
`

export const styles = unsafeCSS(`${mark}${scale}${facts}`)

/** The mark of somebody, beside a name. */
export function renderFace({ field }: CrmField, { id, name }: Choice): TemplateResult | typeof nothing {
  if (field.kind === 'user') return renderAvatar(id, name, true)
  return FACED.has(field.to ?? '') ? renderEmblem(id, name) : nothing
}
