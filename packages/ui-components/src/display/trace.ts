import { html, nothing, type TemplateResult } from 'lit'
import type { CrmRecord } from '../client/types.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { formatInstant } from '../format/date.ts'

/** When and by whom the record was made and last changed. */
export function renderTrace(host: CrmElement, record: CrmRecord | null): TemplateResult | typeof nothing {
  const { session } = host
  if (!record?.createdAt) return nothing
  const line = (key: 'form.created' | 'form.updated', at: number, by: string | undefined) =>
    host.t(key, { time: formatInstant(at, host.language, session.now()), name: (by && session.person(by)?.name) || '' })
  const updated =
    record.updatedAt && record.updatedAt !== record.createdAt ? [line('form.updated', record.updatedAt, record.updatedBy)] : []
  return html`<p class="trace dim xs">${[line('form.created', record.createdAt, record.createdBy), ...updated].join(' · ')}</p>`
}
