import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { toNodeHandler } from '@guanxi/adapters/http'
import { createCrm, definePlugin, type ObjectHandle } from '@guanxi/core'
import { type Place, storeAt } from './database.ts'
import { median } from './statistics.ts'

const commits = 60

/** How long somebody waits to hear of a commit, ms. */
export interface Delays {
  readonly middle: number
  readonly p95: number
  readonly longest: number
}

/** Writes now and then, and measures when a stream of a real server on this machine tells of it. */
export async function liveDelays(place: Place, object: ObjectHandle<object>): Promise<Delays> {
  const yard = definePlugin({ id: 'yard', version: '1.0.0', core: '^0.1.0', setup: (plugin) => plugin.object(object) })
  const ada = { id: 'ada', tenant: 'test', roles: ['admin'] }
  const crm = createCrm({ store: storeAt(place, 4, () => {}), plugins: [yard()], standard: false, identify: () => ada })
  await crm.open()
  const server = createServer(toNodeHandler(crm, { basePath: '/' }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const leave = new AbortController()
  try {
    const records = crm.as(ada).records(object)
    await records.create({ name: 'the first' } as never)
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/live?objects=${object.name}`
    const answer = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: leave.signal })
    const heard = new Map<string, () => void>()
    const listening = listen(answer.body as ReadableStream<Uint8Array>, (text) => {
      for (const [id, resolve] of heard) if (text.includes(id)) resolve()
    })
    const delays: number[] = []
    for (let index = 0; index < commits; index++) {
      await delay(Math.random() * 600)
      const { id } = (await records.create({ name: `order ${index}` } as never)) as { id: string }
      const committed = performance.now()
      await new Promise<void>((resolve) => heard.set(id, resolve))
      delays.push(performance.now() - committed)
      heard.delete(id)
    }
    leave.abort()
    await listening.catch(() => {})
    const sorted = delays.toSorted((a, b) => a - b)
    return { middle: median(delays), p95: sorted[Math.ceil(commits * 0.95) - 1] ?? Number.NaN, longest: sorted.at(-1) ?? Number.NaN }
  } finally {
    leave.abort()
    server.closeAllConnections()
    server.close()
    await crm.close()
  }
}

async function listen(body: ReadableStream<Uint8Array>, hear: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const piece of body) {
    rest += decoder.decode(piece, { stream: true })
    const end = rest.lastIndexOf('\n\n')
    if (end < 0) continue
    hear(rest.slice(0, end))
    rest = rest.slice(end)
  }
}
