import { crmError } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { readObject } from '../request/body.ts'
import { flag, list, wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { closedKeys } from '../request/shape.ts'
import { listLimits, recordLimits } from '../route/limits.ts'
import type { Call } from '../route/route.ts'

/** One's own messages, newest first. */
export async function readInbox({ exchange, session }: Call): Promise<Reply> {
  const { kinds, unread, limit, cursor } = readQuery(exchange.query, ['kinds', 'unread', 'limit', 'cursor'])
  const query = {
    kinds: list('kinds', kinds, listLimits.keys),
    unread: flag('unread', unread),
    limit: wholeNumber('limit', limit, 1, 200),
    cursor,
  }
  return json(await session.messages.inbox.find(query))
}

/** How many are unread. */
export async function countUnread({ exchange, session }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  return json({ unread: await session.messages.inbox.unread() })
}

/** Marks messages as read or unread: `{ ids, read }`, or all up to an instant: `{ until }`. */
export async function markInbox({ exchange, session, settings }: Call): Promise<Reply> {
  readQuery(exchange.query, [])
  const body = await readObject(exchange, recordLimits(settings))
  closedKeys(body, ['ids', 'read', 'until'])
  const { ids, read, until } = body
  const { inbox } = session.messages
  if (typeof until === 'number' && ids === undefined && read === undefined) return json({ unread: await inbox.markAll(until) })
  if (Array.isArray(ids) && typeof read === 'boolean' && until === undefined) return json({ unread: await inbox.mark(ids, read) })
  throw crmError('BODY_INVALID', { expected: '{ ids: [id], read: boolean } or { until: milliseconds }' })
}
