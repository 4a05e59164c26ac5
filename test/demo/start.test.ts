import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { product } from '@guanxi/core/standard'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { harborCrm } from '../../examples/demo/src/crm.ts'
import { openDatabase } from '../../examples/demo/src/database.ts'
import { employees, tenant } from '../../examples/demo/src/people.ts'
import { seed } from '../../examples/demo/src/seed/run.ts'
import { localeOf, sessionCookie } from '../../examples/demo/src/session.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guanxi-demo-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const server = fileURLToPath(new URL('../../examples/demo/src/server.ts', import.meta.url))

/** What `npm start` says, and how it ends. */
function start(env: Record<string, string>): Promise<{ code: unknown; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--conditions=source', server], { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, said: stdout + stderr }),
    )
  })
}

test('a database that cannot be reached is one line without a password, not a stack', async () => {
  const { code, said } = await start({ PORT: '0', DATABASE_URL: 'postgres://ann:secret@localhost:1/shop' })
  expect(code).toBe(1)
  expect(said).toMatch(
    /^The database cannot be opened: postgres:\/\/localhost:1\/shop \(.*ECONNREFUSED.*\)\. Choose another: DATABASE_URL=.*\n$/,
  )
})

test('a port that is none is said to be none', async () => {
  const { code, said } = await start({ PORT: 'abc', DATABASE_URL: join(folder, 'none.db') })
  expect({ code, said }).toEqual({ code: 1, said: 'PORT=abc is not a port: a number from 0 to 65535.\n' })
})

test('another kind of database is refused, and no file gets its name', () => {
  expect(() => openDatabase('mysql://ann:secret@db/shop')).toThrow('DATABASE_URL=mysql://db/shop is neither postgres://')
})

test('a first start that was interrupted says what to do', async () => {
  const file = join(folder, 'half.db')
  const database = openDatabase(file)
  const crm = harborCrm(database)
  await crm.open()
  await crm
    .as({ id: 'books', roles: ['admin'], tenant })
    .records(product)
    .create({ name: '茶', sku: 'TEA' })
  await crm.close()
  await database.shop.destroy()
  await expect(seed(file, () => {})).rejects.toThrow(`left half a year in ${file}`)
})

test('who signs in stays in the language of their browser, until they choose another', () => {
  const rep = employees.find(({ locale }) => locale === 'zh-CN')
  const signedIn = rep ? (sessionCookie(rep).split(';')[0] ?? '') : ''
  const localeWith = (headers: Record<string, string>): string => localeOf(Object.assign(new IncomingMessage(new Socket()), { headers }))
  expect(localeWith({ 'accept-language': 'en-GB,en;q=0.9', cookie: signedIn })).toBe('en')
  expect(localeWith({ 'accept-language': 'zh-TW', cookie: signedIn })).toBe('zh-CN')
  expect(localeWith({ 'accept-language': 'en', cookie: `${signedIn}; harbor_locale=zh-CN` })).toBe('zh-CN')
  expect(localeWith({ cookie: signedIn })).toBe('zh-CN')
})
