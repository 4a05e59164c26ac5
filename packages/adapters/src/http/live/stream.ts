import { type Crm, crmError, type Session } from '@guanxi/core'
import type { Settings } from '../options.ts'
import type { Reply } from '../reply/reply.ts'
import type { LiveFeed } from './feed.ts'
import { type LiveView, newsFor } from './view.ts'

/** Somebody who follows what they may see. */
export interface Reader {
  readonly crm: Crm<never>
  readonly session: Session
  readonly view: LiveView
  readonly feed: LiveFeed
  readonly log: Settings['log']
}

const bounds = {
  /** Streams of one handler, and of one actor. */
  streams: 1_000,
  streamsOfOne: 10,
  /** Something is sent this often, so that nobody in between takes the connection for dead. */
  beat: 15_000,
  /** A stream ends after this, so that whoever comes back is asked who they are again. */
  life: 300_000,
} as const

const open = new WeakMap<LiveFeed, Map<string, number>>()
const encoder = new TextEncoder()

/** The answer that goes on. */
export async function liveStream(reader: Reader, last: string | null, aborted: () => boolean): Promise<Reply> {
  const key = `${reader.session.identity.tenant}\0${reader.session.identity.id}`
  const counts = countsOf(reader.feed)
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if ((counts.get(key) ?? 0) >= bounds.streamsOfOne || all >= bounds.streams)
    throw crmError('LIMIT_EXCEEDED', { what: 'live streams', limit: bounds.streamsOfOne })
  const tenant = reader.session.identity.tenant ?? ''
  const start = last ?? (await reader.feed.position(tenant))
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // A proxy that collects the answer first would tell nothing until the end.
      'x-accel-buffering': 'no',
    },
    body: counted(counts, key, events(reader, tenant, start, aborted)),
  }
}

async function* counted(counts: Map<string, number>, key: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  counts.set(key, (counts.get(key) ?? 0) + 1)
  try {
    yield* pieces
  } finally {
    const left = (counts.get(key) ?? 1) - 1
    if (left > 0) counts.set(key, left)
    else counts.delete(key)
  }
}

async function* events(reader: Reader, tenant: string, start: string, aborted: () => boolean): AsyncGenerator<Uint8Array> {
  const { feed, crm, session, view, log } = reader
  const end = performance.now() + bounds.life
  let position = start
  let sentAt = performance.now()
  yield encoder.encode(`retry: 3000\nid: ${position}\nevent: ready\ndata: {}\n\n`)
  while (!aborted() && performance.now() < end && feed.isAlive) {
    try {
      const news = await feed.since(tenant, position)
      const changes = news.isWhole
        ? await newsFor(crm, session, view, news.changes)
        : view.objects.map((object) => ({ object, reset: true }) as const)
      position = news.position
      if (changes.length > 0) {
        yield encoder.encode(`id: ${position}\nevent: changes\ndata: ${JSON.stringify({ changes })}\n\n`)
        sentAt = performance.now()
        // What came while this was told is told together when the feed has looked again.
        await feed.next(bounds.beat)
        continue
      }
    } catch (error) {
      log({ level: 'warn', message: 'A live stream ended.', error: String(error) })
      return
    }
    if (performance.now() - sentAt >= bounds.beat) {
      yield encoder.encode(': still here\n\n')
      sentAt = performance.now()
    }
    await feed.next(bounds.beat)
  }
}

function countsOf(feed: LiveFeed): Map<string, number> {
  const known = open.get(feed) ?? new Map<string, number>()
  open.set(feed, known)
  return known
}
