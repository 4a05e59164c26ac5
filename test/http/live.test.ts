import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toNodeHandler } from '@guanxi/adapters/http'
import type { Identity } from '@guanxi/core'
import { deal, lead } from '@guanxi/core/standard'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

/** Reads messages of a stream one by one. */
async function follow(url: string, user: string, headers: Record<string, string> = {}) {
  const abort = new AbortController()
  const answer = await fetch(url, { headers: { accept: 'text/event-stream', user, ...headers }, signal: abort.signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<{ id?: string; event?: string; data?: never }> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const message = Object.fromEntries(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        )
        text = text.slice(end + 2)
        if (message.event) return { ...message, data: JSON.parse(message.data ?? 'null') as never }
        continue
      }
      const { done, value } = (await reader?.read()) ?? { done: true, value: '' }
      if (done) throw new Error('The stream ended.')
      text += value
    }
  }
  return { status: answer.status, type: answer.headers.get('content-type'), next, close: () => abort.abort() }
}

describe.each(engines)('live updates on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let server: Server
  let base: string
  beforeEach(async () => {
    database = await engine.create()
    crm = await createTestCrm({
      store: database.store(),
      access: { admin: '*', rep: { deal: { read: 'own', create: 'all', update: 'all', delete: 'all' }, lead: ['read'] }, none: {} },
    })
    const people: Record<string, string> = { ann: 'admin', rep: 'rep', nobody: 'none' }
    const identified = Object.assign(Object.create(crm), {
      identify: async ({ headers }: { headers: { user?: string } }): Promise<Identity> => ({
        id: headers.user ?? '',
        tenant: 'test',
        roles: [people[headers.user ?? ''] ?? 'none'],
      }),
    })
    server = createServer(toNodeHandler(identified as never, { basePath: '/' }))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/live`
  })
  afterEach(async () => {
    server.closeAllConnections()
    server.close()
    await crm.close()
    await database.drop()
  })

  test('attack:W07 a reader hears of what they may see, and of what is taken from them, and of nothing else', async () => {
    const deals = crm.user({ id: 'ann' }).records(deal)
    const mine = await deals.create({ name: 'mine', ownerId: 'rep' })
    const theirs = await deals.create({ name: 'theirs', ownerId: 'ann' })
    // Transactions elsewhere on the server may hold changes back for a while.
    await expect.poll(async () => JSON.stringify((await crm.changes.after(null, 500)).changes)).toContain(theirs.id)
    const [all, own] = await Promise.all([follow(`${base}?objects=deal,lead`, 'ann'), follow(`${base}?objects=deal`, 'rep')])
    try {
      expect(own).toMatchObject({ status: 200, type: 'text/event-stream; charset=utf-8' })
      expect(await all.next()).toMatchObject({ event: 'ready' })
      expect(await own.next()).toMatchObject({ event: 'ready' })
      await deals.update(theirs, { name: 'still theirs' })
      expect(await all.next()).toMatchObject({ data: { changes: [{ object: 'deal', changed: [theirs.id], gone: [] }] } })
      const renamed = await deals.update(mine, { name: 'renamed' })
      expect(await own.next()).toMatchObject({ data: { changes: [{ object: 'deal', changed: [mine.id], gone: [] }] } })
      expect(await all.next()).toMatchObject({ data: { changes: [{ changed: [mine.id] }] } })
      const taken = await deals.update(renamed, { ownerId: 'ann' })
      expect(await own.next()).toMatchObject({ data: { changes: [{ object: 'deal', changed: [], gone: [mine.id] }] } })
      await all.next()
      await deals.remove(taken)
      expect(await all.next()).toMatchObject({ data: { changes: [{ changed: [], gone: [mine.id] }] } })
      await crm.user({ tenant: 'other' }).records(lead).create({ name: 'not ours' })
      const fresh = await crm.user().records(lead).create({ name: 'ours' })
      expect(await all.next()).toMatchObject({ data: { changes: [{ object: 'lead', changed: [fresh.id], gone: [] }] } })
    } finally {
      all.close()
      own.close()
    }
  })

  test('what happens together is told together, each record once', async () => {
    const deals = crm.user({ id: 'ann' }).records(deal)
    const { ids } = await deals.createMany(['a', 'b', 'c'].map((name) => ({ name })))
    await expect.poll(async () => JSON.stringify((await crm.changes.after(null, 500)).changes)).toContain(ids[2])
    const all = await follow(`${base}?objects=deal`, 'ann')
    try {
      expect(await all.next()).toMatchObject({ event: 'ready' })
      await crm.user({ id: 'ann' }).transaction(async (session) => {
        for (const version of [1, 2, 3])
          for (const id of ids) await session.records(deal).update({ id, version }, { name: `step ${version}` })
      })
      const { data } = await all.next()
      const [{ changed, gone }] = (data as unknown as { changes: [{ changed: string[]; gone: string[] }] }).changes
      expect([changed.toSorted(), gone]).toEqual([[...ids].sort(), []])
    } finally {
      all.close()
    }
  })

  test('a client that comes back is told what it missed, or that it missed too much; one that polls is told the same', async () => {
    const deals = crm.user({ id: 'ann' }).records(deal)
    const ask = async (query: string, user = 'ann') =>
      (await fetch(`${base}?objects=deal${query}`, { headers: { user } })).json() as Promise<Record<string, never>>
    const { position } = await ask('')
    const first = await deals.create({ name: 'first' })
    await expect
      .poll(() => ask(`&after=${position}`), { timeout: 15_000 })
      .toMatchObject({ changes: [{ object: 'deal', changed: [first.id], gone: [] }] })
    const stream = await follow(`${base}?objects=deal`, 'ann', { 'last-event-id': String(position) })
    try {
      expect(await stream.next()).toMatchObject({ event: 'ready', id: position })
      expect(await stream.next()).toMatchObject({ data: { changes: [{ changed: [first.id] }] } })
    } finally {
      stream.close()
    }
    expect(await ask('&after=another:7')).toMatchObject({ changes: [{ object: 'deal', reset: true }] })
    const here = (await ask('')).position
    await deals.createMany(Array.from({ length: 201 }, (_, index) => ({ name: `many ${index}` })))
    await expect.poll(() => ask(`&after=${here}`), { timeout: 15_000 }).toMatchObject({ changes: [{ object: 'deal', reset: true }] })
    const later = (await ask('')).position
    const wanted = await deals.create({ name: 'wanted' })
    await deals.create({ name: 'other' })
    const where = encodeURIComponent(JSON.stringify({ name: 'wanted' }))
    await expect
      .poll(() => ask(`&after=${later}&where=${where}`), { timeout: 15_000 })
      .toMatchObject({ changes: [{ changed: [wanted.id] }] })
  })

  test('what may not be followed is refused', async () => {
    const code = async (query: string, user = 'ann') =>
      ((await (await fetch(`${base}${query}`, { headers: { user } })).json()) as { error: { code: string } }).error.code
    expect(await code('')).toBe('PARAMETER_INVALID')
    expect(await code('?objects=deal', 'nobody')).toBe('OBJECT_UNKNOWN')
    expect(await code('?objects=ghost')).toBe('OBJECT_UNKNOWN')
    expect(await code('?objects=deal,lead&where=%7B%7D')).toBe('PARAMETER_INVALID')
    expect(await code('?objects=deal&who=me')).toBe('PARAMETER_UNKNOWN')
  })
})
