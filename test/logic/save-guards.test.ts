import { webhooks } from '@guanxi/adapters/webhooks'
import { type Crm, type CrmError, createCrm } from '@guanxi/core'
import { activity, deal } from '@guanxi/core/standard'
import { approval, approvals } from '@guanxi/plugins'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { admin, openOffice, rule, sets } from './office.ts'

const two = engines.filter(({ name }) => name !== 'sqlite3')

describe.each(two)('the guards of rules on save on $name', (engine) => {
  let database: Database
  let crm: Crm
  const offers = () => crm.as(admin).records('offer')

  beforeAll(async () => {
    database = await engine.create()
    crm = await openOffice(database)
  })
  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  test('attack:R11 each save goes by one version of a rule and says which, while somebody edits it', async () => {
    const write = (n: number) => sets({ pieces: { gte: 1 } }, { x: n, y: n })
    const id = await rule(crm.as(admin), write(1))
    const edit = async () => {
      for (let n = 2; n <= 6; n++) {
        await crm.as(admin).deciders.propose(id, { save: write(n) })
        await crm.as(admin).deciders.advance(id, { to: 'on' })
      }
    }
    const save = async (): Promise<string[]> => {
      const ids: string[] = []
      for (let n = 0; n < 40; n++) ids.push(String((await offers().create({ title: `n${n}`, pieces: 1 })).id))
      return ids
    }
    const [ids] = await Promise.all([save(), edit()])
    const seen = new Set<number>()
    for (const one of ids) {
      const { x, y } = await offers().get(one)
      const cause = (await offers().changes(one)).entries[0]?.cause as { rules: { version: number }[] }
      expect([x, y]).toEqual([cause.rules[0]?.version, cause.rules[0]?.version])
      seen.add(Number(x))
    }
    expect(seen.size).toBeGreaterThan(1)
    await crm.as(admin).deciders.advance(id, { to: 'off' })
  })

  test('a rule on related records that never ends is stopped and named, and nothing is saved', async () => {
    const save = {
      kind: 'automation' as const,
      rules: [
        {
          id: 'again',
          when: { x: { gte: 1 } },
          do: [{ action: 'create', params: { object: 'offer', values: { x: { '+': [{ var: 'x' }, 1] } } } }],
        },
      ],
    }
    const id = await rule(crm.as(admin), save)
    const before = await offers().count()
    const error = await offers()
      .create({ x: 1 })
      .catch((caught: unknown) => caught as CrmError)
    expect(error).toMatchObject({ code: 'RULE_LOOP' })
    expect((error as CrmError).params.chain).toContain(`${id}@1/again → ${id}@1/again`)
    expect(await offers().count()).toBe(before)
    await crm.as(admin).deciders.advance(id, { to: 'off' })
  })

  test('a bulk write sets as many related records as it has', async () => {
    const firms = crm.as(admin).records('firm')
    const { ids } = await firms.createMany(Array.from({ length: 1_001 }, (_, n) => ({ name: `f${n}` })))
    const save = {
      kind: 'automation' as const,
      rules: [{ id: 'one', when: { pieces: 7 }, do: [{ action: 'related', params: { through: 'firmId', values: { note: 'met' } } }] }],
    }
    const id = await rule(crm.as(admin), save)
    await offers().createMany(ids.map((firmId) => ({ firmId, pieces: 7 })))
    expect(await firms.count({ where: { note: 'met' } as never })).toBe(1_001)
    await crm.as(admin).deciders.advance(id, { to: 'off' })
  })

  test('writes of the host’s own transaction go by the rules, and their changes keep what the caller gave as cause', async () => {
    const id = await rule(crm.as(admin), sets({ pieces: { gte: 1 } }, { note: 'set' }))
    const made = await crm.as(admin).transaction(async (session) => {
      const one = await session.records('offer').create({ pieces: 1 }, { cause: { kind: 'feed', id: 'north' } })
      return session.records('offer').update({ id: one.id, version: 1 }, { pieces: 2, note: null })
    })
    expect(made).toMatchObject({ note: 'set', version: 2 })
    const { entries } = await offers().changes(String(made.id))
    expect(entries.at(-1)?.cause).toMatchObject({ kind: 'feed', id: 'north', rules: [{ decider: id }] })
    await crm.as(admin).deciders.advance(id, { to: 'off' })
  })
})

describe('actions of the standard plugin and of approvals', () => {
  let database: Database
  let crm: Crm
  // In Shanghai, where the calendar is, it is the morning of the third.
  const now = Date.UTC(2026, 2, 2, 22)

  beforeAll(async () => {
    const [engine] = two
    if (!engine) throw new Error('no engine')
    database = await engine.create()
    crm = createCrm({
      store: database.store(),
      tenant: 'test',
      plugins: [approvals()],
      webhooks: webhooks({ keys: ['a key of thirty-two characters ok'] }),
      clock: () => now,
    })
    await crm.open()
  })
  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  test('a large deal asks for an approval, gives its owner a task, and tells them', async () => {
    const person = (id: string) => ({ id, name: id, roles: ['admin'], teamIds: ['north'], leads: id === 'ada' ? ['north'] : [] })
    await crm.directory.put({ people: [person('wang'), person('ada')], teams: [{ id: 'north', name: 'North' }] } as never)
    const ada = crm.as({ id: 'ada', roles: ['admin'] })
    const { webhook } = await ada.webhooks.create({ name: 'ERP', url: 'https://erp.example.com/in', objects: ['customer'] })
    const { id } = await ada.deciders.create({
      name: 'large',
      object: 'deal',
      label: { 'zh-CN': '大单', en: 'Large' },
      save: {
        kind: 'automation',
        rules: [
          {
            id: 'large',
            when: { amount: { gte: { minor: 100_000_00, currency: 'CNY' } } },
            do: [
              { action: 'approval.start', params: { title: '大单 {n}', approverRole: 'boss' } },
              { action: 'standard.task', params: { title: '联系 {n}', days: 3 } },
              { action: 'webhook', params: { webhook: webhook.id, values: { deal: { var: 'name' }, from: 'rule' } } },
              { action: 'standard.notify', params: { text: { 'zh-CN': '{n} 是大单', en: '{n} is large' } } },
              { action: 'standard.notify', params: { text: { 'zh-CN': '{n}', en: '{n}' }, to: { var: 'ownerId.leaderId' } } },
            ],
            because: { 'zh-CN': '{n} 金额大', en: '{n} is large', values: { n: { var: 'name' } } },
          },
        ],
      },
    })
    await ada.deciders.advance(id, { to: 'on' })
    const made = await ada.records(deal).create({ name: 'Ship', amount: { minor: 200_000_00, currency: 'CNY' }, ownerId: 'wang' } as never)
    expect((await ada.records(approval).find({})).records).toMatchObject([
      { title: '大单 Ship', approverRole: 'boss', state: 'pending', requestedBy: 'ada', subject: { object: 'deal', id: made.id } },
    ])
    expect((await ada.records(activity).find({})).records).toMatchObject([
      { summary: '联系 Ship', nextStepOn: '2026-03-06', ownerId: 'wang' },
    ])
    expect((await ada.webhooks.deliveries(webhook.id)).deliveries).toMatchObject([
      { type: 'rule.fired', object: 'deal', recordId: made.id },
    ])
    const { entries } = await crm.as({ id: 'wang', roles: ['admin'] }).messages.inbox.find()
    expect(entries).toMatchObject([{ kind: 'standard.rule', about: { object: 'deal', id: made.id } }])
    const led = await ada.messages.inbox.find()
    expect(led.entries.filter(({ kind }) => kind === 'standard.rule')).toMatchObject([{ about: { object: 'deal', id: made.id } }])
    expect((await ada.deciders.actions('deal')).map((one) => one.id)).toEqual(
      expect.arrayContaining([
        'reject',
        'set',
        'assign',
        'points',
        'related',
        'create',
        'approval.start',
        'standard.notify',
        'standard.task',
      ]),
    )
  })

  test('a rule whose action is gone is told of once, to whoever wrote it', async () => {
    let at = now
    const other = createCrm({ store: database.store(), tenant: 'test', clock: () => at })
    await other.open()
    const running = await other.run({ pollMilliseconds: 5 })
    try {
      const ada = other.as({ id: 'ada', roles: ['admin'] })
      const told = async () => {
        at += 3_600_000
        return (await ada.messages.inbox.find()).entries.filter(({ kind }) => kind === 'standard.ruleBroken').map(({ title }) => title)
      }
      await expect.poll(told, { timeout: 20_000 }).toHaveLength(1)
      expect(await told()).toEqual(['规则「大单」现在不起作用'])
      expect((await ada.deciders.get('admin.large')).broken).toMatchObject({ code: 'ACTION_UNKNOWN', since: expect.any(Number) })
    } finally {
      await running.stop()
      await other.close()
    }
  })
})
