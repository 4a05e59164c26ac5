import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { webhooks } from '@guanxi/adapters/webhooks'
import { createCrm } from '@guanxi/core'

// Works in the background on the database it is given, until somebody kills it.
const [database = '', place = ''] = process.argv.slice(2)
const crm = createCrm({
  store: database.startsWith('postgres') ? postgres(database) : sqlite(database, { driver: 'better-sqlite3' }),
  tenant: 'test',
  webhooks: webhooks({ keys: ['a key of thirty-two characters ok'], egress: { allow: [place] } }),
})
await crm.open()
await crm.run({ leaseMilliseconds: 500, pollMilliseconds: 20 })
setInterval(() => {}, 1_000)
