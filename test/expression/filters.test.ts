import { type Crm, createCrm, definePlugin, type Identity, type ObjectHandle, type Session } from '@guanxi/core'
import { expression } from '@guanxi/core/expression'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { company, order, person, remark, task } from './support/objects.ts'

const shop = definePlugin({
  id: 'shop',
  version: '1.0.0',
  core: '*',
  setup(p) {
    for (const handle of [company, person, order, task, remark]) p.object(handle as ObjectHandle<object>)
    p.operator({
      name: 'shop.isEven',
      takes: ['int'],
      gives: 'bool',
      cost: 1,
      words: { 'zh-CN': '{0}是偶数', en: '{0} is even' },
      denied: { 'zh-CN': '{0}不是偶数', en: '{0} is not even' },
      run: (value: number) => value % 2 === 0,
      sql: {
        sqlite: { holds: (a) => `(${a} % 2 = 0)`, fails: (a) => `((${a} % 2 = 0) IS NOT TRUE)` },
        postgres: { holds: (a) => `(${a} % 2 = 0)`, fails: (a) => `((${a} % 2 = 0) IS NOT TRUE)` },
      },
    })
  },
})

const admin: Identity = { id: 'ada', roles: ['admin'] }
const rep: Identity = { id: 'bob', roles: ['rep'], teamIds: ['east'] }
const stranger: Identity = { id: 'eve', roles: ['guest'] }
const now = Date.parse('2026-03-02T01:00:00Z')

describe.each(engines)('filters on $name', (engine) => {
  let database: Database
  let crm: Crm
  let ids: Record<'big' | 'small' | 'o1' | 'o2' | 'o3', string>
  const statements: string[] = []

  const titles = async (where: unknown, session: Session = crm.as(admin)): Promise<string[]> => {
    const { records } = await session.records(order).find({ where: where as never, sort: ['title'] })
    return records.map(({ title }) => String(title))
  }

  beforeAll(async () => {
    database = await engine.create()
    crm = createCrm({
      store: database.store({ observe: ({ sql }) => statements.push(sql) }),
      tenant: 'test',
      standard: false,
      plugins: [shop()],
      timeZone: 'Asia/Shanghai',
      clock: () => now,
      access: { admin: '*', rep: { order: { read: 'all' }, company: { read: 'own' }, task: ['read'] }, guest: { order: ['read'] } },
    })
    await crm.open()
    const session = crm.as(admin)
    await session.definitions.addField('order', 'size', { type: 'integer' })
    const big = await session.records(company).create({ name: '蓝海科技', level: 'A', ownerId: 'bob' })
    const small = await session.records(company).create({ name: 'Tiny', level: 'B', parentId: big.id, ownerId: 'ada' })
    const o1 = await session
      .records(order)
      .create({ title: 'one', companyId: big.id, amount: { minor: 200, currency: 'CNY' }, pieces: 2, custom: { size: 4 }, ownerId: 'bob' })
    const o2 = await session
      .records(order)
      .create({ title: 'two', companyId: small.id, amount: { minor: 300, currency: 'USD' }, pieces: 3, ownerId: 'ada', teamId: 'east' })
    const o3 = await session.records(order).create({ title: 'three', hot: true, signedAt: now - 40 * 86_400_000 })
    await session.records(task).create({ orderId: o1.id, subject: 'call', done: true, hours: '1.5' })
    await session.records(task).create({ orderId: o1.id, subject: 'write', done: false, hours: '2.0' })
    await session.records(task).create({ orderId: o2.id, subject: 'call', done: true, hours: '0.5' })
    ids = { big: big.id, small: small.id, o1: o1.id, o2: o2.id, o3: o3.id }
  })

  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  it('reach through references and over children, in either form', async () => {
    expect(await titles({ 'company.level': 'A' })).toEqual(['one'])
    expect(await titles({ 'company.parent.name': '蓝海科技' })).toEqual(['two'])
    expect(await titles({ not: { 'company.level': 'A' } })).toEqual(['three', 'two'])
    expect(await titles({ tasks: { some: { done: false } } })).toEqual(['one'])
    expect(await titles({ tasks: { all: { done: true } } })).toEqual(['two'])
    expect(await titles({ '>': [{ sum: [{ var: 'tasks' }, { var: 'hours' }] }, 3] })).toEqual(['one'])
    const e = expression()
    expect(await titles(e.and(e.field('pieces').times(2).gte(e.count('tasks')), e.field('custom.size').isNull()))).toEqual(['two'])
    // A decimal among fractions that it cannot have.
    expect(await titles({ some: [{ var: 'tasks' }, { in: [{ var: 'hours' }, [0.55, 1.5]] }] })).toEqual(['one'])
    expect(await titles({ signedAt: { lt: { ago: 'P30D' } } })).toEqual(['three'])
    expect(await titles({ or: [{ 'shop.isEven': [{ var: 'pieces' }] }, { hot: true }] })).toEqual(['one', 'three'])
    expect(await titles({ '!': [{ 'shop.isEven': [{ var: 'pieces' }] }] })).toEqual(['three', 'two'])
  })

  it('know who asks', async () => {
    expect(await titles({ ownerId: { eq: { var: '$.actor.id' } } }, crm.as(rep))).toEqual(['one'])
    expect(await titles({ in: [{ var: 'teamId' }, { var: '$.actor.teamIds' }] }, crm.as(rep))).toEqual(['two'])
  })

  it('see of related records what the reader may see, and nothing else', async () => {
    expect(await titles({ 'company.level': { isNull: false } }, crm.as(admin))).toEqual(['one', 'two'])
    expect(await titles({ 'company.level': { isNull: false } }, crm.as(rep))).toEqual(['one'])
    expect(await titles({ 'company.level': 'B' }, crm.as(rep))).toEqual([])
    expect(await titles({ 'company.parent.level': 'A' }, crm.as(rep))).toEqual([])
    await expect(titles({ 'company.level': 'A' }, crm.as(stranger))).rejects.toMatchObject({
      code: 'FIELD_UNKNOWN',
      path: '/where/company.level',
    })
    await expect(titles({ tasks: { some: { done: true } } }, crm.as(stranger))).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
  })

  it('mean for each reader what that reader may ask, however often others asked the same', async () => {
    const through = { 'company.level': { in: ['A', 'B'] } }
    const mine = { ownerId: { eq: { var: '$.actor.id' } } }
    for (let round = 0; round < 2; round++) {
      expect(await titles(through, crm.as(admin))).toEqual(['one', 'two'])
      expect(await titles(through, crm.as(rep))).toEqual(['one'])
      await expect(titles(through, crm.as(stranger))).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
      expect(await titles(mine, crm.as(rep))).toEqual(['one'])
      expect(await titles(mine, crm.as(stranger))).toEqual([])
      expect(await titles({ pieces: 1 })).not.toEqual(await titles({ pieces: { gte: 1 } }))
      expect(await titles({ title: undefined })).toEqual([])
      expect(await titles({})).toEqual(['one', 'three', 'two'])
      await expect(titles({ pieces: '1' })).rejects.toMatchObject({ code: 'RULE_TYPE' })
    }
  })

  it('attack:F03 refuse the whole for one forbidden part', async () => {
    await expect(titles({ hot: true, 'company.level': 'A' }, crm.as(stranger))).rejects.toMatchObject({ code: 'FIELD_UNKNOWN' })
    await expect(titles({ or: [{ hot: true }, { secret: 1 }] })).rejects.toMatchObject({
      code: 'FIELD_UNKNOWN',
      path: '/where/or/1/secret',
    })
  })

  it('attack:F04 of nothing follow the written table', async () => {
    const all = ['one', 'three', 'two']
    expect(await titles({ title: { in: [] } })).toEqual([])
    expect(await titles({ title: { notIn: [] } })).toEqual(all)
    expect(await titles({ and: [] })).toEqual(all)
    expect(await titles({ or: [] })).toEqual([])
    expect(await titles({ not: {} })).toEqual([])
    expect(await titles({ not: { or: [] } })).toEqual(all)
    await expect(titles({ title: { notIn: [null] } })).rejects.toMatchObject({ code: 'RULE_NULL_LITERAL', path: '/where/title/notIn/0' })
  })

  it('attack:F06 hostile names never reach the SQL', async () => {
    const hostile = ['0) OR 1=1 --', 'a"b', 'a?b', ':x', 'x'.repeat(70), "custom.x'y", 'constructor', '__proto__']
    for (const name of hostile) {
      for (const where of [
        { [name]: 1 },
        { '===': [{ var: name }, 1] },
        { title: { [name]: 1 } },
        { in: [{ var: 'title' }, [{ [name]: 1 }]] },
      ]) {
        await expect(titles(JSON.parse(JSON.stringify(where).replace('"__proto__"', '"__proto__"')))).rejects.toMatchObject({ status: 400 })
      }
    }
    const before = new Set(statements)
    for (const value of ["'; DROP TABLE crm_order; --", '?', '$1', ':x', '%']) expect(await titles({ title: value })).toEqual([])
    const shapes = new Set(statements.filter((sql) => !before.has(sql)))
    expect(shapes.size).toBeLessThanOrEqual(1)
  })

  it('attack:F10 that are too large never become SQL', async () => {
    const count = statements.length
    const deep = Array.from({ length: 200 }).reduce<unknown>((inner) => ({ not: inner }), { hot: true })
    const wide = { or: Array.from({ length: 10_000 }, () => ({ hot: true })) }
    for (const where of [
      deep,
      wide,
      { title: { in: Array.from({ length: 50_000 }, () => 'x') } },
      { 'company.parent.parent.parent.parent.name': 'x' },
    ]) {
      await expect(titles(where)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    }
    expect(statements.length).toBe(count)
  })

  it('as large as they may be are answered', async () => {
    const deep = Array.from({ length: 30 }).reduce<unknown>((inner) => ({ not: { and: [inner] } }), { hot: true })
    await expect(titles(deep)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    const nested = Array.from({ length: 30 }).reduce<unknown>((inner) => ({ '!': [inner] }), { '!!': [{ var: 'hot' }] })
    expect(await titles(nested)).toEqual(['three'])
    expect(await titles({ or: Array.from({ length: 160 }, (_, index) => ({ pieces: index - 500 })) })).toEqual([])
    expect(await titles({ pieces: { in: Array.from({ length: 1_000 }, (_, index) => index - 997) } })).toEqual(['one'])
  })

  it('serve counts, figures and bulk writes alike', async () => {
    const session = crm.as(admin).records(order)
    const where = { 'company.level': { in: ['A', 'B'] }, tasks: { some: { subject: 'call' } } }
    expect(await session.count({ where })).toBe(2)
    expect(await session.aggregate({ where, measures: ['count', 'sum:pieces'] })).toMatchObject([{ values: { count: 2, 'sum:pieces': 5 } }])
    expect((await session.updateMany({ where: { ...where, 'company.level': 'A' }, maxAffected: 5 }, { note: 'called' })).ids).toEqual([
      ids.o1,
    ])
    expect(await titles({ note: 'called' })).toEqual(['one'])
  })

  it('say why a record is in or out', async () => {
    const records = crm.as(admin).records(order)
    const where = { 'company.level': 'A', tasks: { some: { done: false } } }
    expect(await records.explain(ids.o1, where)).toMatchObject({ result: true, reasons: [{ holds: true }, { holds: true }] })
    const out = await records.explain(ids.o2, where)
    expect(out).toMatchObject({ result: false, reasons: [{ path: '/company.level', holds: false }] })
    expect(out.sentence.en).toBe('“Company id › Level” (“B”) is not “A”')
    await expect(crm.as({ id: 'x', roles: [] }).records(order).explain(ids.o1, where)).rejects.toMatchObject({ status: 403 })
    const hidden = await crm.as(rep).records(order).explain(ids.o2, { 'company.level': 'B' })
    expect(hidden.sentence.en).toBe('“Company id › Level” (empty) is not “B”')
  })

  it('use an index where the same SQL by hand would', async () => {
    const { records } = await crm
      .as(rep)
      .records(order)
      .find({ where: { id: { in: [ids.o1, ids.o2] }, ownerId: { eq: { var: '$.actor.id' } } } })
    expect(records.map(({ id }) => id)).toEqual([ids.o1])
    const sql = statements.findLast((text) => text.includes('"owner_id"')) ?? ''
    expect(sql).not.toMatch(/IS NOT DISTINCT|coalesce\(t0/)
  })
})
