import { before, defineObject, definePlugin, type ObjectHandle, type Plugin, type RecordOf } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const words = (en: string) => ({ 'zh-CN': `${en}（中文）`, en })
const lost = { '===': [{ var: 'stage' }, 'lost'] }
const won = { '===': [{ var: 'stage' }, 'won'] }

const definition = defineObject(
  'bid',
  {
    type: 'object',
    required: ['title'],
    properties: {
      title: { type: 'string', maxLength: 40 },
      stage: { enum: ['open', 'won', 'lost'], default: 'open' },
      reason: { type: 'string', when: { required: lost, hidden: { '!': [lost] }, clear: true } },
      rival: { type: 'string', when: { hidden: { '!': [lost] } } },
      price: { kind: 'decimal', scale: 2, when: { readOnly: won } },
      from: { kind: 'date', default: { logic: { today: [] } } },
      until: { kind: 'date' },
      quantity: { type: 'integer', minimum: 0, maximum: 1_000, default: 1 },
      free: { type: 'integer', minimum: 0, maximum: 1_000, default: { logic: { if: [{ '>=': [{ var: 'quantity' }, 10] }, 1, 0] } } },
      gift: { type: 'boolean', default: { logic: { '>': [{ var: 'free' }, 0] } } },
      keeper: { kind: 'user', default: { logic: { var: '$.actor.id' } } },
      code: { type: 'string', maxLength: 5, default: { logic: { var: 'title' } } },
      note: { type: 'string' },
      closing: { type: 'string' },
      total: { kind: 'decimal', scale: 2, formula: { mode: 'stored', logic: { '+': [{ var: 'price' }, 1] } } },
    },
  },
  {
    sections: [{ label: words('Closing'), fields: ['closing'], when: { hidden: { '===': [{ var: 'stage' }, 'open'] } } }],
    validations: [
      {
        id: 'dates',
        logic: { or: [{ '===': [{ var: 'until' }, null] }, { '<=': [{ var: 'from' }, { var: 'until' }] }] },
        message: words('It ends before it begins.'),
        path: 'until',
      },
      {
        id: 'free',
        logic: { '<=': [{ '??': [{ var: 'free' }, 0] }, { var: 'quantity' }] },
        message: words('More is free than there is.'),
        path: 'free',
      },
      { id: 'cheap', logic: { '>=': [{ var: 'total' }, 2] }, message: words('Too cheap.') },
    ] as never,
  },
)
interface Bid extends RecordOf<typeof definition> {}
const bid: ObjectHandle<Bid> = definition as never

const plugin = definePlugin({
  id: 'bids',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(bid)
    // Puts right what the validation would have something against, and locks are not for code.
    p.hook(
      before(bid, { id: 'fix', fields: ['note'], reads: ['note'] }, (change) => {
        if (change.next.note === 'fix') change.set({ until: '2027-01-01' })
        if (change.next.note === 'price') change.set({ price: '7.00' })
      }),
    )
  },
}) as () => Plugin

const issue = (code: string, path: string) => expect.objectContaining({ code, path })
const refusedWith = (...issues: unknown[]) => ({ code: 'VALIDATION_FAILED', details: { issues } })

describe.each(engines)('conditions, defaults and validations on $name', (engine) => {
  let database: Database
  let crm: TestCrm

  beforeAll(async () => {
    database = await engine.create()
    crm = await createTestCrm({ store: database.store(), plugins: [plugin()], standard: false })
  })
  afterAll(async () => {
    await crm.close()
    await database.drop()
  })

  const bids = () => crm.user().records(bid)
  const plain = { title: 'bid', price: '5.00' }

  test('computed defaults: over what was sent and other defaults, who acts and the day; what is sent wins, also nothing', async () => {
    expect(await bids().create(plain)).toMatchObject({ from: '2026-03-02', quantity: 1, free: 0, gift: false, keeper: 'ada', code: 'bid' })
    expect(await bids().create({ ...plain, quantity: 20 })).toMatchObject({ free: 1, gift: true })
    expect(await bids().create({ ...plain, free: null, from: null, gift: true })).toMatchObject({ free: null, from: null, gift: true })
    // 02:00 of the next day in the tenant's own zone.
    await crm.user().settings.set([{ key: 'calendar.zone', level: 'organisation', target: '', value: 'Pacific/Kiritimati' }] as never)
    crm.clock.now += 12 * 3_600_000
    expect(await bids().create(plain)).toMatchObject({ from: '2026-03-03' })
    await crm.user().settings.set([{ key: 'calendar.zone', level: 'organisation', target: '', value: 'Asia/Shanghai' }] as never)
    crm.clock.now -= 12 * 3_600_000
    const { ids } = await bids().createMany([{ ...plain, quantity: 10 }, plain])
    expect(await bids().get(ids[0] ?? '')).toMatchObject({ free: 1, keeper: 'ada' })
  })

  test('a computed default must be a value like any other', async () => {
    await expect(bids().create({ ...plain, title: 'far too long' })).rejects.toMatchObject(refusedWith(issue('VALUE_TOO_LONG', '/code')))
  })

  test('required while a condition holds, not before and not after', async () => {
    await expect(bids().create({ ...plain, stage: 'lost' })).rejects.toMatchObject(refusedWith(issue('VALUE_REQUIRED', '/reason')))
    const made = await bids().create(plain)
    await expect(bids().update(made, { stage: 'lost' })).rejects.toMatchObject(refusedWith(issue('VALUE_REQUIRED', '/reason')))
    const closed = await bids().update(made, { stage: 'lost', reason: 'price', rival: 'Acme' })
    expect(closed).toMatchObject({ reason: 'price', rival: 'Acme' })
    await expect(bids().update(closed, { reason: null })).rejects.toMatchObject(refusedWith(issue('VALUE_REQUIRED', '/reason')))
    await expect(bids().updateMany({ ids: [closed.id], maxAffected: 1 }, { reason: null })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    })
    // A hidden field keeps its value, unless it says that it is cleared.
    expect(await bids().update(closed, { stage: 'open' })).toMatchObject({ reason: null, rival: 'Acme' })
  })

  test('read-only while a condition holds, for people; the same value sent again is no change', async () => {
    const made = await bids()
      .create({ ...plain, stage: 'won' })
      .catch((error: unknown) => error)
    expect(made).toMatchObject(refusedWith(issue('FIELD_LOCKED', '/price')))
    const open = await bids().create(plain)
    const sold = await bids().update(open, { stage: 'won' })
    await expect(bids().update(sold, { price: '6.00' })).rejects.toMatchObject(refusedWith(issue('FIELD_LOCKED', '/price')))
    const same = await bids().update(sold, { price: '5.00', rival: 'x' })
    expect(same).toMatchObject({ price: '5.00', rival: 'x' })
    expect(await bids().update(same, { note: 'price' })).toMatchObject({ price: '7.00', total: '8.00' })
    const reopened = await bids().update({ id: sold.id, version: 'any' }, { stage: 'open', price: '9.00' })
    expect(reopened).toMatchObject({ price: '9.00', total: '10.00' })
  })

  test('validations across fields: all of them, with the other faults, at their fields and in both languages', async () => {
    const wrong = { title: 'bid', price: '0.50', until: '2025-01-01', quantity: 3, free: 7, stage: 'lost' as const }
    await expect(bids().create(wrong)).rejects.toMatchObject(
      refusedWith(
        issue('VALUE_REQUIRED', '/reason'),
        issue('RECORD_RULE', '/until'),
        issue('RECORD_RULE', '/free'),
        issue('RECORD_RULE', ''),
      ),
    )
    await expect(bids().create({ ...wrong, quantity: -1 })).rejects.toMatchObject({
      details: { issues: expect.arrayContaining([issue('VALUE_TOO_SMALL', '/quantity'), issue('RECORD_RULE', '/until')]) },
    })
    const error = await bids()
      .create({ ...plain, until: '2025-01-01' })
      .catch((caught: unknown) => caught as { toBody(locale: string): unknown })
    expect((error as { toBody(locale: string): unknown }).toBody('zh-CN')).toMatchObject({
      details: { issues: [{ code: 'RECORD_RULE', path: '/until', message: 'It ends before it begins.（中文）' }] },
    })
  })

  test('validations of an update ask for the rest of the record where they need it, and only where the write concerns them', async () => {
    const made = await bids().create({ ...plain, until: '2026-12-31' })
    await expect(bids().update(made, { from: '2027-06-01' })).rejects.toMatchObject(refusedWith(issue('RECORD_RULE', '/until')))
    await expect(bids().update(made, { price: '0.10' })).rejects.toMatchObject(refusedWith(issue('RECORD_RULE', '')))
    const moved = await bids()
      .update(made, { from: '2027-06-01', note: 'fix' })
      .catch((error: unknown) => error)
    expect(moved).toMatchObject(refusedWith(issue('RECORD_RULE', '/until')))
    expect(await bids().update(made, { from: '2026-12-31', note: 'fix' })).toMatchObject({ until: '2027-01-01' })
    await expect(bids().createMany([plain, { ...plain, until: '2025-01-01' }])).rejects.toMatchObject(
      refusedWith(issue('RECORD_RULE', '/1/until')),
    )
  })

  test('admin fields have conditions and computed defaults, too', async () => {
    const { definitions } = crm.user()
    await definitions.addField('bid', 'size', {
      type: 'integer',
      minimum: 0,
      maximum: 100,
      default: { logic: { '*': [{ var: 'quantity' }, 0] } },
    })
    await definitions.addField('bid', 'why', { type: 'string', when: { required: { '>': [{ var: 'custom.size' }, 5] } } as never })
    const made = await bids().create(plain)
    expect(made.custom).toEqual({ size: 0, why: null })
    await expect(bids().update(made, { custom: { size: 6 } })).rejects.toMatchObject(refusedWith(issue('VALUE_REQUIRED', '/custom/why')))
    expect((await bids().update(made, { custom: { size: 6, why: 'because' } })).custom).toEqual({ size: 6, why: 'because' })
    const bad = { type: 'string', when: { required: { '>': [{ var: 'custom.nothing' }, 5] } } } as never
    await expect(definitions.addField('bid', 'other', bad)).rejects.toMatchObject({ code: 'DEFINITION_INVALID' })
  })

  test('tenants add validations of their own', async () => {
    const { definitions } = crm.user()
    const rule = {
      id: 'short',
      logic: { '<=': [{ length: [{ var: 'note' }] }, 5] },
      message: words('Too long a note.'),
      path: 'note',
    } as never
    await definitions.addValidation('bid', rule)
    await expect(bids().create({ ...plain, note: 'longer than that' })).rejects.toMatchObject(refusedWith(issue('RECORD_RULE', '/note')))
    await expect(definitions.addValidation('bid', rule)).rejects.toMatchObject({ code: 'DEFINITION_INVALID' })
    await expect(definitions.addValidation('bid', { id: 'odd', logic: { frob: 1 }, message: words('x') } as never)).rejects.toMatchObject({
      code: 'DEFINITION_INVALID',
    })
    await expect(
      crm
        .user({ id: 'bob', roles: ['rep'] })
        .definitions.addValidation('bid', { id: 'mine', logic: { '!!': [true] }, message: words('x') } as never),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await definitions.removeValidation('bid', 'short')
    expect(await bids().create({ ...plain, note: 'longer than that' })).toMatchObject({ note: 'longer than that' })
  })
})
