import { defineObject, definePlugin, type ObjectHandle, type RecordOf } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'

const taskDefinition = defineObject('task', {
  type: 'object',
  properties: { name: { type: 'string' }, rank: { type: 'integer', index: true }, worth: { kind: 'money' }, open: { type: 'boolean' } },
})
interface Task extends RecordOf<typeof taskDefinition> {}
const task: ObjectHandle<Task> = taskDefinition
const tasks = definePlugin({ id: 'tasks', version: '1.0.0', core: '^0.1.0', setup: (plugin) => void plugin.object(task) })
const size = 60

describe.each(engines)('a jump down a list on $name', ({ create }) => {
  let database: Database
  let crm: TestCrm
  let statements = 0
  const records = (id = 'ada', roles = ['admin']) => crm.user({ id, roles }).records(task)
  beforeAll(async () => {
    database = await create()
    const access = { admin: '*', rep: { task: { read: 'own', create: 'all' } } } as const
    const store = database.store({ observe: () => void statements++ })
    crm = await createTestCrm({ store, plugins: [tasks()], standard: false, access })
    await records().createMany(
      Array.from({ length: size }, (_, index) => ({
        name: `task ${index % 7}`,
        open: index % 2 === 0,
        // Every third has no rank, and every fourth no worth: nulls are last, wherever a page begins.
        ...(index % 3 > 0 && { rank: index % 5 }),
        ...(index % 4 > 0 && { worth: { minor: index % 6, currency: index % 2 ? 'CNY' : 'USD' } }),
        ...(index % 6 === 0 && { ownerId: 'rep' }),
      })),
    )
  })
  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })
  const idsOf = (page: { records: readonly { readonly id: string }[] }) => page.records.map(({ id }) => id)

  test.each([[['rank']], [['-rank', 'name']], [['worth']], [['-createdAt']], [['name']]])(
    'begins where the list has that record: %j',
    async (sort) => {
      const whole = idsOf(await records().find({ sort, limit: 500 }))
      expect(whole).toHaveLength(size)
      for (const skip of [1, 17, 39, 41, 58, 59, 60, 1_000_000]) {
        const page = await records().find({ sort, skip, limit: 5 })
        expect(idsOf(page)).toEqual(whole.slice(skip, skip + 5))
        expect(page.cursor === null).toBe(skip + 5 >= size)
        if (page.cursor === null) continue
        expect(idsOf(await records().find({ sort, limit: 5, cursor: page.cursor }))).toEqual(whole.slice(skip + 5, skip + 10))
      }
    },
  )

  test('counts only what the condition and the reader’s rights let through', async () => {
    const open = idsOf(await records().find({ where: { open: true }, sort: ['rank'], limit: 500 }))
    expect(idsOf(await records().find({ where: { open: true }, sort: ['rank'], limit: 4, skip: 9 }))).toEqual(open.slice(9, 13))
    const rep = records('rep', ['rep'])
    const own = idsOf(await rep.find({ sort: ['rank'], limit: 500 }))
    expect(own).toHaveLength(size / 6)
    expect(idsOf(await rep.find({ sort: ['rank'], skip: 7, limit: 5, count: true }))).toEqual(own.slice(7))
  })

  test('is one statement, and says what is wrong', async () => {
    const { cursor } = await records().find({ limit: 5 })
    statements = 0
    await records().find({ skip: 40, limit: 5 })
    expect(statements).toBe(1)
    for (const wrong of [{ skip: -1 }, { skip: 1.5 }, { skip: 1_000_001 }, { skip: 5, cursor: cursor ?? '' }])
      await expect(records().find(wrong)).rejects.toMatchObject({ code: 'PARAMETER_INVALID', path: '/skip' })
  })
})
