import { html, nothing, type TemplateResult } from 'lit'
import { isBlank } from '../client/record.ts'
import type { CrmRecord } from '../client/types.ts'
import { renderValue } from '../display/value.ts'
import type { FieldChange } from './fields-shown.ts'
import type { TimelineView } from './timeline-view.ts'

/** So many are shown at once; the rest behind a press. */
const FIRST = 6

/** What changed, field by field: the old value, then the new one. */
export function renderFields(
  view: TimelineView,
  fields: readonly FieldChange[],
  authors: Readonly<Record<string, string>>,
): TemplateResult | typeof nothing {
  if (fields.length === 0) return nothing
  const line = (one: FieldChange) => renderLine(view, one, authors[one.field.name])
  const rest = fields.slice(FIRST)
  return html`<dl class="diff">${fields.slice(0, FIRST).map(line)}</dl>
    ${rest.length > 0 ? html`<details><summary>${view.host.t('timeline.rest', { count: rest.length })}</summary><dl class="diff">${rest.map(line)}</dl></details>` : nothing}`
}

function renderLine({ host, names }: TimelineView, { field, before, after }: FieldChange, author: string | undefined): TemplateResult {
  const shown = (value: unknown) => {
    if (field.name === 'teamId' && typeof value === 'string') return names.team(value)
    const record = { id: '', version: 0, related: { [field.name]: names.related(field, value) } } satisfies CrmRecord
    return renderValue(field, value, { locale: host.language, now: host.session.now(), record })
  }
  const old = isBlank(before)
    ? nothing
    : html`<del><span class="sr">${host.t('timeline.before')}</span>${shown(before)}</del><span class="arrow" aria-hidden="true">→</span>`
  const now = isBlank(after)
    ? html`<span class="dim">${host.t('timeline.blank')}</span>`
    : html`<ins><span class="sr">${host.t('timeline.after')}</span>${shown(after)}</ins>`
  return html`<div><dt>${host.words(field.label)}</dt><dd>${old}${now}${author ? html`<span class="xs dim">${host.t('timeline.author', { name: author })}</span>` : nothing}</dd></div>`
}
