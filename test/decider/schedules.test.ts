import { randomUUID } from 'node:crypto'
import { defineDecider, defineObject, definePlugin, type Identity, type ObjectHandle, type RecordOf } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const definition = defineObject('ticket', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, late: { type: 'boolean' }, dueAt: { kind: 'instant' } },
})
interface Ticket extends RecordOf<typeof definition> {}
const ticket: ObjectHandle<Ticket> = definition

const late = defineDecider({
  id: 'desk.late',
  kind: 'condition',
  object: ticket,
  when: { late: false, dueAt: { lte: { now: [] } } },
  set: { late: true },
  because: { 'zh-CN': '已到期', en: 'it was due' },
  limits: { blast: { records: 3, share: null } },
  schedule: { at: '09:00' },
})
const desk = definePlugin({
  id: 'desk',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(ticket)
    p.decider(late)
  },
})

const id = 'desk.late'
const hour = 3_600_000
const start = Date.parse('2026-03-02T10:00:00+08:00')

describe.each(engines)('deciders that run by themselves on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let second: TestCrm
  let admin: Identity
  const mine = () => crm.as(admin)
  const { deciders, tickets } = { deciders: () => mine().deciders, tickets: () => mine().records(ticket) }
  const at = async (text: string) => {
    for (const one of [crm, second]) one.clock.now = Date.parse(text)
    await Promise.all([crm.flush(), second.flush()])
    await crm.flush()
  }
  const add = (count: number, dueAt: number) =>
    tickets().createMany(Array.from({ length: count }, (_, index) => ({ name: `Ticket ${index}`, late: false, dueAt })))
  const lateOnes = () => tickets().count({ where: { late: true } })
  const times = async () => (await deciders().runs({ decider: id })).map((run) => new Date(run.at).toISOString().slice(5, 16))

  beforeAll(async () => {
    database = await engine.create()
    const options = { plugins: [desk()], standard: false, now: start } as const
    crm = await createTestCrm({ store: database.store(), ...options })
    second = await createTestCrm({ store: database.store(), ...options })
  })
  beforeEach(() => {
    for (const one of [crm, second]) one.clock.now = start
    admin = { id: 'ada', roles: ['admin'], tenant: randomUUID() }
  })
  afterAll(async () => {
    await crm.close()
    await second.close()
    await database.drop()
  })

  it('attack:J02 runs once for each instant and tenant, however many processes look and whatever was missed', async () => {
    await add(2, start + hour)
    expect((await deciders().get(id)).schedule).toEqual({ times: { at: '09:00' }, own: false, zone: 'Asia/Shanghai', next: [] })
    await at('2026-03-03T09:00:00+08:00')
    expect(await times()).toEqual([])
    const on = await deciders().advance(id, { to: 'on' })
    expect(on.schedule.next.map((one) => new Date(one).toISOString())).toEqual(
      [4, 5, 6, 7, 8].map((day) => `2026-03-0${day}T01:00:00.000Z`),
    )
    await at('2026-03-04T08:59:59+08:00')
    expect(await times()).toEqual([])
    await at('2026-03-04T09:00:30+08:00')
    expect(await times()).toEqual(['03-04T01:00'])
    expect(await lateOnes()).toBe(2)
    // Nothing ran for four days: made up for once, for the last of them.
    await at('2026-03-08T12:00:00+08:00')
    expect(await times()).toEqual(['03-08T01:00', '03-04T01:00'])
    await deciders().advance(id, { to: 'off' })
    await at('2026-03-10T12:00:00+08:00')
    expect(await times()).toHaveLength(2)
  })

  it('is set by administrators, follows the zone of the calendar, and goes back with the step before', async () => {
    await deciders().advance(id, { to: 'on' })
    const own = await deciders().setSchedule(id, { at: '18:30', weekdays: [1, 2, 3, 4, 5] }, 'after work')
    expect(own.schedule).toMatchObject({
      own: true,
      next: [Date.parse('2026-03-02T18:30:00+08:00'), expect.anything(), expect.anything(), expect.anything(), expect.anything()],
    })
    await mine().settings.set([{ key: 'calendar.zone', level: 'organisation', value: 'Europe/Berlin' }])
    await at('2026-03-02T18:30:00+08:00')
    expect(await times()).toEqual([])
    await at('2026-03-02T18:30:00+01:00')
    expect(await times()).toEqual(['03-02T17:30'])
    expect((await deciders().advance(id, { to: 'shadow' })).schedule.times).toEqual({ at: '18:30', weekdays: [1, 2, 3, 4, 5] })
    await deciders().rollback(id)
    await deciders().rollback(id)
    expect((await deciders().history(id))[0]).toMatchObject({ schedule: { own: true } })
    expect((await deciders().setSchedule(id, null)).schedule).toMatchObject({ times: null, next: [] })
    await at('2026-03-09T18:30:00+01:00')
    expect(await times()).toHaveLength(1)
    await expect(deciders().setSchedule(id, { every: '10s' })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
    await expect(deciders().setSchedule(id, { at: '25:00' })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
    await expect(deciders().setSchedule(id, { at: '09:00', zone: 'Mars/Base' })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' })
    const rep = crm.as({ id: 'rep', roles: ['rep'], tenant: admin.tenant ?? '' })
    await expect(rep.deciders.setSchedule(id, null)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('semantics:0.7 waits where it would change too much, until somebody confirms these numbers or a later run counts anew', async () => {
    await add(5, start + hour)
    await deciders().advance(id, { to: 'on' })
    await at('2026-03-03T09:00:00+08:00')
    expect(await lateOnes()).toBe(0)
    const [first] = await deciders().runs({ status: 'waiting' })
    expect(first).toMatchObject({
      status: 'waiting',
      by: 'system',
      planned: 5,
      affected: 0,
      breaches: [{ kind: 'records', affected: 5, limit: 3 }],
    })
    expect((await mine().operations.health()).confirmations).toBe(1)
    await at('2026-03-04T09:00:00+08:00')
    const [waiting, ...others] = await deciders().runs({ status: 'waiting' })
    expect(others).toEqual([])
    expect(await deciders().getRun(first?.id ?? '')).toMatchObject({ status: 'dismissed', dismissed: { superseded: true } })
    await expect(deciders().undo(waiting?.id ?? '')).rejects.toMatchObject({ code: 'RUN_STATUS' })
    await expect(deciders().confirm(waiting?.id ?? '', 'made.up')).rejects.toMatchObject({ code: 'RUN_TOKEN' })
    const { token } = await deciders().preview(id, { at: waiting?.at ?? 0 })
    const results = await Promise.allSettled([1, 2].map(() => deciders().confirm(waiting?.id ?? '', token ?? '')))
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(await deciders().getRun(waiting?.id ?? '')).toMatchObject({ status: 'done', by: 'ada', affected: 5, planned: 5 })
    expect(await lateOnes()).toBe(5)
    expect(await deciders().undo(waiting?.id ?? '')).toMatchObject({ undo: { undone: 5 } })
    await at('2026-03-05T09:00:00+08:00')
    const [third] = await deciders().runs({ status: 'waiting' })
    expect(await deciders().dismiss(third?.id ?? '')).toMatchObject({ status: 'dismissed', dismissed: { by: 'ada', superseded: false } })
    await expect(deciders().confirm(third?.id ?? '', token ?? '')).rejects.toMatchObject({ code: 'RUN_STATUS' })
    expect((await mine().operations.health()).confirmations).toBe(0)
  })
})
