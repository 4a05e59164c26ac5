import assert from 'node:assert/strict'
import { toHandler } from '@guanxi/adapters/http'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, defineObject, definePlugin } from '@guanxi/core'

/** A host that uses the packages as they are published. */
const visit = defineObject('visit', {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string' }, minutes: { type: 'integer' } },
})
const visits = definePlugin({ id: 'visits', version: '1.0.0', core: '*', setup: (recorder) => void recorder.object(visit) })

const crm = createCrm({ store: sqlite(':memory:'), plugins: [visits()], tenant: 'shop', identify: () => ({ id: 'ann', roles: ['admin'] }) })
await crm.open()
const made = await crm
  .as({ id: 'ann', roles: ['admin'] })
  .records(visit)
  .create({ title: 'Monday', minutes: 30 })
const title: string = made.title
assert.equal(title, 'Monday')

const answer = await toHandler(crm)(new Request(`http://localhost/api/records/visit/${made.id}`))
assert.equal(answer.status, 200)
assert.equal(((await answer.json()) as { minutes: number }).minutes, 30)
await crm.close()
console.log('The packed packages work in a host.')
