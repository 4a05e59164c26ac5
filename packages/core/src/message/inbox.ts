import { CrmError, crmError } from '../error/crm-error.ts'
import type { Words } from '../locale/locale.ts'
import { reviveReason } from '../reason/revive-reason.ts'
import { nowOf, type Scope, sessionOf } from '../scope/scope.ts'
import { messageTable } from '../store/system-tables.ts'
import { renderMessage } from '../template/text.ts'
import type { Inbox, InboxEntry, InboxQuery } from './message.ts'
import { requirePage } from './page.ts'
import { type Asked, ownMessages, ownUntil, pagePlan, unreadPlan } from './plans.ts'
import { inboxChannel } from './reach.ts'
import { decodeSend, type StoredSend } from './rows.ts'
import { ownText, viewOf } from './show.ts'

/** Unread messages are counted to here; more are “more than”. */
const countedUnread = 1_000

const hidden: Words = {
  'zh-CN': '相关记录已删除，或你无权查看',
  en: 'The record it is about was deleted, or you may not see it',
}

/** The inbox of whoever asks: nobody reads anybody else's. */
export function createInbox(scope: Scope): Inbox {
  const { actor } = scope
  const recipient = `person:${actor.id}`
  const unread = async (): Promise<number> => {
    const rows = await sessionOf(scope).select(unreadPlan, [actor.tenant, recipient, inboxChannel, countedUnread])
    return rows.length
  }
  return {
    find: async (query = {}) => {
      const { rows, cursor } = await readPage(scope, recipient, query)
      return { entries: await entriesOf(scope, rows), cursor, unread: await unread() }
    },
    unread,
    mark: async (ids, read) => {
      if (!Array.isArray(ids) || ids.length > 1_000) throw crmError('LIMIT_EXCEEDED', { what: 'messages', limit: 1_000 }, { path: '/ids' })
      const known = ids.filter((id) => idPattern.test(String(id)))
      if (known.length > 0) {
        const at = read ? nowOf(scope) : null
        await sessionOf(scope).set(readAt, [at], ownMessages, [actor.tenant, recipient, inboxChannel, known])
      }
      return unread()
    },
    markAll: async (until) => {
      if (!Number.isSafeInteger(until)) throw crmError('PARAMETER_INVALID', { name: 'until', reason: 'milliseconds are expected' })
      await sessionOf(scope).set(readAt, [nowOf(scope)], ownUntil, [actor.tenant, recipient, inboxChannel, until])
      return unread()
    },
  }
}

const readAt = { table: messageTable, columns: ['read_at'] }
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function readPage(
  scope: Scope,
  recipient: string,
  query: InboxQuery,
): Promise<{ rows: readonly StoredSend[]; cursor: string | null }> {
  const { limit, cursor } = requirePage(query)
  const { kinds, unread = false } = query
  if (kinds?.length === 0) return { rows: [], cursor: null }
  const asked: Asked[] = [
    'recipient',
    'channel',
    'state',
    ...(kinds ? (['templates'] as const) : []),
    ...(unread ? (['unread'] as const) : []),
  ]
  const values = [recipient, inboxChannel, 'sent', ...(kinds ? [kinds] : []), ...(cursor ? [cursor] : [])]
  const found = await sessionOf(scope).select(pagePlan(asked, cursor !== undefined), [scope.actor.tenant, limit + 1, ...values])
  const rows = found.slice(0, limit).map((row) => decodeSend(row, (stored) => reviveReason(scope.kernel.contributions.reasons, stored)))
  return { rows, cursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null }
}

/** The messages in the reader's words. What is about a record they may not see (any more) says nothing of it. */
async function entriesOf(scope: Scope, sends: readonly StoredSend[]): Promise<InboxEntry[]> {
  const { messages } = scope.kernel.contributions
  const known = sends.flatMap((send) => {
    const entry = messages.get(send.template)
    return entry ? [{ send, template: entry.template, data: send.data }] : []
  })
  const view = await viewOf(scope, known, { locale: scope.actor.locale, person: scope.actor.id })
  const seen = await seenRecords(
    scope,
    known.map(({ send }) => send),
  )
  return Promise.all(
    known.map(async ({ send, template, data }): Promise<InboxEntry> => {
      const { id, about, actor, priority, readAt } = send
      const base = {
        id,
        kind: template.key,
        label: template.definition.label,
        from: actor,
        priority,
        at: send.sentAt ?? send.createdAt,
        readAt,
      }
      if (about && !seen.has(recordKey(about)))
        return { ...base, about: null, title: hidden[view.locale === 'zh-CN' ? 'zh-CN' : 'en'], body: '' }
      return { ...base, about, ...renderMessage(template.definition, data, view, await ownText(scope, template)) }
    }),
  )
}

async function seenRecords(scope: Scope, sends: readonly StoredSend[]): Promise<ReadonlySet<string>> {
  const byObject = Map.groupBy(
    sends.flatMap(({ about }) => about ?? []),
    ({ object }) => object,
  )
  const seen = new Set<string>()
  for (const [object, abouts] of byObject) {
    const ids = [...new Set(abouts.map(({ id }) => id))]
    for (const id of await readableIds(scope, object, ids)) seen.add(recordKey({ object, id }))
  }
  return seen
}

/** An object that is gone, or that the reader may not read at all, has no readable records. */
async function readableIds(scope: Scope, object: string, ids: readonly string[]): Promise<readonly string[]> {
  try {
    const { records } = await scope.kernel.records(scope, object).find({ where: { id: { in: ids } }, fields: [], limit: ids.length })
    return records.map(({ id }) => id)
  } catch (error) {
    if (error instanceof CrmError && error.status < 500) return []
    throw error
  }
}

const recordKey = ({ object, id }: { readonly object: string; readonly id: string }): string => `${object}:${id}`
