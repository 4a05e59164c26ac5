import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { desk, handedOver, outbox } from './setting.ts'

/** A process that dies while a channel is handing a message over: it says so, and then waits to be killed. */
const [file = '', id = 'email', repeats = 'once'] = process.argv.slice(2)
const channel = outbox(id, { reaches: id === 'email' ? 'email' : 'group', repeats: repeats as 'once' })
const hanging = {
  ...channel,
  send: (message: { readonly id: string }): Promise<never> => {
    process.stdout.write(`${message.id}\n`)
    return new Promise(() => {})
  },
}
const crm = createCrm({ store: sqlite(file), tenant: 'test', plugins: [desk()], channels: [hanging] })
await crm.open()
const to = id === 'email' ? { person: 'bob' } : { group: id }
await crm.directory.put({ people: [{ id: 'bob', name: '波', email: 'bob@example.com' }] })
const data = { name: 'x', by: 'bob', due: 0 }
await crm.as({ id: 'ada' }).messages.send({ template: handedOver, to, data, channels: [id], priority: 'urgent' })
await crm.run({ pollMilliseconds: 20, leaseMilliseconds: 500 })
setInterval(() => {}, 1_000)
