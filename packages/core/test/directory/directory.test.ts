import { sqlite } from '@guanxi/adapters/sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { createDirectory, type Directory } from '../../src/directory/create-directory.ts'
import type { SelectPlan, Store } from '../../src/store/port.ts'
import { membershipTable, systemTables, teamTreeTable } from '../../src/store/system-tables.ts'

let store: Store
let directory: Directory
let statements: string[]
let failing = false

beforeEach(async () => {
  statements = []
  store = sqlite(':memory:', {
    driver: 'better-sqlite3',
    observe: ({ label }) => {
      if (failing) throw new Error('the database is away')
      statements.push(label)
    },
  })
  await store.open()
  await store.apply(systemTables)
  directory = createDirectory(store, () => 1_000)
})

afterEach(() => store.close())

const tenant = 't1'
const treePlan: SelectPlan = {
  table: teamTreeTable,
  columns: ['ancestor_id', 'team_id', 'depth'],
  order: [
    { operand: { column: 'team_id', nullable: false }, descending: false },
    { operand: { column: 'depth', nullable: false }, descending: false },
  ],
  revision: false,
}

/** The closure of the tree, as `team: itself < above < …`. */
async function tree(): Promise<string[]> {
  const rows = await store.direct.select(treePlan, [tenant])
  const byTeam = Map.groupBy(rows, (row) => String(row.team_id))
  return [...byTeam].map(([team, above]) => {
    expect(above.map((row) => Number(row.depth))).toEqual(above.map((_, depth) => depth))
    return `${team}: ${above.map((row) => String(row.ancestor_id)).join(' < ')}`
  })
}

const team = (id: string, parentId?: string | null) => ({ id, name: id, parentId })
const person = (id: string, more: object = {}) => ({ id, name: `Name ${id}`, ...more })
const actor = (more: Partial<Actor> = {}): Actor => ({
  id: 'u1',
  tenant,
  kind: 'user',
  roles: ['rep'],
  teamIds: [],
  name: '王芳',
  locale: 'zh-CN',
  ...more,
})
const names = async (search: string) => (await directory.people(tenant, { search })).map(({ name }) => name)

describe('people', () => {
  it('are kept with everything said of them', async () => {
    await directory.put(tenant, {
      teams: [team('north'), team('south')],
      people: [
        {
          id: 'u1',
          name: '王芳',
          email: 'Fang@x.cn',
          state: 'away',
          awayFrom: 5,
          awayTo: 1_800_000_000_000,
          locale: 'zh-CN',
          roles: ['rep'],
          teamIds: ['south', 'north'],
        },
      ],
    })
    expect(await directory.people(tenant)).toEqual([
      {
        id: 'u1',
        name: '王芳',
        email: 'Fang@x.cn',
        state: 'away',
        awayFrom: 5,
        awayTo: 1_800_000_000_000,
        locale: 'zh-CN',
        roles: ['rep'],
        teamIds: ['north', 'south'],
        leads: [],
      },
    ])
  })

  it('start active, with nothing else', async () => {
    await directory.put(tenant, { people: [person('u1')] })
    expect(await directory.people(tenant)).toEqual([
      {
        id: 'u1',
        name: 'Name u1',
        email: null,
        state: 'active',
        awayFrom: null,
        awayTo: null,
        locale: null,
        roles: [],
        teamIds: [],
        leads: [],
      },
    ])
  })

  it('keep what a change does not name, and lose what it names as null', async () => {
    await directory.put(tenant, {
      teams: [team('north')],
      people: [person('u1', { email: 'a@x.cn', state: 'onboarding', roles: ['rep'], teamIds: ['north'], awayFrom: 5 })],
    })
    await directory.put(tenant, { people: [{ id: 'u1', name: 'New', awayFrom: null }] })
    expect(await directory.people(tenant)).toEqual([
      expect.objectContaining({ name: 'New', email: 'a@x.cn', state: 'onboarding', roles: ['rep'], teamIds: ['north'], awayFrom: null }),
    ])
  })

  it('are found by part of a name, by pinyin, and by e-mail address', async () => {
    await directory.put(tenant, {
      people: [
        person('u1', { name: '王芳' }),
        person('u2', { name: 'José Müller', email: 'jm@example.com' }),
        person('u3', { name: '李雷', email: 'LiLei@x.cn' }),
      ],
    })
    expect(await names('芳')).toEqual(['王芳'])
    expect(await names('wang')).toEqual(['王芳'])
    expect(await names('muller')).toEqual(['José Müller'])
    expect(await names('EXAMPLE')).toEqual(['José Müller'])
    expect(await names('LiLei@')).toEqual(['李雷'])
    expect(await names('nobody')).toEqual([])
    expect(await names('  ')).toHaveLength(3)
  })

  it('come in the order of a phone book, as many as asked for', async () => {
    await directory.put(tenant, { people: [person('u1', { name: '赵六' }), person('u2', { name: 'bob' }), person('u3', { name: '安娜' })] })
    expect(await names('')).toEqual(['安娜', 'bob', '赵六'])
    expect(await directory.people(tenant, { limit: 1 })).toEqual([expect.objectContaining({ name: '安娜' })])
  })

  it('are looked up by id, alone or with a search', async () => {
    await directory.put(tenant, { people: [person('u1'), person('u2'), person('u3')] })
    expect((await directory.people(tenant, { ids: ['u3', 'u1', 'ghost'] })).map(({ id }) => id)).toEqual(['u1', 'u3'])
    expect((await directory.people(tenant, { ids: ['u3', 'u1'], search: 'u3' })).map(({ id }) => id)).toEqual(['u3'])
    expect(await directory.people(tenant, { ids: [] })).toEqual([])
  })

  it('of one tenant are not seen by another', async () => {
    await directory.put(tenant, { teams: [team('north')], people: [person('u1', { teamIds: ['north'] })] })
    expect([await directory.people('t2'), await directory.teams('t2'), await directory.teamIdsOf('t2', 'u1')]).toEqual([[], [], []])
  })

  it.each([{ limit: 0 }, { limit: 1_001 }, { limit: 1.5 }, { search: 'x'.repeat(101) }, { ids: Array(1_001).fill('u') }])(
    'refuse a question out of bounds: %#',
    async (query) => {
      await expect(directory.people(tenant, query)).rejects.toThrow('PARAMETER_INVALID')
    },
  )
})

describe('memberships', () => {
  const roleOf = async () =>
    (await store.direct.select({ table: membershipTable, columns: ['team_id', 'role'], order: [], revision: false }, [tenant])).map(
      (row) => [row.team_id, row.role],
    )

  it('are replaced as a whole; who stays keeps what they are there', async () => {
    await directory.put(tenant, {
      teams: [team('a'), team('b'), team('c')],
      people: [person('u1', { teamIds: ['a', 'b'] }), person('u2', { teamIds: ['a'] })],
    })
    await store.direct.set(
      { table: membershipTable, columns: ['role'] },
      ['lead'],
      { op: 'eq', operand: { column: 'team_id', nullable: false }, param: 1 },
      [tenant, 'b'],
    )
    await directory.put(tenant, { people: [person('u1', { teamIds: ['c', 'b', 'b'] })] })
    expect([await directory.teamIdsOf(tenant, 'u1'), await directory.teamIdsOf(tenant, 'u2')]).toEqual([['b', 'c'], ['a']])
    expect(await roleOf()).toEqual(
      expect.arrayContaining([
        ['b', 'lead'],
        ['c', 'member'],
      ]),
    )
    await directory.put(tenant, { people: [person('u1', { teamIds: [] })] })
    expect(await directory.teamIdsOf(tenant, 'u1')).toEqual([])
  })

  it('in a team that does not exist undo the whole change', async () => {
    const wrong = directory.put(tenant, { teams: [team('a')], people: [person('u1', { teamIds: ['ghost'] })] })
    await expect(wrong).rejects.toMatchObject({ code: 'PARAMETER_INVALID', path: '/people/0/teamIds' })
    expect([await directory.people(tenant), await directory.teams(tenant), await tree()]).toEqual([[], [], []])
  })
})

describe('teams', () => {
  it('know all teams above them, at whatever order they are given', async () => {
    await directory.put(tenant, { teams: [team('c', 'b'), team('b', 'a'), team('a')] })
    expect(await tree()).toEqual(['a: a', 'b: b < a', 'c: c < b < a'])
    expect(await directory.teams(tenant)).toEqual([
      { id: 'a', name: 'a', parentId: null },
      { id: 'b', name: 'b', parentId: 'a' },
      { id: 'c', name: 'c', parentId: 'b' },
    ])
  })

  it('take all below them along when they move', async () => {
    await directory.put(tenant, { teams: [team('root'), team('other'), team('a', 'root'), team('b', 'a'), team('c', 'b')] })
    await directory.put(tenant, { teams: [team('a', 'other')] })
    expect(await tree()).toEqual(['a: a < other', 'b: b < a < other', 'c: c < b < a < other', 'other: other', 'root: root'])
    await directory.put(tenant, { teams: [team('b', null)] })
    expect(await tree()).toEqual(['a: a < other', 'b: b', 'c: c < b', 'other: other', 'root: root'])
  })

  it('stay where they are when only their name changes', async () => {
    await directory.put(tenant, { teams: [team('a'), team('b', 'a')] })
    await directory.put(tenant, { teams: [{ id: 'b', name: 'New' }] })
    expect((await directory.teams(tenant)).at(-1)).toEqual({ id: 'b', name: 'New', parentId: 'a' })
    expect(await tree()).toEqual(['a: a', 'b: b < a'])
  })

  it('may not stand above themselves, directly or in a circle', async () => {
    await directory.put(tenant, { teams: [team('a'), team('b', 'a'), team('c', 'b')] })
    await expect(directory.put(tenant, { teams: [team('a', 'a')] })).rejects.toThrow('in a circle: a → a')
    await expect(directory.put(tenant, { teams: [team('a', 'c')] })).rejects.toThrow('in a circle: a → c → b → a')
    expect(await tree()).toEqual(['a: a', 'b: b < a', 'c: c < b < a'])
  })

  it('need a team above them that exists', async () => {
    await expect(directory.put(tenant, { teams: [team('a', 'ghost')] })).rejects.toThrow('there is no team “ghost”')
  })

  it('may stand 30 levels deep and no deeper', async () => {
    const chain = (length: number) => Array.from({ length }, (_, index) => team(`n${index}`, index === 0 ? null : `n${index - 1}`))
    await directory.put(tenant, { teams: chain(30) })
    await expect(directory.put(tenant, { teams: chain(31) })).rejects.toThrow('more than 30 levels deep')
  })

  it('keep a closure that is right after any sequence of moves', async () => {
    const moves = fc.array(fc.array(fc.tuple(fc.nat(5), fc.option(fc.nat(5))), { minLength: 1, maxLength: 4 }), { maxLength: 6 })
    let run = 0
    await fc.assert(
      fc.asyncProperty(moves, async (batches) => {
        const own = `run${run++}`
        const parents = new Map<string, string | null>()
        for (const batch of batches) {
          const input = [...new Map(batch.map(([id, parent]) => [`n${id}`, parent === null ? null : `n${parent}`]))]
          const next = new Map([...parents, ...input])
          const put = directory.put(own, { teams: input.map(([id, parent]) => team(id, parent)) })
          if (!isForest(next)) await expect(put).rejects.toThrow('PARAMETER_INVALID')
          else await put.then(() => parents.clear())
          for (const [id, parent] of isForest(next) ? next : []) parents.set(id, parent)
        }
        const rows = await store.direct.select(treePlan, [own])
        expect(rows.map((row) => `${row.team_id} ${row.depth} ${row.ancestor_id}`)).toEqual(closure(parents))
      }),
      { numRuns: 50 },
    )
  })
})

describe('one put', () => {
  it.each<[string, object, string]>([
    ['an empty id', { people: [{ id: '', name: 'x' }] }, '/people/0/id'],
    ['no name', { people: [person('u0'), { id: 'u1' }] }, '/people/1/name'],
    ['a blank name', { teams: [{ id: 'a', name: '  ' }] }, '/teams/0/name'],
    ['a name of 201 characters', { people: [{ id: 'u1', name: 'x'.repeat(201) }] }, '/people/0/name'],
    ['an unknown state', { people: [person('u1', { state: 'asleep' })] }, '/people/0/state'],
    ['half a millisecond', { people: [person('u1', { awayTo: 0.5 })] }, '/people/0/awayTo'],
    ['roles that are no list', { people: [person('u1', { roles: 'admin' })] }, '/people/0/roles'],
    ['101 teams of one person', { people: [person('u1', { teamIds: Array(101).fill('a') })] }, '/people/0/teamIds'],
    ['a control character', { people: [person('u1', { email: 'a\u0000' })] }, '/people/0/email'],
    ['somebody twice', { people: [person('u1'), person('u1')] }, '/people/1/id'],
    ['a parent that is a number', { teams: [{ id: 'a', name: 'a', parentId: 3 }] }, '/teams/0/parentId'],
  ])('refuses %s and says where', async (_, input, path) => {
    statements.length = 0
    await expect(directory.put(tenant, input)).rejects.toMatchObject({ code: 'PARAMETER_INVALID', path })
    expect(statements).toEqual([])
  })

  it('takes 10,000 people and not one more', async () => {
    const people = Array.from({ length: 10_001 }, (_, index) => person(`u${index}`))
    await expect(directory.put(tenant, { people })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      params: { what: 'people', limit: 10_000 },
    })
    await directory.put(tenant, { people: people.slice(1) })
    expect(await directory.people(tenant, { ids: ['u10000'] })).toHaveLength(1)
  })
})

describe('somebody who identified themselves', () => {
  it('is known from then on, by their name', async () => {
    await directory.ensure(actor())
    expect(await directory.people(tenant)).toEqual([
      expect.objectContaining({ id: 'u1', name: '王芳', state: 'active', roles: ['rep'], locale: 'zh-CN' }),
    ])
  })

  it('is written once for each name', async () => {
    await Promise.all([directory.ensure(actor()), directory.ensure(actor())])
    statements.length = 0
    await directory.ensure(actor({ roles: ['other'] }))
    expect(statements).toEqual([])
    await directory.ensure(actor({ name: '王小芳' }))
    expect(await names('小芳')).toEqual(['王小芳'])
  })

  it('keeps what put said of them', async () => {
    await directory.put(tenant, { people: [person('u1', { email: 'a@x.cn', state: 'away', roles: ['boss'] })] })
    await directory.ensure(actor())
    expect(await directory.people(tenant)).toEqual([
      expect.objectContaining({ name: '王芳', email: 'a@x.cn', state: 'away', roles: ['boss'] }),
    ])
  })

  it('is left out without a name, and when they are no person', async () => {
    await directory.ensure(actor({ name: null }))
    await directory.ensure(actor({ kind: 'integration' }))
    await directory.ensure(actor({ kind: 'system' }))
    expect(await directory.people(tenant)).toEqual([])
  })

  it('is tried again when the database failed', async () => {
    failing = true
    await expect(directory.ensure(actor())).rejects.toThrow('the database is away')
    failing = false
    await directory.ensure(actor())
    expect(await directory.people(tenant)).toHaveLength(1)
  })
})

function isForest(parents: ReadonlyMap<string, string | null>): boolean {
  return [...parents.keys()].every((team) => {
    const seen = new Set<string>()
    for (let at: string | null | undefined = team; at !== null; at = parents.get(at)) {
      if (at === undefined || !parents.has(at) || seen.has(at)) return false
      seen.add(at)
    }
    return true
  })
}

function closure(parents: ReadonlyMap<string, string | null>): string[] {
  return [...parents.keys()].sort().flatMap((team) => {
    const rows: string[] = []
    for (let at: string | null = team; at !== null; at = parents.get(at) ?? null) rows.push(`${team} ${rows.length} ${at}`)
    return rows
  })
}
