import { crmError } from '../error/crm-error.ts'
import { moveSend, readSend } from '../message/deliver.ts'
import { enqueueSends } from '../message/enqueue-sends.ts'
import { exampleFacts } from '../message/example-facts.ts'
import { createInbox } from '../message/inbox.ts'
import type { MessageSend, Messages, MessageTemplateView, PreviewInput, SendQuery } from '../message/message.ts'
import { requirePage } from '../message/page.ts'
import { type Asked, pagePlan, settledBefore } from '../message/plans.ts'
import { inboxChannel } from '../message/reach.ts'
import { decodeSend, type StoredSend, shownSend, storedReason } from '../message/rows.ts'
import { knownTemplate, sendMessage } from '../message/send.ts'
import { textSetting } from '../message/settings.ts'
import { ownText, viewOf } from '../message/show.ts'
import { messageReasons } from '../reason/message-reasons.ts'
import { reviveReason } from '../reason/revive-reason.ts'
import { authorise, inUnit, nowOf, type Scope, sessionOf } from '../scope/scope.ts'
import { messageTable } from '../store/system-tables.ts'
import { messageValueProblem } from '../template/own-words.ts'
import { renderMessage } from '../template/text.ts'

/** The pseudo-object whose grants decide about messages. One's own inbox needs none. */
const object = 'messages'
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const day = 86_400_000

/** Messages as one actor sends and reads them. */
export function createMessages(scope: Scope): Messages {
  const { kernel, actor } = scope
  return {
    inbox: createInbox(scope),
    send: async (message) => {
      authorise(scope, 'create', object)
      return sendMessage(scope, message)
    },
    find: (query = {}) => findSends(scope, query),
    resend: (id) => changeSend(scope, id, ['failed', 'unknown'], { state: 'queued', due_at: nowOf(scope), attempts: 0, reason: null }),
    drop: (id) => {
      const reason = storedReason(messageReasons.make.message_dropped({ person: actor.id }))
      return changeSend(scope, id, ['queued', 'failed', 'unknown'], { state: 'suppressed', reason })
    },
    templates: async () => {
      authorise(scope, 'define', object)
      const entries = [...kernel.contributions.messages.values()]
      return Promise.all(
        entries.map(async ({ template, plugin }): Promise<MessageTemplateView> => {
          const { label, purpose, data = {}, channels = [inboxChannel], title, body = null } = template.definition
          const own = await ownText(scope, template)
          return { key: template.key, plugin, label, purpose, data, channels, title, body, own, setting: textSetting(template).key }
        }),
      )
    },
    preview: (input) => previewMessage(scope, input),
    purge: async (days = 400) => {
      authorise(scope, 'define', object)
      if (!Number.isSafeInteger(days) || days < 1)
        throw crmError('PARAMETER_INVALID', { name: 'days', reason: 'a whole number from 1 is expected' })
      const before = nowOf(scope) - days * day
      return sessionOf(scope).delete(messageTable, settledBefore, [actor.tenant, before, ['sent', 'failed', 'suppressed', 'unknown']])
    },
  }
}

async function findSends(scope: Scope, query: SendQuery): Promise<{ sends: readonly MessageSend[]; cursor: string | null }> {
  authorise(scope, 'define', object)
  const { limit, cursor } = requirePage(query)
  const values: readonly (readonly [Asked, string | undefined])[] = [
    ['recipient', query.recipient],
    ['state', query.state],
    ['template', query.template],
  ]
  const asked = values.filter(([, value]) => value !== undefined)
  const plan = pagePlan(
    asked.map(([name]) => name),
    cursor !== undefined,
  )
  const params = [scope.actor.tenant, limit + 1, ...asked.map(([, value]) => value), ...(cursor === undefined ? [] : [cursor])]
  const rows = await sessionOf(scope).select(plan, params)
  const sends = rows
    .slice(0, limit)
    .map((row) => shownSend(decodeSend(row, (stored) => reviveReason(scope.kernel.contributions.reasons, stored))))
  return { sends, cursor: rows.length > limit ? (sends.at(-1)?.id ?? null) : null }
}

/** Two admins who decide about the same send: one does, the other is told. */
async function changeSend(
  scope: Scope,
  id: string,
  from: readonly MessageSend['state'][],
  values: Readonly<Record<string, unknown>>,
): Promise<MessageSend> {
  authorise(scope, 'define', object)
  const send = idPattern.test(String(id)) ? await readSend(scope, id) : null
  if (!send) throw crmError('NOT_FOUND')
  if (!from.includes(send.state) || !(await moveInUnit(scope, send, values))) throw crmError('MESSAGE_STATE', { state: send.state })
  const changed = await readSend(scope, id)
  return shownSend(changed ?? send)
}

/** What waits again has its job in the same transaction. */
function moveInUnit(scope: Scope, send: StoredSend, values: Readonly<Record<string, unknown>>): Promise<boolean> {
  return inUnit(scope, async (unit) => {
    if (!(await moveSend(unit, send, values))) return false
    if (values.state === 'queued') await enqueueSends(unit, [{ ...send, dueAt: nowOf(unit) }])
    return true
  })
}

async function previewMessage(scope: Scope, { template: key, locale, text, data, channel: id }: PreviewInput) {
  authorise(scope, 'define', object)
  const template = knownTemplate(scope, key)
  const { definition } = template
  if (text) {
    const reason = messageValueProblem(text, definition.data ?? {})
    if (reason) throw crmError('PARAMETER_INVALID', { name: 'text', reason }, { path: '/text' })
  }
  const facts = { ...exampleFacts(definition.data ?? {}, nowOf(scope)), ...data }
  const view = await viewOf(scope, [{ template, data: facts }], { locale: locale ?? scope.actor.locale, person: null })
  const rendered = renderMessage(definition, facts, view, text === undefined ? await ownText(scope, template) : text)
  const channel = id === undefined || id === inboxChannel ? null : scope.kernel.channels.get(id)
  if (channel === undefined) throw crmError('PARAMETER_INVALID', { name: 'channel', reason: 'it is not set up' }, { path: '/channel' })
  const example = { id: 'preview', tenant: scope.actor.tenant, attempt: 1, to: null, priority: 'normal', about: null, link: null } as const
  const shown = channel?.show?.({
    ...rendered,
    ...example,
    locale: view.locale === 'zh-CN' ? 'zh-CN' : 'en',
    signal: AbortSignal.abort(),
  })
  return { ...rendered, shown: shown ?? null }
}
