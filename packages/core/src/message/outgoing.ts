import { inLocale, type Words } from '../locale/locale.ts'
import type { Scope } from '../scope/scope.ts'
import type { MessageTemplate } from '../template/define-message.ts'
import { renderMessage } from '../template/text.ts'
import type { OutgoingMessage } from './channel.ts'
import { addressOf } from './reach.ts'
import type { Target } from './recipients.ts'
import type { StoredSend } from './rows.ts'
import { ownText, viewOf } from './show.ts'

const open: Words = { 'zh-CN': '打开查看', en: 'Open' }

/** What is about to go, and to whom. */
export interface OutgoingParts {
  readonly send: Pick<StoredSend, 'id' | 'data' | 'about' | 'priority' | 'attempts'>
  readonly template: MessageTemplate
  readonly target: Target
}

/** A send in the words of its recipient. */
export async function outgoing(scope: Scope, { send, template, target }: OutgoingParts, signal: AbortSignal): Promise<OutgoingMessage> {
  const { kernel, actor } = scope
  const { to } = target
  const reader = to.is === 'person' ? { person: to.id, locale: to.person?.locale ?? null } : { person: null, locale: null }
  const view = await viewOf(scope, [{ template, data: send.data }], reader)
  const locale = view.locale === 'zh-CN' ? 'zh-CN' : 'en'
  const url = send.about ? (kernel.recordUrl?.({ ...send.about, tenant: actor.tenant }) ?? null) : null
  return {
    ...renderMessage(template.definition, send.data, view, await ownText(scope, template)),
    id: send.id,
    tenant: actor.tenant,
    attempt: send.attempts,
    to: addressOf(target),
    locale,
    priority: send.priority,
    about: send.about,
    link: url === null ? null : { url, label: inLocale(open, locale) },
    signal,
  }
}
