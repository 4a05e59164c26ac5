import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { importing, importJob } from '@guanxi/adapters/import'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { type Crm, createCrm, type Identity } from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import { afterEach, expect, it } from 'vitest'
import { postgresDatabase } from '../../support/engines.ts'
import { type Desk, openDesk } from './setting.ts'

const rows = 5_000
const csv = `名称\n${Array.from({ length: rows }, (_, index) => `客户 ${index}`).join('\n')}\n`
const mapping = { object: 'customer', columns: [{ column: '名称', field: 'name' }] }
const ann: Identity = { id: 'ann', roles: ['admin'] }
const aMinute = 60_000

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'guanxi-taken-over-'))
  open.push(() => rm(made, { recursive: true, force: true }))
  return made
}

const databases: Readonly<Record<string, () => Promise<{ at: string; store: () => Store }>>> = {
  'better-sqlite3': async () => {
    const at = join(await folder(), 'crm.db')
    return { at, store: () => sqlite(at, { driver: 'better-sqlite3', synchronous: 'normal' }) }
  },
  postgres: async () => {
    const { url, drop } = await postgresDatabase()
    open.push(drop)
    return { at: url, store: () => postgres(url) }
  },
}

/** Another process on the same database, its clock ahead by so much. */
async function another(store: Store, ahead: number): Promise<Crm> {
  const crm = createCrm({ store, tenant: 'desk', plugins: [importing()], clock: () => Date.now() + ahead })
  await crm.open()
  open.push(() => crm.close())
  return crm
}

const server = fileURLToPath(new URL('import-server.ts', import.meta.url))

for (const [name, make] of Object.entries(databases)) {
  it(`attack:K03 an import whose process dies is gone on with by another, every row exactly once (${name})`, {
    timeout: 60_000,
  }, async () => {
    const { at, store } = await make()
    const uploads = await folder()
    const child = spawn(process.execPath, ['--conditions=source', server, at, uploads], { stdio: ['ignore', 'pipe', 'inherit'] })
    open.push(async () => void child.kill('SIGKILL'))
    const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const send = async (path: string, body?: unknown) => {
      const sent = typeof body === 'string' ? body : JSON.stringify(body)
      const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json'
      const answer = await fetch(`${url}/api/imports/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        ...(body !== undefined && { headers: { 'content-type': type }, body: sent }),
      })
      return (await answer.json()) as { readonly id: string; readonly job: { readonly id: string; readonly rowsDone: number } }
    }
    const { id: file } = await send('files?name=x.csv', csv)
    const { job } = await send('jobs', { files: [{ file, mapping }] })
    await send(`jobs/${job.id}/run`, {})
    await expect.poll(async () => (await send(`jobs/${job.id}`)).job.rowsDone, { interval: 10, timeout: 20_000 }).toBeGreaterThan(0)
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited

    const soon = await another(store(), 0)
    await soon.flush()
    const jobs = soon.as(ann).records(importJob)
    expect(await jobs.get(job.id)).toMatchObject({ state: 'running' })
    expect((await jobs.get(job.id)).rowsDone).toBeLessThan(rows)
    const later = await another(store(), aMinute + 1_000)
    await later.flush()
    expect(await jobs.get(job.id)).toMatchObject({ state: 'done', rowsDone: rows, created: rows, refused: 0, createdBy: 'ann' })
    const customers = later.as(ann).records('customer')
    expect(await customers.count()).toBe(rows)
    expect(await customers.count({ where: { createdBy: 'ann' } })).toBe(rows)
    expect(await readdir(uploads)).toEqual([])
  })
}

/** A job that has begun and is taken back to where its process would have left it. */
async function begun(desk: Desk, state: 'running' | 'stopped' | 'cancelled'): Promise<string> {
  const file = (await desk.upload('x.csv', `名称\n${state}\n`, 'bob')).body.id
  const { job } = (await desk.send('POST', '/api/imports/jobs', { user: 'bob', body: { files: [{ file, mapping }] } })).body
  const [kept, note] = await Promise.all([desk.keep(file), desk.keep(job.id)])
  await desk.send('POST', `/api/imports/jobs/${job.id}/run`, { user: 'bob', body: {} })
  await desk.rest(job.id)
  await Promise.all([kept(), note()])
  const lost = { state, cursor: null, rowsDone: 0, created: 0, finishedAt: null }
  await desk.crm.as(ann).records(importJob).update({ id: job.id, version: 'any' }, lost)
  return job.id
}

it('an import that was paused goes on with the rights of who started it, one that was cancelled does not', async () => {
  const desk = await openDesk()
  const [paused, cancelled] = [await begun(desk, 'stopped'), await begun(desk, 'cancelled')]
  desk.clock.now += aMinute
  await desk.crm.flush()
  const jobs = desk.crm.as(ann).records(importJob)
  expect(await jobs.get(paused)).toMatchObject({ state: 'done', created: 1, updatedBy: 'bob' })
  expect(await jobs.get(cancelled)).toMatchObject({ state: 'cancelled', created: 0 })
})

it('an import that moves is left alone, and looked at again', async () => {
  const desk = await openDesk()
  const job = await begun(desk, 'running')
  const jobs = desk.crm.as(ann).records(importJob)
  for (let minute = 0; minute < 3; minute++) {
    desk.clock.now += aMinute
    await jobs.update({ id: job, version: 'any' }, { rowsDone: 0, name: `moved ${minute}` })
    await desk.crm.flush()
    expect((await jobs.get(job)).state).toBe('running')
  }
  desk.clock.now += aMinute
  await desk.crm.flush()
  expect((await jobs.get(job)).state).toBe('done')
})

it('an import whose files no process finds says so in the end', async () => {
  const desk = await openDesk()
  const job = await begun(desk, 'running')
  for (const name of await readdir(desk.folder)) await rm(join(desk.folder, name))
  const jobs = desk.crm.as(ann).records(importJob)
  for (let tried = 0; tried < 10; tried++) {
    expect((await jobs.get(job)).state).toBe('running')
    desk.clock.now += aMinute
    await desk.crm.flush()
  }
  const { state, failure } = await jobs.get(job)
  expect([state, JSON.parse(failure ?? '{}').code]).toEqual(['stopped', 'IMPORT_FILE_GONE'])
})

it('uploads are gone within an hour of their time, also where no new one comes', async () => {
  const desk = await openDesk({ http: { imports: { keepHours: 2 } } })
  await desk.upload('x.csv', csv)
  desk.clock.now += 30 * aMinute
  await desk.upload('y.csv', csv)
  desk.clock.now += 90 * aMinute
  await desk.crm.flush()
  expect(await readdir(desk.folder)).toHaveLength(2)
  desk.clock.now += 60 * aMinute
  await desk.crm.flush()
  expect(await readdir(desk.folder)).toEqual([])
})
