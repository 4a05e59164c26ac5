import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { describe, expect, test } from 'vitest'
import { day, fill, openDepot, parcel, people, today } from '../decider/parcels.ts'
import { postgresDatabase } from '../support/engines.ts'

const runner = fileURLToPath(new URL('../crash/decider-run.ts', import.meta.url))
const count = 4_000

const targets = [
  {
    name: 'sqlite',
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'guanxi-decider-'))
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

/** Carries the run on in a process of its own; killed `delay` milliseconds after so many batches. */
async function inProcess(
  address: string,
  tenant: string,
  at: number,
  kill?: { readonly after: number; readonly delay: number },
): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=source', runner, address, tenant, String(at)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let batches = 0
  for await (const line of createInterface({ input: child.stdout }))
    if (line === 'batch' && ++batches === kill?.after) setTimeout(() => child.kill('SIGKILL'), kill.delay)
  await exited
}

describe.each(targets)('a run killed on $name', (target) => {
  test('attack:K04 attack:J02 is carried on by whoever asks next, two at once included, and writes each record once', async () => {
    const database = await target.open()
    const crm = await openDepot(database, { hook: () => {} })
    try {
      for (const delay of [0, 3, 11, 29]) {
        const { admin } = people()
        const tenant = admin.tenant ?? ''
        const { deciders, records } = crm.as(admin)
        for (let part = 0; part < 4; part++) await fill(crm, admin, count / 4)
        await deciders.propose('depot.stale', { limits: { blast: { records: null } } })
        await deciders.advance('depot.stale', { to: 'on' })
        const { affected } = await deciders.preview('depot.stale')
        const at = today - day
        await inProcess(database.address, tenant, at, { after: 1, delay })
        await Promise.all([
          inProcess(database.address, tenant, at),
          inProcess(database.address, tenant, at),
          deciders.run('depot.stale', { at }),
        ])
        const [run, ...others] = await deciders.runs()
        expect(others).toEqual([])
        expect(run?.status).toBe('done')
        expect(run?.affected).toBeGreaterThan(affected * 0.9)
        const versions = await records(parcel).aggregate({ where: { version: 2 } as never, measures: ['count'] })
        expect(versions[0]?.values.count).toBe(run?.affected)
        expect(await records(parcel).count({ where: { version: { gt: 2 } } as never })).toBe(0)
      }
    } finally {
      await crm.close()
      await database.drop()
    }
  })
})
