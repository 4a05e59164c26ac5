import { before, check, defineObject, definePlugin, type ObjectHandle, type RecordOf } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const words = (en: string) => ({ 'zh-CN': en, en })

const companyDefinition = defineObject('company', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', maxLength: 100 }, phone: { kind: 'phone', search: true } },
})
interface Company extends RecordOf<typeof companyDefinition> {}
const company: ObjectHandle<Company> = companyDefinition

const orderDefinition = defineObject('order', {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', maxLength: 60 },
    state: { enum: ['open', 'won', 'lost'], default: 'open' },
    amount: { kind: 'money' },
    weight: { kind: 'decimal', scale: 3 },
    units: { type: 'integer', minimum: 0 },
    due: { type: 'string', format: 'date' },
    seen: { kind: 'instant' },
    urgent: { type: 'boolean' },
    tags: { type: 'array', items: { enum: ['new', 'key', 'risk'] } },
    companyId: { kind: 'reference', to: 'company' },
    partnerIds: { kind: 'links', to: 'company' },
    about: { kind: 'anyReference' },
    code: { type: 'string', unique: true },
    batch: { type: 'string' },
    note: { kind: 'longText' },
  },
})
interface Order extends RecordOf<typeof orderDefinition> {}
const order: ObjectHandle<Order> = orderDefinition

const shop = definePlugin({
  id: 'shop',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(company)
    plugin.object(order)
    plugin.errors({ SHOP_WON_NEEDS_AMOUNT: { message: words('A won order needs an amount.') } })
    plugin.hook(
      check(order, { id: 'won-amount', fields: ['state', 'amount'], reads: ['state', 'amount'] }, (change) => {
        if (change.next.state === 'won' && !change.next.amount) change.invalid('amount', 'SHOP_WON_NEEDS_AMOUNT')
      }),
    )
    plugin.hook(
      before(order, { id: 'shout', fields: ['title'], reads: ['title'] }, (change) => {
        if (change.next.title?.endsWith('!')) change.set({ urgent: true })
      }),
    )
  },
})

describe.each(engines)('records on $name', (engine) => {
  let database: Database
  let crm: TestCrm

  beforeAll(async () => {
    database = await engine.create()
    crm = await createTestCrm({ store: database.store(), plugins: [shop()], standard: false })
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const full = {
    title: '年度订单 A!',
    amount: { minor: 1_234_567, currency: 'CNY' },
    weight: '12.500',
    units: 3,
    due: '2026-03-16',
    seen: 1_772_000_000_123,
    tags: ['key', 'new'] as ('key' | 'new')[],
    note: 'Zwei\nZeilen 🙂',
  }

  test('what is created is what is read', async () => {
    const user = crm.user()
    const owner = await user.records(company).create({ name: '蓝海科技有限公司', phone: '138 0013 8000' })
    expect(owner.phone).toBe('+8613800138000')
    const created = await user
      .records(order)
      .create({ ...full, companyId: owner.id, partnerIds: [owner.id], about: { object: 'company', id: owner.id } })
    expect(created).toMatchObject({
      ...full,
      tags: ['new', 'key'],
      state: 'open',
      urgent: true,
      version: 1,
      createdBy: 'ada',
      ownerId: 'ada',
      deletedAt: null,
    })
    expect(await user.records(order).get(created.id)).toEqual(created)
    const page = await user.records(order).find({ where: { title: full.title } })
    expect(page.records).toEqual([created])
  })

  test('every problem of a record is answered at once, each with its path', async () => {
    const failure = crm
      .user()
      .records('order')
      .create({
        title: 'x'.repeat(61),
        state: 'new',
        due: '2026-02-30',
        companyId: 'nobody',
        amount: { minor: 1.5, currency: 'CNY' },
        colour: 'red',
      })
    await expect(failure).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    const issues = await failure.catch((error) =>
      error.toBody('zh-CN').details.issues.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`),
    )
    expect(issues.sort()).toEqual([
      '/amount/minor VALUE_TYPE',
      '/colour FIELD_UNKNOWN',
      '/companyId VALUE_REFERENCE',
      '/due VALUE_DATE',
      '/state VALUE_OPTION',
      '/title VALUE_TOO_LONG',
    ])
  })

  test('a check hook adds its message to those of the schema', async () => {
    const failure = crm.user().records('order').create({ state: 'won', units: -1 })
    const issues = await failure.catch((error) => error.toBody('en').details.issues.map(({ code }: { code: string }) => code))
    expect(issues.sort()).toEqual(['SHOP_WON_NEEDS_AMOUNT', 'VALUE_REQUIRED', 'VALUE_TOO_SMALL'])
  })

  test('a reference to nothing is refused and nothing is written', async () => {
    const records = crm.user().records(order)
    const total = await records.count()
    await expect(records.create({ title: 'dangling', companyId: '018f0000-0000-7000-8000-000000000000' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    })
    expect(await records.count()).toBe(total)
  })

  test('an update writes what differs, and a change row that tells old from new', async () => {
    const records = crm.user().records(order)
    const created = await records.create({ title: 'first', units: 1 })
    crm.clock.now += 1_000
    const updated = await records.update(created, { units: 2, title: 'first', due: '2026-05-01' })
    expect(updated).toMatchObject({ version: 2, units: 2, due: '2026-05-01', updatedAt: crm.clock.now })
    const { entries } = await records.changes(created.id)
    expect(entries.map(({ operation, version }) => [operation, version])).toEqual([
      ['update', 2],
      ['create', 1],
    ])
    expect(entries[0]?.values).toEqual({ units: [1, 2], due: [null, '2026-05-01'] })
    expect(entries[1]?.values).toMatchObject({ title: [null, 'first'], units: [null, 1], state: [null, 'open'], ownerId: [null, 'ada'] })
    expect(await records.update(updated, { units: 2 })).toEqual(updated)
    expect((await records.changes(created.id)).entries).toHaveLength(2)
  })

  test('a change of money keeps amount and currency together', async () => {
    const records = crm.user().records(order)
    const created = await records.create({ title: 'cash', amount: { minor: 100, currency: 'CNY' } })
    await records.update(created, { amount: { minor: 200, currency: 'CNY' } })
    const { entries } = await records.changes(created.id)
    expect(entries[0]?.values).toEqual({
      amount: [
        { minor: 100, currency: 'CNY' },
        { minor: 200, currency: 'CNY' },
      ],
    })
  })

  test('attack:C05 the second of two writers is told, with both values', async () => {
    const records = crm.user().records(order)
    const seen = await records.create({ title: 'contested', units: 1 })
    await records.update(seen, { units: 2 })
    const lost = records.update(seen, { units: 3 })
    await expect(lost).rejects.toMatchObject({ code: 'CONFLICT', details: { version: 2, current: { units: 2 }, sent: { units: 3 } } })
    expect(await records.get(seen.id)).toMatchObject({ units: 2, version: 2 })
    await expect(records.update({ id: seen.id } as never, { units: 4 })).rejects.toMatchObject({ code: 'VERSION_REQUIRED' })
    expect(await records.update({ id: seen.id, version: 'any' }, { units: 4 })).toMatchObject({ version: 3 })
  })

  test('attack:C07 the same idempotency key is carried out once', async () => {
    const records = crm.user().records(order)
    const options = { idempotencyKey: 'order-7' }
    const answers = await Promise.all([1, 2, 3].map(() => records.create({ title: 'once' }, options)))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(await records.count({ where: { title: 'once' } })).toBe(1)
    await expect(records.create({ title: 'other body' }, options)).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
    const other = await crm.user({ id: 'bob' }).records(order).create({ title: 'once' }, options)
    expect(other.id).not.toBe(answers[0]?.id)
    const [first] = answers
    const change = { idempotencyKey: 'order-7-change' }
    if (!first) throw new Error('no answer')
    await records.update(first, { units: 9 }, change)
    expect(await records.update(first, { units: 9 }, change)).toMatchObject({ units: 9, version: 2 })
  })

  test('a unique field is unique among live records', async () => {
    const records = crm.user().records(order)
    const first = await records.create({ title: 'a', code: 'X-1' })
    await expect(records.create({ title: 'b', code: 'X-1' })).rejects.toMatchObject({ code: 'DUPLICATE_VALUE', path: '/code' })
    await records.remove(first)
    const second = await records.create({ title: 'b', code: 'X-1' })
    await expect(records.restore({ id: first.id, version: 2 })).rejects.toMatchObject({ code: 'DUPLICATE_VALUE' })
    await records.update(second, { code: null })
    expect(await records.restore({ id: first.id, version: 2 })).toMatchObject({ code: 'X-1', deletedAt: null, version: 3 })
  })

  test('deleting hides, restoring brings back the same id, and both are in the history', async () => {
    const records = crm.user().records(order)
    const created = await records.create({ title: 'gone' })
    await records.remove(created)
    await expect(records.get(created.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(records.update({ id: created.id, version: 2 }, { units: 1 })).rejects.toMatchObject({ code: 'RECORD_DELETED' })
    expect((await records.find({ where: { title: 'gone' }, deleted: 'only' })).records).toHaveLength(1)
    await records.restore({ id: created.id, version: 2 })
    const { entries } = await records.changes(created.id)
    expect(entries.map(({ operation }) => operation)).toEqual(['restore', 'delete', 'create'])
    await records.remove({ id: created.id, version: 3 })
    crm.clock.now += 31 * 86_400_000
    await expect(records.restore({ id: created.id, version: 4 })).rejects.toMatchObject({ code: 'RESTORE_EXPIRED' })
  })

  test('filters, pages and totals agree', async () => {
    const records = crm.user().records(order)
    const values = Array.from({ length: 130 }, (_, index) => ({
      title: `page ${index % 7}`,
      units: index % 5 === 0 ? null : index % 11,
      batch: 'paged',
    }))
    await records.createMany(values)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await records.find({
        where: { batch: 'paged' },
        sort: ['-units', 'title'],
        limit: 17,
        count: true,
        ...(cursor && { cursor }),
      })
      expect(page.total).toBe(130)
      seen.push(...page.records.map(({ id }) => id))
      cursor = page.cursor ?? undefined
    } while (cursor)
    expect(seen).toHaveLength(130)
    expect(new Set(seen).size).toBe(130)
    expect(
      await records.count({ where: { batch: 'paged', units: { gte: 5 }, or: [{ title: 'page 1' }, { title: { startsWith: 'page 2' } }] } }),
    ).toBe(values.filter(({ title, units }) => (units ?? -1) >= 5 && /page [12]/.test(title)).length)
    const byUnits = await records.aggregate({ where: { batch: 'paged' }, group: ['units'], measures: ['count', 'sum:units'] })
    expect(byUnits.reduce((sum, { values: { count } }) => sum + Number(count), 0)).toBe(130)
  })

  test('money sums stay within a currency', async () => {
    const records = crm.user().records(order)
    const amounts = [100, 250].map((minor) => ({ title: 'sum', amount: { minor, currency: 'CNY' } }))
    await records.createMany([...amounts, { title: 'sum', amount: { minor: 7, currency: 'USD' } }])
    expect(await records.aggregate({ where: { title: 'sum' }, measures: ['sum:amount', 'count'] })).toEqual([
      { group: { currency: 'CNY' }, values: { 'sum:amount': 350, count: 2 } },
      { group: { currency: 'USD' }, values: { 'sum:amount': 7, count: 1 } },
    ])
    expect(await records.count({ where: { title: 'sum', amount: { gt: { minor: 50, currency: 'CNY' } } } })).toBe(2)
  })

  test('names are found by characters, pinyin initials and part of a phone number', async () => {
    const records = crm.user().records(company)
    const hit = await records.create({ name: '青禾医疗', phone: '13912345678' })
    for (const search of ['青禾', 'qh', 'qinghe', '医疗', '2345']) {
      expect(
        (await records.find({ search })).records.map(({ id }) => id),
        search,
      ).toContain(hit.id)
    }
    const renamed = await records.update(hit, { name: '云帆教育' })
    expect((await records.find({ search: '青禾' })).records).toEqual([])
    expect((await records.find({ search: 'yf' })).records).toEqual([renamed])
  })

  test('names sort by pinyin among Latin letters', async () => {
    const records = crm.user().records(company)
    await records.createMany(['赵', 'Beta', '安', 'zeta', '北'].map((name) => ({ name: `${name}-sorted` })))
    const { records: sorted } = await records.find({ where: { name: { contains: '-sorted' } }, sort: ['name'] })
    expect(sorted.map(({ name }) => name.split('-')[0])).toEqual(['安', '北', 'Beta', 'zeta', '赵'])
  })

  test('links are read with the record, filtered by, and kept as pairs', async () => {
    const user = crm.user()
    const [a, b] = await Promise.all(['甲', '乙'].map((name) => user.records(company).create({ name })))
    if (!a || !b) throw new Error('not created')
    const records = user.records(order)
    const linked = await records.create({ title: 'linked', partnerIds: [a.id] })
    expect(await records.count({ where: { partnerIds: { hasAny: [a.id] } } })).toBe(1)
    const moved = await records.update(linked, { partnerIds: [b.id] })
    expect(moved.partnerIds).toEqual([b.id])
    expect(await records.count({ where: { partnerIds: { hasAny: [a.id] } } })).toBe(0)
    const found = await records.find({ where: { partnerIds: { hasAll: [b.id] } }, expand: ['partnerIds'] })
    expect(found.records[0]?.related?.partnerIds).toMatchObject([{ id: b.id, name: '乙' }])
  })

  test('expanding brings one level along, people included', async () => {
    await crm.directory.put({ people: [{ id: 'ada', name: '李蔚然' }] })
    const user = crm.user()
    const owner = await user.records(company).create({ name: '丙' })
    const created = await user.records(order).create({ title: 'expanded', companyId: owner.id })
    const { related } = await user.records(order).get(created.id, { expand: ['companyId', 'ownerId'] })
    expect(related).toMatchObject({ companyId: { id: owner.id, name: '丙' }, ownerId: { id: 'ada', name: '李蔚然' } })
  })

  test('bulk is all or nothing, and never more than expected', async () => {
    const records = crm.user().records(order)
    await expect(records.createMany([{ title: 'bulk' }, { title: 'x'.repeat(99) }])).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [{ path: '/1/title' }] },
    })
    expect(await records.count({ where: { title: 'bulk' } })).toBe(0)
    await records.createMany(Array.from({ length: 5 }, () => ({ title: 'bulk' })))
    await expect(records.updateMany({ where: { title: 'bulk' }, maxAffected: 4 }, { units: 1 })).rejects.toMatchObject({
      code: 'TOO_MANY_AFFECTED',
    })
    const { ids } = await records.updateMany({ where: { title: 'bulk' }, maxAffected: 10 }, { units: 1, tags: ['risk'] })
    expect(ids).toHaveLength(5)
    expect(await records.count({ where: { title: 'bulk', units: 1, tags: { hasAny: ['risk'] } } })).toBe(5)
    expect((await records.changes(ids[0] ?? '')).entries).toHaveLength(2)
    await records.removeMany({ ids, maxAffected: 5 })
    expect(await records.count({ where: { title: 'bulk' } })).toBe(0)
  })

  test('history can be dated by those who may import, and by nobody else', async () => {
    const at = Date.parse('2025-06-01T00:00:00Z')
    const created = await crm.user().records(order).create({ title: 'old' }, { at })
    expect(created.createdAt).toBe(at)
    const [entry] = (await crm.user().records(order).changes(created.id)).entries
    expect(entry).toMatchObject({ at, recordedAt: crm.clock.now })
    await expect(
      crm
        .user({ id: 'rep', roles: ['rep'] })
        .records(order)
        .create({ title: 'old' }, { at }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('a field an admin adds is stored, filtered, sorted and shown in the history without any DDL', async () => {
    const user = crm.user()
    await user.definitions.addField('order', 'colour', { enum: ['red', 'blue'], label: { 'zh-CN': '颜色', en: 'Colour' } })
    await user.definitions.addField('order', 'score', { type: 'integer' })
    const records = user.records(order)
    const created = await records.create({ title: 'tinted', custom: { colour: 'red', score: 9 } })
    await records.create({ title: 'tinted', custom: { colour: 'blue', score: 10 } })
    expect(created.custom).toEqual({ colour: 'red', score: 9 })
    const { records: sorted } = await records.find({ where: { title: 'tinted', 'custom.score': { gte: 9 } }, sort: ['-custom.score'] })
    expect(sorted.map(({ custom }) => custom.score)).toEqual([10, 9])
    const updated = await records.update(created, { custom: { colour: 'blue' } })
    expect(updated.custom).toEqual({ colour: 'blue', score: 9 })
    expect((await records.changes(created.id)).entries[0]?.values).toEqual({ 'custom.colour': ['red', 'blue'] })
    await expect(records.create({ title: 'x', custom: { colour: 'green' } })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  test('another process learns a new field with its next call', async () => {
    const other = await createTestCrm({ store: database.store(), plugins: [shop()], standard: false })
    try {
      await other.user().records(order).count()
      await crm.user().definitions.addField('order', 'late', { type: 'string' })
      expect(
        (
          await other
            .user()
            .records(order)
            .create({ title: 'fresh', custom: { late: 'yes' } })
        ).custom.late,
      ).toBe('yes')
      await crm.user().definitions.addField('order', 'later', { type: 'string' })
      expect(
        (
          await other
            .user()
            .records(order)
            .find({ where: { title: 'fresh', 'custom.later': null } })
        ).records,
      ).toHaveLength(1)
    } finally {
      await other.close()
    }
  })

  test('tenants never see each other', async () => {
    const mine = await crm.user().records(company).create({ name: 'mine' })
    const stranger = crm.user({ tenant: 'elsewhere' })
    await expect(stranger.records(company).get(mine.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await stranger.records(company).find()).records).toEqual([])
    await expect(stranger.records(company).update(mine, { name: 'stolen' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
