import { setTimeout as delay } from 'node:timers/promises'
import { CrmError, committed, defineObject, definePlugin } from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import { createTestCrm } from '@guanxi/core/testing'
import pg from 'pg'
import { expect } from 'vitest'

const order = defineObject('order', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })
const writers = 4
const writesBetween = 40

/** Ends every connection to a database but its own. */
export async function endConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  await client.end()
}

/**
 * Writes all the time while something happens to the database, and then compares what was promised with what is there. The answer is how
 * long it took each time, once it was over, until a write went through again, ms.
 */
export async function writeThrough(
  store: Store,
  { rounds, disturb }: { readonly rounds: number; readonly disturb: () => Promise<unknown> },
): Promise<number[]> {
  const told = new Map<string, number>()
  const yard = definePlugin({
    id: 'yard',
    version: '1.0.0',
    core: '^0.1.0',
    setup(plugin) {
      plugin.object(order)
      const tell = ({ values }: { values: Readonly<Record<string, readonly [unknown, unknown]>> }): void => {
        const name = String(values.name?.[1])
        told.set(name, (told.get(name) ?? 0) + 1)
      }
      plugin.hook(committed(order, { id: 'tell' }, tell))
    },
  })
  const crm = await createTestCrm({ store, plugins: [yard()], standard: false })
  const outcomes = new Map<string, string>()
  let isOver = false
  let enough = Promise.withResolvers<void>()
  let through = Promise.withResolvers<void>()
  let written = 0
  const pauses: number[] = []
  const write = async (name: string): Promise<void> => {
    const user = crm.user()
    const work = name.endsWith('0')
      ? user.transaction(async (session) => {
          await session.records(order).create({ name: `${name} too` })
          await session.records(order).create({ name }, { idempotencyKey: name })
        })
      : user.records(order).create({ name }, { idempotencyKey: name })
    const outcome = await work.then(
      () => 'done',
      (error: unknown) => (error instanceof CrmError ? error.code : String(error)),
    )
    outcomes.set(name, outcome)
    if (outcome === 'done') {
      written += 1
      through.resolve()
    } else await delay(5)
    if (written >= writesBetween) enough.resolve()
  }
  const writer = async (own: number): Promise<void> => {
    for (let turn = 0; !isOver; turn++) await write(`${own}-${turn}`)
  }
  try {
    await crm.run({ pollMilliseconds: 20, leaseMilliseconds: 500 })
    const writing = Promise.all(Array.from({ length: writers }, (_, own) => writer(own)))
    for (let round = 0; round < rounds; round++) {
      // Whoever never gets through again never comes to the next round.
      await enough.promise
      written = 0
      enough = Promise.withResolvers<void>()
      await disturb()
      const over = performance.now()
      through = Promise.withResolvers<void>()
      await through.promise
      pauses.push(performance.now() - over)
    }
    await enough.promise
    isOver = true
    await writing
    const records = crm.user().records(order)
    const there = new Map<string, number>()
    let cursor: string | undefined
    do {
      const page = await records.find({ limit: 500, fields: ['name'], ...(cursor && { cursor }) })
      for (const { name } of page.records) there.set(name, (there.get(name) ?? 0) + 1)
      cursor = page.cursor ?? undefined
    } while (cursor)
    const wrong = [...outcomes].filter(([name, outcome]) => {
      const times = there.get(name) ?? 0
      const pair = name.endsWith('0') ? (there.get(`${name} too`) ?? 0) : times
      if (pair !== times) return true
      return outcome === 'done' ? times !== 1 : outcome === 'STORE_UNAVAILABLE' ? times !== 0 : outcome !== 'OUTCOME_UNKNOWN'
    })
    expect(wrong).toEqual([])
    for (const [name, outcome] of outcomes) {
      if (outcome !== 'OUTCOME_UNKNOWN') continue
      await records.create({ name }, { idempotencyKey: name })
      expect(await records.count({ where: { name } }), name).toBe(1)
    }
    // Everybody who listens hears of all of it, at least once.
    const names = await records.count()
    await expect.poll(() => told.size, { timeout: 20_000 }).toBe(names)
    return pauses
  } finally {
    isOver = true
    await crm.close()
  }
}
