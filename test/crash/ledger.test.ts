import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createTestCrm } from '@guanxi/core/testing'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'
import { accounts, names, orderLine, places, points, seats } from './accounts.ts'

/** Posters at once, and how often each is killed and started again; the deep run asks for more. */
const posters = Number(process.env.LEDGER_POSTERS ?? 4)
const rounds = Number(process.env.LEDGER_ROUNDS ?? 2)

const targets = [
  {
    name: 'sqlite',
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'guanxi-ledger-'))
      const file = join(folder, 'crm.db')
      return {
        address: file,
        store: () => sqlite(file, { synchronous: 'normal' }),
        settle: async () => {},
        drop: () => rm(folder, { recursive: true, force: true }),
      }
    },
  },
  {
    name: 'postgres',
    async open() {
      const { url, drop } = await postgresDatabase()
      return { address: url, store: () => postgres(url), settle: () => serverIsQuiet(url), drop }
    },
  },
]

/** The server may still be busy with the last statement of somebody who is dead. */
async function serverIsQuiet(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const others = `select count(*)::int as busy from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`
  try {
    for (;;) {
      const { rows } = await client.query<{ busy: number }>(others)
      if (rows[0]?.busy === 0) return
    }
  } finally {
    await client.end()
  }
}

const script = fileURLToPath(new URL('poster.ts', import.meta.url))

/** Starts a poster, lets it answer `after` times, kills it, and says what it had been promised. */
async function killPoster(address: string, prefix: string, after: number, delay: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--conditions=source', script, address, prefix], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const promised: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, key] = line.split(' ')
    if (word === 'posted' && key) promised.push(key)
    if (promised.length === after) setTimeout(() => child.kill('SIGKILL'), delay)
  }
  await exited
  if (child.signalCode !== 'SIGKILL') throw new Error(`The poster stopped by itself: ${child.exitCode}`)
  return promised
}

describe.each(targets)('posters killed on $name', (target) => {
  test(`semantics:0.6 ${posters} processes post and are killed ${rounds} times each; every balance is its sum`, {
    timeout: 120_000 + posters * rounds * 10_000,
  }, async () => {
    const database = await target.open()
    const crm = await createTestCrm({ store: database.store(), plugins: [accounts()], standard: false })
    try {
      const promised = await Promise.all(
        Array.from({ length: posters }, async (_, poster) => {
          const keys: string[] = []
          for (let round = 0; round < rounds; round++)
            keys.push(...(await killPoster(database.address, `p${poster}r${round}`, 3 + ((poster * 7 + round) % 9), (poster * 13) % 29)))
          return keys
        }),
      )
      await database.settle()
      const { ledgers } = crm.user()
      const posted = new Map<string, number>()
      for (const account of names) {
        let cursor: string | undefined
        let sum = 0
        do {
          const page = await ledgers.entries(points, account, { limit: 500, ...(cursor && { cursor }) })
          for (const { key, amount } of page.entries) {
            posted.set(key, (posted.get(key) ?? 0) + 1)
            sum += amount
          }
          cursor = page.cursor ?? undefined
        } while (cursor)
        expect(await ledgers.balance(points, account)).toBe(sum)
        expect(sum).toBeGreaterThanOrEqual(0)
        expect(await ledgers.balance(seats, account)).toBeLessThanOrEqual(places)
      }
      for (const key of promised.flat()) expect(posted.get(key), key).toBe(1)
      expect([...posted.values()].every((times) => times === 1)).toBe(true)
      for (const ledger of [points, seats]) expect((await ledgers.recount(ledger)).differences).toEqual([])
      expect(await crm.user().records(orderLine).count()).toBeGreaterThan(0)
    } finally {
      await crm.close()
      await database.drop()
    }
  })
})
