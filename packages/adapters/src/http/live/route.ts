import { type Crm, crmError } from '@guanxi/core'
import { json, type Reply } from '../reply/reply.ts'
import { jsonObject, list } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import type { Call } from '../route/route.ts'
import { LiveFeed } from './feed.ts'
import { liveStream, type Reader } from './stream.ts'
import type { LiveView } from './view.ts'
import { newsFor } from './view.ts'

const mostObjects = 20
const feeds = new WeakMap<Crm<never>, LiveFeed>()

/**
 * What changes of the records somebody may see: as server-sent events, or, to a client that asks for JSON, what has changed since the
 * position it names.
 */
export async function live(call: Call): Promise<Reply> {
  const { crm, exchange, session, settings } = call
  const asked = readQuery(exchange.query, ['objects', 'where', 'after'])
  const view = await viewOf(call, asked)
  const reader: Reader = { crm, session, view, feed: feedOf(crm), log: settings.log }
  const last = asked.after ?? exchange.header('last-event-id') ?? null
  if (exchange.header('accept')?.includes('text/event-stream')) return liveStream(reader, last, exchange.aborted)
  if (last === null) return json({ position: await reader.feed.position(tenantOf(reader)), changes: [] })
  const news = await reader.feed.since(tenantOf(reader), last)
  const changes = news.isWhole ? await newsFor(crm, session, view, news.changes) : view.objects.map((object) => ({ object, reset: true }))
  return json({ position: news.position, changes })
}

function tenantOf({ session }: Reader): string {
  return session.identity.tenant ?? ''
}

function feedOf(crm: Crm<never>): LiveFeed {
  const known = feeds.get(crm) ?? new LiveFeed(crm)
  feeds.set(crm, known)
  return known
}

async function viewOf({ session }: Call, asked: Readonly<Partial<Record<'objects' | 'where', string>>>): Promise<LiveView> {
  const objects = list('objects', asked.objects, mostObjects) ?? []
  if (objects.length === 0)
    throw crmError('PARAMETER_INVALID', { name: 'objects', reason: 'it names what to follow' }, { path: '/objects' })
  const where = jsonObject('where', asked.where)
  if (where && objects.length > 1)
    throw crmError('PARAMETER_INVALID', { name: 'where', reason: 'it goes with one object only' }, { path: '/where' })
  for (const object of objects) await session.definitions.get(object)
  // A condition that makes no sense is told before the stream begins.
  if (where && objects[0]) await session.records(objects[0]).find({ where, fields: [], limit: 1 })
  return { objects, ...(where && { where }) }
}
