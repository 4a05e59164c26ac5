import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, type Identity } from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import { expect, test } from 'vitest'
import { postgresDatabase } from '../support/engines.ts'
import { type Input, note, steady, work } from './steady.ts'

/** Ways in which a job ends its process; only the deep run asks for any. */
const deaths = (process.env.WORK_DEATHS ?? '').split(',').filter(Boolean) as Input['does'][]
const patience = { timeout: 30_000, interval: 20 }

const targets = [
  {
    name: 'sqlite',
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'guanxi-steady-'))
      const file = join(folder, 'crm.db')
      const store = (): Store => sqlite(file, { synchronous: 'normal', driver: 'better-sqlite3' })
      return { address: file, store, drop: () => rm(folder, { recursive: true, force: true }) }
    },
  },
  {
    name: 'postgres',
    async open() {
      const { url, drop } = await postgresDatabase()
      return { address: url, store: (): Store => postgres(url, { pool: { min: 0, max: 3 } }), drop }
    },
  },
]

/** A worker in a process of its own, and what it has told the world. */
class Outside {
  readonly lines: string[] = []
  readonly exited: Promise<[number | null, NodeJS.Signals | null]>
  readonly #child: ChildProcess

  constructor(address: string, ...more: string[]) {
    const script = fileURLToPath(new URL('steady-worker.ts', import.meta.url))
    // A job that swells must not take the machine with it.
    const flags = ['--conditions=source', '--max-old-space-size=120']
    this.#child = spawn(process.execPath, [...flags, script, address, ...more], { stdio: ['ignore', 'pipe', 'ignore'] })
    this.exited = once(this.#child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (line) => this.lines.push(line))
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  async says(text: string): Promise<void> {
    await expect.poll(() => this.lines.some((line) => line.includes(text)), patience).toBe(true)
  }
}

async function setting(target: (typeof targets)[number]) {
  const database = await target.open()
  const crm = createCrm<Identity>({ store: database.store(), tenant: 'test', plugins: [steady()], standard: false, log: () => {} })
  await crm.open()
  const ada = crm.as({ id: 'ada', roles: ['admin'] })
  const others: Outside[] = []
  return {
    ada,
    crm,
    put: (does: Input['does'], name: string, key?: string) => ada.enqueue(work, { does, name }, key === undefined ? {} : { key }),
    outside(...more: string[]): Outside {
      const other = new Outside(database.address, ...more)
      others.push(other)
      return other
    },
    notes: async () => (await ada.records(note).find({ limit: 100 })).records.map(({ name }) => name).toSorted(),
    async end() {
      for (const other of others) other.signal('SIGKILL')
      await Promise.all(others.map(({ exited }) => exited))
      await crm.close()
      await database.drop()
    },
  }
}

test.each(targets)(
  'attack:J04 attack:K11 a worker on $name that stood still for twice its lease sends nothing more; told to end, it hands back and exits with 0',
  async (target) => {
    const { ada, crm, put, outside, notes, end } = await setting(target)
    try {
      await put('sends', 'mail', 'mail')
      const other = outside()
      await other.says('mail sent 3')
      other.signal('SIGSTOP')
      // Somebody else takes over as soon as the lease is over by the database's clock.
      const running = await crm.run({ pollMilliseconds: 20, leaseMilliseconds: 1_500 })
      await expect.poll(async () => (await ada.operations.jobs()).jobs[0]?.attempt, patience).toBe(2)
      const before = other.lines.length
      // Meanwhile there is something else to do for whoever stood still: it lives on.
      await running.stop({ graceMilliseconds: 0 })
      await ada.operations.jobs().then(({ jobs }) => Promise.all(jobs.map(({ id }) => ada.operations.dropJob(id))))
      await put('waits', 'long', 'long')
      other.signal('SIGCONT')
      await other.says('long waits')
      expect(other.lines.slice(before).filter((line) => line.startsWith('mail sent'))).toEqual([])
      expect(await notes()).toEqual(['long', 'mail'])
      other.signal('SIGTERM')
      expect(await other.exited).toEqual([0, null])
      expect((await ada.operations.jobs()).jobs).toMatchObject([{ state: 'waiting', attempt: 0, error: null }])
    } finally {
      await end()
    }
  },
)

test.runIf(deaths.length > 0).each(targets)(
  `attack:J06 attack:J13 on $name a job that ends its process (${deaths.join(', ')}) reaches the dead letters, those beside it do not, and the last input of a key stays`,
  { timeout: 60_000 + deaths.length * 60_000 },
  async (target) => {
    const { ada, crm, put, outside, notes, end } = await setting(target)
    try {
      await put('waits', 'first', 'key')
      const held = outside()
      await held.says('first waits')
      for (const name of ['second', 'third']) await put('notes', name, 'key')
      held.signal('SIGKILL')
      await held.exited
      for (const does of deaths) {
        await put(does, `poison ${does}`)
        await put('notes', `beside ${does}`)
        // It dies as often as it is tried; every other time somebody finds it counted.
        for (let death = 0; death < 2; death++) {
          const [code, signal] = await outside().exited
          expect(code !== 0 || signal !== null).toBe(true)
        }
      }
      await crm.run({ pollMilliseconds: 20, leaseMilliseconds: 1_500 })
      await expect.poll(async () => (await ada.operations.jobs({ state: 'waiting' })).jobs.length, patience).toBe(0)
      await expect.poll(async () => (await ada.operations.jobs({ state: 'running' })).jobs.length, patience).toBe(0)
      const { jobs } = await ada.operations.jobs({ state: 'dead' })
      expect(jobs.map(({ error }) => error)).toEqual(deaths.map(() => expect.stringContaining('died')))
      const beside = deaths.flatMap((does) => [`beside ${does}`, `poison ${does}`])
      expect(await notes()).toEqual([...beside, 'first', 'third'].toSorted())
    } finally {
      await end()
    }
  },
)

test.runIf(deaths.length > 0).each(targets)(
  'attack:J06 on $name a change that ends the process it is told to is parked after some deaths, and what comes after it is told',
  { timeout: 180_000 },
  async (target) => {
    const { ada, outside, end } = await setting(target)
    try {
      const first = outside('listens')
      await first.says('ready')
      const names = ['before', 'poison', 'after', 'last']
      for (const name of names) await ada.records(note).create({ name })
      let dead = 0
      await first.exited
      const heard = [...first.lines]
      while (!heard.includes('heard last')) {
        const other = outside('listens')
        await Promise.race([other.exited, other.says('heard last').catch(() => {})])
        heard.push(...other.lines)
        expect(++dead).toBeLessThan(12)
      }
      expect(heard).toEqual(expect.arrayContaining(['heard before', 'heard after']))
      const { changes } = await ada.operations.parked()
      expect(changes).toMatchObject([{ consumer: 'listening.notes', error: expect.stringContaining('died') }])
    } finally {
      await end()
    }
  },
)
