import { before, type Crm, check, createCrm, defineObject, definePlugin, type Identity } from '@guanxi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const ada: Identity = { id: 'ada', roles: ['admin'] }

const ticket = defineObject('ticket', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { kind: 'text', maxLength: 100 },
    step: { kind: 'integer' },
    total: { kind: 'integer' },
    closed: { kind: 'boolean' },
  },
})

/** Both read what the caller does not send. */
const desk = definePlugin({
  id: 'desk',
  version: '1.0.0',
  core: '*',
  setup(recorder) {
    recorder.object(ticket)
    recorder.errors({ DESK_TICKET_CLOSED: { status: 409, message: { 'zh-CN': '工单已关闭。', en: 'The ticket is closed.' } } })
    recorder.hook(
      check(ticket, { id: 'closed', on: ['update'], fields: ['step'], reads: ['closed'] }, (change) => {
        if (change.previous?.closed) change.invalid('step', 'DESK_TICKET_CLOSED')
      }),
    )
    recorder.hook(
      before(ticket, { id: 'sum', on: ['update'], fields: ['step'], reads: ['total', 'step'] }, (change) => {
        change.set({ total: (change.previous?.total ?? 0) + (change.next.step ?? 0) })
      }),
    )
  },
})

describe.each(engines)('an update whose hooks need the old record, on $name', (engine) => {
  let database: Database
  let crm: Crm
  let statements: string[] = []
  const tickets = () => crm.as(ada).records(ticket)

  beforeAll(async () => {
    database = await engine.create()
    crm = createCrm({ store: database.store({ observe: ({ label }) => statements.push(label) }), plugins: [desk()], tenant: 'main' })
    await crm.open()
    await tickets().create({ name: 'first' })
  })

  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  test('is a read and a write, without a transaction around them', async () => {
    const { id, version } = await tickets().create({ name: 'one', total: 1 })
    statements = []
    const changed = await tickets().update({ id, version }, { step: 5 })
    expect(statements).toEqual(['select crm_ticket', 'update crm_ticket'])
    expect([changed.total, changed.version]).toEqual([6, 2])
    expect(await tickets().get(id)).toEqual(changed)
  })

  test('gives every one of many writers at once its turn, and none the old record of another', async () => {
    const { id } = await tickets().create({ name: 'many', total: 0 })
    await Promise.all(Array.from({ length: 20 }, (_, n) => tickets().update({ id, version: 'any' }, { step: n + 1 })))
    const found = await tickets().get(id)
    expect([found.total, found.version]).toEqual([210, 21])
    const { entries } = await tickets().changes(id, { limit: 50 })
    expect(entries).toHaveLength(21)
  })

  test('refuses the version that somebody else has changed in between, and says what is there now', async () => {
    const { id, version } = await tickets().create({ name: 'race', total: 0 })
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => tickets().update({ id, version }, { step: 1 })))
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(lost).toHaveLength(7)
    for (const error of lost) expect(error).toMatchObject({ code: 'CONFLICT', details: { version: 2, current: { total: 1 } } })
  })

  test('is judged by the record as it is when it is written', async () => {
    const { id } = await tickets().create({ name: 'closing', total: 0 })
    const outcomes = await Promise.allSettled([
      tickets().update({ id, version: 'any' }, { closed: true }),
      ...Array.from({ length: 10 }, () => tickets().update({ id, version: 'any' }, { step: 1 })),
    ])
    const { entries } = await tickets().changes(id, { limit: 50 })
    const closedAt = entries.find(({ values }) => values && 'closed' in values)?.version ?? 0
    const steppedAfter = entries.filter(({ version, values }) => version > closedAt && values && 'total' in values)
    expect([outcomes[0]?.status, steppedAfter]).toEqual(['fulfilled', []])
  })
})
