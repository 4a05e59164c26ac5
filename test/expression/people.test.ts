import {
  type Crm,
  createCrm,
  defineDecider,
  definePlugin,
  extendObject,
  type Identity,
  type ObjectHandle,
  type Session,
} from '@guanxi/core'
import { migrationTable, type Predicate, personTable } from '@guanxi/core/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { company, order, person, remark, task } from './support/objects.ts'

const day = 86_400_000
const today = Date.parse('2026-03-02T01:00:00Z')
const admin: Identity = { id: 'root', roles: ['admin'] }
const rep: Identity = { id: 'bob', roles: ['rep'] }

const escalate = defineDecider({
  id: 'shop.escalate',
  kind: 'condition',
  object: order,
  label: { 'zh-CN': '上交主管', en: 'Hand to the leader' },
  rules: [
    {
      id: 'leader',
      when: { and: [{ '!==': [{ var: 'ownerId.leaderId' }, null] }, { '===': [{ var: 'ownerId.state' }, 'away'] }] },
      set: { ownerId: { var: 'ownerId.leaderId' } },
      because: {
        'zh-CN': '{owner} 休假，交给 {leader}',
        en: '{owner} is away, {leader} takes over',
        values: { owner: { var: 'ownerId.name' }, leader: { var: 'ownerId.leaderId.name' } },
      },
    },
  ],
  limits: { blast: { records: null, share: null } },
})

const named = extendObject(order, { ownerName: { kind: 'text', formula: { mode: 'read', logic: { var: 'ownerId.name' } } } })

const shop = definePlugin({
  id: 'shop',
  version: '1.0.0',
  core: '*',
  setup(p) {
    for (const handle of [company, person, order, task, remark]) p.object(handle as ObjectHandle<object>)
    p.extend(named)
    p.decider(escalate)
  },
})

describe.each(engines)('people and teams in expressions on $name', (engine) => {
  let database: Database
  let crm: Crm
  let now = today

  const open = async (): Promise<Crm> => {
    const made = createCrm({
      store: database.store(),
      tenant: 'test',
      standard: false,
      plugins: [shop()],
      clock: () => now,
      access: { admin: '*', rep: { order: { read: 'own' } } },
    })
    await made.open()
    return made
  }
  const titles = async (where: unknown, session: Session = crm.as(admin)): Promise<string[]> => {
    const { records } = await session.records(order).find({ where: where as never, sort: ['title'] })
    return records.map(({ title }) => String(title))
  }

  beforeAll(async () => {
    database = await engine.create()
    crm = await open()
    await crm.directory.put({
      teams: [
        { id: 'all', name: '总部' },
        { id: 'east', name: 'East', parentId: 'all' },
      ],
      people: [
        { id: 'root', name: 'Root', teamIds: ['all'], leads: ['all'] },
        { id: 'ada', name: 'Ada', teamIds: ['east'], leads: ['east'] },
        { id: 'bob', name: '王芳', teamIds: ['east'], awayFrom: today + day, awayTo: today + 3 * day },
      ],
    })
    const rows = [
      { title: 'a', ownerId: 'ada', teamId: 'east', companyId: null },
      { title: 'b', ownerId: 'bob', teamId: 'east', reviewerId: 'ada' },
      { title: 'n', ownerId: null, teamId: null },
      { title: 'u', ownerId: 'unknown', teamId: 'unknown' },
    ]
    await crm.as(admin).records(order).createMany(rows)
  })

  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  it('semantics:0.1 lead from a person to their team and leader, and from a team to the one above', async () => {
    expect(await titles({ 'ownerId.name': '王芳' })).toEqual(['b'])
    expect(await titles({ 'owner.leader.name': 'Root' })).toEqual(['a'])
    expect(await titles({ '===': [{ var: 'ownerId.leaderId' }, 'ada'] })).toEqual(['b'])
    expect(await titles({ '===': [{ var: 'ownerId.leaderId' }, { var: 'reviewerId' }] })).toEqual(['b', 'n', 'u'])
    expect(await titles({ 'ownerId.teamId.parentId.name': '总部' })).toEqual(['a', 'b'])
    expect(await titles({ 'team.parent.leader.name': 'Root' })).toEqual(['a', 'b'])
    expect(await titles({ 'ownerId.name': { isNull: true } })).toEqual(['n', 'u'])
  })

  it('semantics:0.1 tell the state that counts at the time of the call', async () => {
    expect(await titles({ 'ownerId.state': 'away' })).toEqual([])
    now = today + 2 * day
    expect(await titles({ 'ownerId.state': 'away' })).toEqual(['b'])
    now = today + 3 * day
    expect(await titles({ 'ownerId.state': { in: ['active'] } })).toEqual(['a', 'b'])
    now = today
  })

  it('are explained in words, and computed on read', async () => {
    const { records } = await crm
      .as(admin)
      .records(order)
      .find({ sort: ['ownerName', 'title'] })
    expect(records.map((record) => (record as unknown as { ownerName: string }).ownerName)).toEqual(['Ada', '王芳', null, null])
    const [, bobs] = records
    const where = { and: [{ 'ownerId.leaderId': 'ada' }, { 'ownerId.state': { ne: 'away' } }] }
    const { result, sentence } = await crm
      .as(admin)
      .records(order)
      .explain(String(bobs?.id), where as never)
    expect(result).toBe(true)
    expect(sentence.en).toContain('“Owner › Leader”')
    expect(sentence.en).toContain('“Ada”')
    expect(sentence['zh-CN']).toContain('「负责人 › 状态」')
    expect(sentence['zh-CN']).toContain('休假')
  })

  it('are open to whoever may read the record, and are no objects of their own', async () => {
    expect(await titles({ 'ownerId.leaderId.name': 'Ada' }, crm.as(rep))).toEqual(['b'])
    await expect(crm.as(admin).records('$person').find()).rejects.toMatchObject({ code: 'OBJECT_UNKNOWN' })
    await expect(titles({ 'ownerId.password': 'x' })).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await expect(titles({ 'ownerId.leaderId.leaderId.leaderId.name': 'x' })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('let a decider give records to the leader of their owner', async () => {
    now = today + 2 * day
    const { deciders } = crm.as(admin)
    const preview = await deciders.preview('shop.escalate', { sample: 10 })
    expect([preview.path.way, preview.affected]).toEqual(['statement', 1])
    expect(preview.sample[0]?.because.en).toBe('王芳 is away, Ada takes over')
    await deciders.advance('shop.escalate', { to: 'on' })
    await deciders.run('shop.escalate')
    expect(await titles({ ownerId: 'ada' })).toEqual(['a', 'b'])
    now = today
  })

  it('follow the directory when leaders change', async () => {
    await crm.directory.put({ people: [{ id: 'cy', name: 'Cy', teamIds: ['east'], leads: ['east'] }] })
    expect(await titles({ 'ownerId.leaderId.name': 'Cy' })).toEqual([])
    await crm.directory.put({ people: [{ id: 'ada', name: 'Ada', teamIds: ['east'] }] })
    expect(await titles({ 'ownerId.leaderId.name': 'Cy' })).toEqual(['a', 'b'])
    await crm.directory.put({ people: [{ id: 'cy', name: 'Cy', teamIds: [] }] })
    expect(await titles({ 'ownerId.leaderId.name': 'Root' })).toEqual(['a', 'b'])
  })

  it('are worked out once for a directory of before they could be followed', async () => {
    const store = database.store()
    await store.open()
    const standing: Predicate = { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 }
    const people = { table: personTable, columns: ['team_id', 'leader_id'] }
    await store.direct.set(people, [null, null], standing, ['test', 'ada'])
    await store.direct.delete(migrationTable, standing, ['*', 'standings'])
    await store.close()
    expect(await titles({ 'ownerId.leaderId.name': 'Root' })).toEqual([])
    const next = await open()
    expect(await titles({ 'ownerId.leaderId.name': 'Root' }, next.as(admin))).toEqual(['a', 'b'])
    await next.close()
  })
})
