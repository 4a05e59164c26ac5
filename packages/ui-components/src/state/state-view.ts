import { html, nothing, type TemplateResult } from 'lit'
import type { ClientError } from '../client/client-error.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { type IconName, icon } from '../icon/icon.ts'

interface Action {
  readonly label: string
  readonly icon?: IconName
  readonly primary?: boolean
  run(): void
}

/** Nothing here: a mark, a sentence, what to do next. */
export function renderEmpty(mark: IconName, title: string, text: string, action?: Action, small?: string): TemplateResult {
  return html`<div class="empty" part="empty">${icon(mark)}<b>${title}</b>${text ? html`<p>${text}</p>` : nothing}
    ${action ? html`<button type="button" class="btn ${action.primary ? 'btn-primary' : ''}" part="button" @click=${action.run}>${action.icon ? icon(action.icon) : nothing}<span>${action.label}</span></button>` : nothing}
    ${small ? html`<small class="dim xs">${small}</small>` : nothing}</div>`
}

/** Why nothing could be read, and the way on. */
export function renderFailure(host: CrmElement, error: ClientError, retry: () => void): TemplateResult {
  const again = { label: host.t('retry'), icon: 'history', run: retry } as const
  if (error.status === 401) return renderEmpty('lock', host.t('signin.title'), error.message)
  if (error.status === 403 || error.status === 404)
    return renderEmpty('lock', host.t('denied.title'), error.message || host.t('denied.text'))
  if (error.code === 'NETWORK') return renderEmpty('offline', host.t('offline.title'), host.t('offline.text'), again)
  return html`<div role="alert">${renderEmpty('warn', host.t('failed.title'), [error.message, error.hint].filter(Boolean).join(' '), again, error.code)}</div>`
}

/** Why a write did not go through, in one sentence. */
export function reasonOf(host: CrmElement, error: ClientError): string {
  if (error.code === 'NETWORK') return host.t('offline.write')
  const first = error.issues.find((issue) => issue.message !== error.message)
  return first ? `${error.message} ${first.message}` : error.message
}
