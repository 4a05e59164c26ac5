import { defineObject, definePlugin } from '@guanxi/core'
import { createTestCrm } from '@guanxi/core/testing'
import { expect, test } from 'vitest'
import { engines } from '../support/engines.ts'

const note = defineObject('note', { type: 'object', required: ['text'], properties: { text: { type: 'string' } } })
const notes = definePlugin({ id: 'notes', version: '1.0.0', core: '^0.1.0', setup: (plugin) => void plugin.object(note) })

test('two instances in one process, one on SQLite and one on PostgreSQL, share nothing', async () => {
  const databases = await Promise.all(engines.filter(({ name }) => name !== 'better-sqlite3').map((engine) => engine.create()))
  const crms = await Promise.all(
    databases.map((database) => createTestCrm({ store: database.store(), plugins: [notes()], standard: false })),
  )
  try {
    await Promise.all(
      crms.map((crm, index) =>
        crm
          .user()
          .records(note)
          .create({ text: `from ${index}` }),
      ),
    )
    const texts = await Promise.all(crms.map(async (crm) => (await crm.user().records(note).find()).records.map(({ text }) => text)))
    expect(texts).toEqual([['from 0'], ['from 1']])
  } finally {
    await Promise.all(crms.map((crm) => crm.close()))
    await Promise.all(databases.map((database) => database.drop()))
  }
})
