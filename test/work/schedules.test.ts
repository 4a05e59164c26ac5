import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, defineJob, definePlugin, defineSchedule, type ScheduleTimes } from '@guanxi/core'
import { createTestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const ran: string[] = []
const tick = defineJob<{ readonly mark: string }>({
  id: 'clocks.tick',
  input: { type: 'object' },
  run: ({ mark }, { tenant, session }) => void ran.push(`${tenant} ${mark} ${session.identity.kind}`),
})

const clocks = (times: ScheduleTimes) =>
  definePlugin({
    id: 'clocks',
    version: '1.0.0',
    core: '^0.1.0',
    setup(plugin) {
      plugin.job(tick)
      plugin.schedule(defineSchedule({ id: 'clocks.daily', job: tick, input: { mark: 'x' }, times }))
    },
  })()

const hour = 3_600_000

describe.each(engines)('schedules on $name', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await engine.create()
  })
  afterAll(() => database.drop())

  const open = (times: ScheduleTimes, now: string) =>
    createTestCrm({ store: database.store(), plugins: [clocks(times)], standard: false, now: Date.parse(now) })

  test('attack:J02 a schedule runs once for each tenant, however many processes look and whatever was missed', async () => {
    const times = { at: '02:30', zone: 'Asia/Shanghai' }
    const first = await open(times, '2026-03-01T00:00:00Z')
    const second = await open(times, '2026-03-01T00:00:00Z')
    try {
      for (const tenant of ['test', 'other']) await first.user({ tenant }).definitions.list()
      ran.length = 0
      await Promise.all([first.flush(), second.flush()])
      expect(ran).toEqual([])
      for (const crm of [first, second]) crm.clock.now = Date.parse('2026-03-01T18:30:00Z')
      await Promise.all([first.flush(), second.flush()])
      await first.flush()
      expect(ran.toSorted()).toEqual(['other x system', 'test x system'])
      // Nothing ran for three days: made up for once.
      for (const crm of [first, second]) crm.clock.now += 72 * hour
      await Promise.all([first.flush(), second.flush()])
      expect(ran).toHaveLength(4)
      expect((await first.health()).schedules).toContainEqual({
        id: 'clocks.daily',
        nextAt: Date.parse('2026-03-05T18:30:00Z'),
        lastAt: Date.parse('2026-03-04T18:30:00Z'),
      })
    } finally {
      await first.close()
      await second.close()
    }
  })

  test('one that its job does not take is told of, and keeps no other from its time', async () => {
    const there = { type: 'object', properties: { there: { type: 'string' } } }
    const picky = defineJob<object>({ id: 'wrong.picky', input: { ...there, required: ['there'] }, run: () => {} })
    const wrong = definePlugin({
      ...{ id: 'wrong', version: '1.0.0', core: '^0.1.0' },
      setup(plugin) {
        plugin.job(picky)
        plugin.schedule(defineSchedule({ id: 'wrong.daily', job: picky, input: {}, times: { every: '15m' } }))
      },
    })
    const said: unknown[] = []
    const crm = await createTestCrm({
      ...{ store: database.store(), plugins: [wrong(), clocks({ every: '15m' })], standard: false },
      ...{ now: Date.parse('2026-04-01T00:00:00Z'), log: (entry: { level: string }) => void (entry.level === 'error' && said.push(entry)) },
    })
    try {
      await crm.user().definitions.list()
      crm.clock.now += hour
      ran.length = 0
      await crm.flush()
      expect(ran).toContain('test x system')
      await crm.flush()
      // Said once, however often it is looked at.
      expect(said).toMatchObject([{ schedule: 'wrong.daily', error: expect.stringContaining('JOB_INPUT_INVALID') }])
    } finally {
      await crm.close()
    }
  })

  test('attack:D03 once for each local day, also where the clocks skip the time or tell it twice', async () => {
    for (const [at, zone, from, days] of [
      ['02:30', 'America/New_York', '2026-03-06T05:00:00Z', 4],
      ['01:30', 'America/New_York', '2026-10-30T04:00:00Z', 4],
      ['00:00', 'America/Santiago', '2026-09-04T04:00:00Z', 4],
      ['00:00', 'Africa/Cairo', '2026-04-22T22:00:00Z', 4],
      ['12:00', 'Pacific/Apia', '2011-12-28T10:00:00Z', 3],
    ] as const) {
      const crm = await open({ at, zone }, from)
      try {
        await crm.user().definitions.list()
        ran.length = 0
        const seen: string[] = []
        const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
        for (let step = 0; step < days * 24 * 4; step++) {
          crm.clock.now += hour / 4
          const before = ran.length
          if ((await crm.health()).schedules.some(({ nextAt }) => nextAt <= crm.clock.now)) await crm.flush()
          if (ran.length > before) seen.push(day.format(crm.clock.now))
        }
        expect(new Set(seen).size, `${zone} ${seen}`).toBe(seen.length)
        expect(seen.length, `${zone} ${seen}`).toBeGreaterThanOrEqual(days)
      } finally {
        await crm.close()
      }
    }
  })

  test('days of the week and of the month, and intervals', async () => {
    const nextOf = async (times: ScheduleTimes, now: string) => {
      const crm = await open(times, now)
      try {
        const schedule = (await crm.health()).schedules.find(({ id }) => id === 'clocks.daily')
        return new Date(schedule?.nextAt ?? 0).toISOString()
      } finally {
        await crm.close()
      }
    }
    expect(await nextOf({ at: '09:00', weekdays: [1, 5], zone: 'UTC' }, '2026-03-03T00:00:00Z')).toBe('2026-03-06T09:00:00.000Z')
    expect(await nextOf({ at: '09:00', monthDays: [-1], zone: 'UTC' }, '2028-02-01T00:00:00Z')).toBe('2028-02-29T09:00:00.000Z')
    expect(await nextOf({ at: '09:00', monthDays: [31], zone: 'UTC' }, '2026-04-01T00:00:00Z')).toBe('2026-05-31T09:00:00.000Z')
    expect(await nextOf({ at: '09:00' }, '2026-04-01T02:00:00Z')).toBe('2026-04-02T01:00:00.000Z')
    expect(await nextOf({ every: '15m' }, '2026-04-01T02:01:00Z')).toBe('2026-04-01T02:15:00.000Z')
  })
})

test('times that make no sense are told of before anything runs', () => {
  for (const times of [
    { at: '25:00' },
    { at: '09:00', zone: 'Mars/Base' },
    { at: '09:00', weekdays: [0] },
    { at: '09:00', monthDays: [] },
    { every: '10' },
    { every: '0m' },
  ])
    expect(() => createCrm({ store: sqlite(':memory:'), plugins: [clocks(times)], standard: false }), JSON.stringify(times)).toThrow(
      'PLUGIN_INVALID',
    )
})
