import { sqlite } from '@guanxi/adapters/sqlite'
import { customer, lead } from '@guanxi/core/standard'
import { createTestCrm } from '@guanxi/core/testing'
import { ownerNotices } from '@guanxi/plugins'
import { expect, onTestFinished, test } from 'vitest'

async function open() {
  const crm = await createTestCrm({ store: sqlite(':memory:'), plugins: [ownerNotices()] })
  onTestFinished(() => crm.close())
  await crm.directory.put({
    tenant: 'test',
    people: [
      { id: 'ada', name: '艾达' },
      { id: 'li', name: '李' },
    ],
  })
  const inbox = async (id: string, locale = 'zh-CN') => {
    await crm.flush()
    return (await crm.as({ id, locale }).messages.inbox.find()).entries
  }
  return { crm, user: crm.user(), inbox }
}

test('whoever is given a record is told once, and can open it; who takes it themselves is not', async () => {
  const { user, inbox } = await open()
  const { id, version } = await user.records(lead).create({ name: '蓝海', ownerId: 'ada' })
  expect(await inbox('ada')).toEqual([])
  await user.records(lead).update({ id, version }, { ownerId: 'li' })
  await user.records(customer).create({ name: '甲', ownerId: 'li' })
  expect((await inbox('li')).map(({ title, about }) => [title, about?.object])).toEqual([
    ['艾达 把客户「甲」交给了你', 'customer'],
    ['艾达 把线索「蓝海」交给了你', 'lead'],
  ])
  expect((await inbox('li', 'en'))[0]?.title).toBe('艾达 gave you the customer “甲”')
  await user.records(lead).update({ id, version: 'any' }, { title: '经理' })
  expect((await inbox('li')).length).toBe(2)
})

test('many at once are one message', async () => {
  const { crm, user, inbox } = await open()
  const names = Array.from({ length: 30 }, (_, index) => ({ name: `线索 ${index}`, ownerId: 'ada' }))
  const { ids } = await user.records(lead).createMany(names)
  crm.clock.now += 60_000
  await user.records(lead).updateMany({ ids, maxAffected: 30 }, { ownerId: 'li' })
  const entries = await inbox('li')
  expect(entries.map(({ title }) => title)).toEqual(['艾达 把 30 个线索交给了你'])
  expect(entries[0]?.body).toMatch(/^其中有「线索 \d+」。$/)
})

test('history that is brought in, and what is told a day late, is no news', async () => {
  const { crm, user, inbox } = await open()
  await user.records(customer).create({ name: '旧', ownerId: 'li' }, { at: Date.parse('2025-01-05T00:00:00Z') })
  await user.records(customer).create({ name: '新', ownerId: 'li' })
  crm.clock.now += 25 * 3_600_000
  expect(await inbox('li')).toEqual([])
})
