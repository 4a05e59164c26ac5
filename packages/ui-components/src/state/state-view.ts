import { html, nothing, type TemplateResult } from 'lit'
import type { ClientError } from '../client/client-error.ts'
import { type Button, renderButton } from '../display/button.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { type IconName, icon } from '../icon/icon.ts'

/** Nothing here: a mark, a sentence, what to do next. */
export function renderEmpty(mark: IconName, title: string, text: string, action?: Button, small?: string): TemplateResult {
  return html`<div class="empty" part="empty">
    ${icon(mark)}<b>${title}</b>${text ? html`<p>${text}</p>` : nothing}${action ? renderButton(action) : nothing}
    ${small ? html`<small class="dim xs">${small}</small>` : nothing}
  </div>`
}

/** Why nothing could be read, and the way on. */
export function renderFailure(host: CrmElement, error: ClientError, retry: () => void): TemplateResult {
  host.whenIdle()
  const again = { label: host.t('retry'), icon: 'history', run: retry } as const
  if (error.status === 401) return renderEmpty('lock', host.t('signin.title'), error.message)
  if ((error.status === 403 || error.status === 404) && !error.code.startsWith('HTTP'))
    return renderEmpty('lock', host.t('denied.title'), error.message || host.t('denied.text'))
  if (error.code === 'NETWORK') return renderEmpty('offline', host.t('offline.title'), host.t('offline.text'), again)
  const text = [error.message, error.hint].filter(Boolean).join(' ')
  return html`<div role="alert">${renderEmpty('warn', host.t('failed.title'), text, again, error.code)}</div>`
}

/** Why a write did not go through, in one sentence. */
export function reasonOf(host: CrmElement, error: ClientError): string {
  if (error.code === 'NETWORK') return host.t('offline.write')
  const first = error.issues.find((issue) => issue.message !== error.message)
  return first ? `${error.message} ${first.message}` : error.message
}
