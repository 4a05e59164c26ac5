import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, type Identity } from '@guanxi/core'
import { activity, customer, deal, lead, stage } from '@guanxi/core/standard'
import { type FollowUpOptions, followUp } from '@guanxi/plugins'
import { describe, expect, it, onTestFinished } from 'vitest'

const rep: Identity = { id: 'rep-li', name: 'Li', tenant: 't1' }
const hour = 60 * 60 * 1000

async function open(options?: FollowUpOptions) {
  const clock = { now: Date.parse('2026-03-02T02:00:00Z') }
  const crm = createCrm({ store: sqlite(':memory:'), plugins: [followUp(options)], clock: () => clock.now })
  await crm.open()
  onTestFinished(() => crm.close())
  await crm.directory.put({ tenant: 't1', people: [{ id: rep.id, name: 'Li' }] })
  return { session: crm.as(rep), clock }
}

describe('an activity with an outcome', () => {
  it('starts the following of an owned lead, at the time it happened', async () => {
    const { session, clock } = await open()
    const { id } = await session.records(lead).create({ name: '王伟', ownerId: rep.id })
    clock.now += hour
    const occurredAt = clock.now - 600_000
    await session.records(activity).create({ kind: 'call', subject: { object: 'lead', id }, outcome: 'information', occurredAt })
    expect(await session.records(lead).get(id)).toMatchObject({
      status: 'following',
      firstValidFollowUpAt: occurredAt,
      statusSince: clock.now,
    })
  })

  it.each([
    ['call', 'commitment', true],
    ['visit', 'objection', true],
    ['meeting', 'refused', true],
    ['im', 'information', true],
    ['email', 'information', true],
    ['note', 'information', false],
    ['call', 'not_reached', false],
    ['call', null, false],
  ] as const)('a %s with outcome %s counts: %s', async (kind, outcome, counts) => {
    const { session, clock } = await open()
    const record = await session.records(deal).create({ name: '首单' })
    clock.now += hour
    await session.records(activity).create({ kind, outcome, subject: { object: 'deal', id: record.id } })
    const { lastProgressAt } = await session.records(deal).get(record.id)
    expect(lastProgressAt).toBe(counts ? clock.now : clock.now - hour)
  })

  it('with a customer moves its open deals on, and never back', async () => {
    const { session, clock } = await open()
    const { id } = await session.records(customer).create({ name: '蓝海科技' })
    const { records: stages } = await session.records(stage).find({ where: { outcome: 'won' } })
    const deals = session.records(deal)
    const running = await deals.create({ name: 'a', customerId: id })
    const won = await deals.create({ name: 'b', customerId: id, stageId: stages[0]?.id })
    const start = clock.now
    clock.now += hour
    const visit = { kind: 'visit', outcome: 'commitment', subject: { object: 'customer', id } } as const
    await session.records(activity).create(visit)
    await session.records(activity).create({ ...visit, occurredAt: start - hour })
    expect((await deals.get(running.id)).lastProgressAt).toBe(clock.now)
    expect((await deals.get(won.id)).lastProgressAt).toBe(start)
  })

  it('counts when the outcome is filled in later, and for many at once', async () => {
    const { session, clock } = await open()
    const deals = session.records(deal)
    const ids = (await deals.createMany(Array.from({ length: 30 }, (_, index) => ({ name: `deal ${index}` })))).ids
    clock.now += hour
    const activities = session.records(activity)
    await activities.createMany(ids.map((id) => ({ kind: 'call', subject: { object: 'deal', id } })))
    expect(await deals.count({ where: { lastProgressAt: clock.now } })).toBe(0)
    await activities.updateMany({ where: { kind: 'call' }, maxAffected: 100 }, { outcome: 'information' })
    expect(await deals.count({ where: { lastProgressAt: clock.now } })).toBe(30)
  })
})

it('the host chooses which kinds count', async () => {
  const { session, clock } = await open({ kinds: ['note'] })
  const record = await session.records(deal).create({ name: '首单' })
  clock.now += hour
  await session.records(activity).create({ kind: 'call', outcome: 'information', subject: { object: 'deal', id: record.id } })
  expect((await session.records(deal).get(record.id)).lastProgressAt).toBe(clock.now - hour)
  await session.records(activity).create({ kind: 'note', outcome: 'information', subject: { object: 'deal', id: record.id } })
  expect((await session.records(deal).get(record.id)).lastProgressAt).toBe(clock.now)
})
