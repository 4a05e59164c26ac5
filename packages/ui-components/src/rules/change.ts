import type { DeciderCase } from '@guanxi/core/types'
import { html, type TemplateResult } from 'lit'
import { isBlank } from '../client/record.ts'
import type { CrmRecord, FieldView } from '../client/types.ts'
import { renderValue } from '../display/value.ts'
import type { Place } from './place.ts'

/** A field's value as a reader sees it. */
export function renderField({ host, names }: Place, field: FieldView, value: unknown): TemplateResult | string {
  if (field.name === 'teamId' && typeof value === 'string') return names.team(value)
  const record = { id: '', version: 0, related: { [field.name]: names.related(field, value) } } satisfies CrmRecord
  return renderValue(field, value, { locale: host.language, now: host.session.now(), record })
}

/** What becomes of a record's fields. */
export function renderChanges(page: Place, values: DeciderCase['values']): readonly TemplateResult[] {
  return Object.entries(values).map(([name, [before, after]]) => renderChange(page, name, before, after))
}

function renderChange(page: Place, name: string, before: unknown, after: unknown): TemplateResult {
  const { host } = page
  const field = page.object?.fields.find((one) => one.name === name)
  const shown = (value: unknown) => (isBlank(value) ? host.t('rules.empty') : field ? renderField(page, field, value) : String(value))
  return html`<p class="change xs"><span class="dim">${field ? host.words(field.label) : name}</span> <del>${shown(before)}</del> → <ins>${shown(after)}</ins></p>`
}
