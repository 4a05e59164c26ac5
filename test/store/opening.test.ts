import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { CrmError, type CrmOptions, createCrm } from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guanxi-opening-'))
  await writeFile(join(folder, 'text.db'), 'This is a letter, and no database at all. '.repeat(40))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What somebody without a compiler might have written. */
const loosely = <T>(value: unknown): T => value as T

async function refusal(work: () => unknown): Promise<CrmError> {
  const error = await (async () => work())().then(
    () => null,
    (one: unknown) => one,
  )
  expect(error).toBeInstanceOf(CrmError)
  return error as CrmError
}

describe('options of createCrm', () => {
  const store = sqlite(':memory:')
  it.each([
    ['nothing at all', undefined, 'store'],
    ['no store', {}, 'store'],
    ['a file name for a store', { store: 'crm.db' }, 'store'],
    ['a misspelt option', { store, tenat: 'main' }, 'tenat'],
    ['one plugin without its list', { store, plugins: {} }, 'plugins'],
    ['an identity for identify', { store, identify: { id: 'ada' } }, 'identify'],
    ['a number for a tenant', { store, tenant: 7 }, 'tenant'],
    ['an unknown way to migrate', { store, migrate: true }, 'migrate'],
  ])('refuses %s', async (_, options, named) => {
    const error = await refusal(() => createCrm(loosely<CrmOptions>(options)))
    expect(error.code).toBe('OPTION_INVALID')
    expect(error.params.option).toBe(named)
  })
})

describe('where a database is', () => {
  it.each([
    ['sqlite(undefined)', () => sqlite(loosely(undefined)), 'not undefined'],
    ['sqlite of no name', () => sqlite(''), 'an empty text'],
    ['sqlite of a PostgreSQL URL', () => sqlite('postgres://ann:secret@db/app'), 'postgres() takes that'],
    ['sqlite of another URL', () => sqlite('mysql://ann:secret@db/app'), 'mysql://…'],
    ['sqlite with an unknown driver', () => sqlite('crm.db', { driver: loosely('bettersqlite') }), 'better-sqlite3'],
    ['postgres(undefined)', () => postgres(loosely(undefined)), 'not undefined'],
    ['postgres of a file', () => postgres('crm.db'), '“crm.db”'],
    ['postgres of another URL', () => postgres('mysql://ann:secret@db/app'), 'mysql://…'],
  ])('%s is refused before anything is opened', async (_, make, said) => {
    const error = await refusal(make)
    expect(error.code).toBe('OPTION_INVALID')
    expect(error.message).toContain(said)
    expect(error.message).not.toContain('secret')
  })
})

describe('a database that cannot be opened', () => {
  const atServer = (change: Partial<URL>): Store => postgres(Object.assign(new URL(inject('postgresUrl')), change).href)
  const cases: [string, () => Store, string][] = [
    ['sqlite3, a folder that is not there', () => sqlite(join(folder, 'none', 'crm.db')), 'none'],
    ['better-sqlite3, a folder that is not there', () => sqlite(join(folder, 'none', 'crm.db'), { driver: 'better-sqlite3' }), 'directory'],
    ['sqlite3, a file of something else', () => sqlite(join(folder, 'text.db')), 'not a database'],
    ['better-sqlite3, a file of something else', () => sqlite(join(folder, 'text.db'), { driver: 'better-sqlite3' }), 'not a database'],
    ['PostgreSQL, nobody listens', () => postgres('postgres://ann:secret@127.0.0.1:1/app'), 'ECONNREFUSED'],
    ['PostgreSQL, nobody listens on any address', () => postgres('postgres://ann:secret@localhost:1/app'), 'ECONNREFUSED'],
    ['PostgreSQL, no such database', () => atServer({ pathname: '/nowhere' }), '"nowhere" does not exist'],
    ['PostgreSQL, no such user', () => atServer({ username: 'nobody', password: 'secret' }), 'nobody'],
  ]

  it.each(cases)('%s: says why, in one error and without noise', async (_, make, said) => {
    const noise = vi.spyOn(console, 'log').mockImplementation(() => {})
    const crm = createCrm({ store: make(), tenant: 'main' })
    const error = await refusal(() => crm.open())
    expect(error.code).toBe('DATABASE_UNREACHABLE')
    expect(error.message).toContain(said)
    expect(error.message).not.toContain('secret')
    expect(error.hint).toMatch(/address/)
    expect(noise).not.toHaveBeenCalled()
    noise.mockRestore()
    await crm.close()
  })

  it('can be opened once the reason is gone', async () => {
    const late = join(folder, 'late')
    const crm = createCrm({ store: sqlite(join(late, 'crm.db')), tenant: 'main' })
    await refusal(() => crm.open())
    await import('node:fs/promises').then(({ mkdir }) => mkdir(late))
    await crm.open()
    await crm.close()
  })
})

it.each(['sqlite3', 'better-sqlite3'] as const)(
  'after close() a CRM on %s says that it is closed, wherever it is asked',
  async (driver) => {
    const crm = createCrm({ store: sqlite(':memory:', { driver }), tenant: 'main' })
    await crm.open()
    const leads = crm.as({ id: 'ada', roles: ['admin'] }).records('lead')
    await leads.create({ name: '蓝海' })
    await crm.close()
    await crm.close()
    const asked = [() => leads.find(), () => leads.create({ name: '红山' }), () => crm.as({ id: 'ada' }), () => crm.open(), () => crm.run()]
    for (const ask of asked) expect((await refusal(ask)).code).toBe('NOT_OPEN')
  },
)

describe('calls without a compiler', () => {
  const crm = createCrm({ store: sqlite(':memory:'), tenant: 'main' })
  beforeAll(() => crm.open())
  afterAll(() => crm.close())
  const ada = () => crm.as({ id: 'ada', roles: ['admin'] })
  const deals = () => ada().records('deal')

  it.each<[string, () => unknown, string, RegExp]>([
    ['no object', () => ada().records(loosely<string>(undefined)).find(), 'OBJECT_UNKNOWN', /undefined/],
    ['an object in the plural', () => ada().records('deals').find(), 'OBJECT_UNKNOWN', /singular/],
    ['a sort that is no list', () => deals().find({ sort: loosely('name') }), 'PARAMETER_INVALID', /\['name'/],
    ['an id without the version', () => deals().update(loosely('0190'), { name: 'x' }), 'VERSION_REQUIRED', /version you read/],
    ['an id without the version, to remove', () => deals().remove(loosely('0190')), 'VERSION_REQUIRED', /version you read/],
  ])('%s is told with what to do', async (_, ask, code, said) => {
    const error = await refusal(ask)
    expect(error.code).toBe(code)
    expect(`${error.message} ${error.hint}`).toMatch(said)
  })

  it('a number for an amount is told what an amount is made of', async () => {
    const error = await refusal(() => deals().create({ name: 'x', amount: 5 }))
    expect(JSON.stringify(error.toBody().details)).toContain('{ minor, currency }')
  })
})
