import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { expect, test, vi } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'
import { courier, parcel } from './courier.ts'
import { Receiver } from './receiver.ts'

/** Changes that are told and workers that are killed on each engine; the deep run asks for more. */
const changes = Number(process.env.WORK_CHANGES ?? 80)
const kills = Number(process.env.WORK_KILLS ?? 1)
const perRecord = 4

const targets = [
  {
    name: 'sqlite',
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'guanxi-work-'))
      const file = join(folder, 'crm.db')
      return {
        address: file,
        store: () => sqlite(file, { synchronous: 'normal' }),
        drop: () => rm(folder, { recursive: true, force: true }),
      }
    },
  },
  {
    name: 'postgres',
    async open() {
      const { url, drop } = await postgresDatabase()
      return { address: url, store: () => postgres(url), drop }
    },
  },
]

const script = fileURLToPath(new URL('courier-worker.ts', import.meta.url))

async function startWorker(database: string, receiver: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--conditions=source', script, database, receiver], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return child
}

/** Numbers from 0 to 1, the same in every run. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

test.each(targets)(
  `attack:J01 attack:K04 ${changes} changes on $name, one in five refused, ${kills} workers killed: each effect once, each record in order`,
  {
    timeout: 120_000 + changes * 100 + kills * 4_000,
  },
  async (target) => {
    const database = await target.open()
    const random = chance(7)
    const receiver = new Receiver(random)
    const url = await receiver.open()
    const crm = createCrm({ store: database.store(), tenant: 'test', plugins: [courier(url)], standard: false })
    const children: ChildProcess[] = []
    try {
      await crm.open()
      const records = crm.as({ id: 'ada', roles: ['admin'] }).records(parcel)
      children.push(await startWorker(database.address, url), await startWorker(database.address, url))
      const write = async (): Promise<void> => {
        for (let made = 0; made < changes; made += perRecord) {
          let seen = await records.create({ name: `parcel ${made}` })
          for (let step = 1; step < perRecord; step++) seen = await records.update(seen, { step })
        }
      }
      const kill = async (): Promise<void> => {
        for (let round = 0; round < kills; round++) {
          const reached = receiver.deliveries + Math.ceil((random() * changes) / kills)
          await vi.waitFor(() => expect(receiver.deliveries >= reached || receiver.effects.size >= changes * 0.8).toBe(true), {
            timeout: 60_000,
            interval: 5,
          })
          const victim = children.shift()
          const gone = once(victim as ChildProcess, 'exit')
          victim?.kill('SIGKILL')
          await gone
          children.push(await startWorker(database.address, url))
        }
      }
      await Promise.all([write(), kill()])
      const patience = { timeout: 60_000 + changes * 20, interval: 20 }
      await vi.waitFor(() => expect([receiver.effects.size, receiver.jobs.size]).toEqual([changes, changes / perRecord]), patience)
      expect(receiver.deliveries).toBeGreaterThan(changes)
      const wrong = [...receiver.orders()].filter(
        ([, versions]) => versions.join() !== Array.from({ length: perRecord }, (_, index) => index + 1).join(),
      )
      expect(wrong).toEqual([])
      await vi.waitFor(async () => expect(await crm.health()).toMatchObject({ consumers: [{ parked: 0, behind: 0 }] }), patience)
    } finally {
      for (const child of children) child.kill('SIGKILL')
      await crm.close()
      await receiver.close()
      await database.drop()
    }
  },
)
