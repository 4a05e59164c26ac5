import { html, nothing, type TemplateResult } from 'lit'
import type { InboxEntry } from '../client/inbox-client.ts'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import type { InboxView } from './inbox-view.ts'

const clock = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** One message: what happened, when, and the way to it. */
export function renderNote(view: InboxView, entry: InboxEntry): TemplateResult {
  const { host } = view
  const isUnread = entry.readAt === null
  const at = html`<time datetime=${new Date(entry.at).toISOString()} title=${formatInstant(entry.at, host.language, host.session.now())}>${clock(entry.at, host.language)}</time>`
  const urgent = entry.priority === 'urgent' ? html`<span class="badge badge-danger">${host.t('inbox.urgent')}</span>` : nothing
  const text = html`<span class="note-title">${isUnread ? html`<span class="sr">${host.t('inbox.unread')}${host.t('colon')}</span>` : nothing}${entry.title}</span>
    ${entry.body ? html`<span class="note-body">${entry.body}</span>` : nothing}
    <span class="note-meta">${urgent}<span>${host.words(entry.label)}</span>${at}</span>`
  return html`<li class="note ${isUnread ? 'is-unread' : ''}" part="message">
    <i class="note-dot" aria-hidden="true"></i>
    ${entry.about ? html`<button type="button" class="note-main" @click=${() => view.open(entry)}>${text}</button>` : html`<div class="note-main">${text}</div>`}
    ${renderButton({
      label: host.t(isUnread ? 'inbox.markRead' : 'inbox.markUnread'),
      title: host.t(isUnread ? 'inbox.markRead' : 'inbox.markUnread'),
      icon: isUnread ? 'check' : 'undo',
      look: 'ghost sm',
      bare: true,
      run: () => void view.mark(entry, isUnread),
    })}
  </li>`
}
