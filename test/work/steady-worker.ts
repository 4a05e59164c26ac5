// Runs in a process of its own: works at jobs until it is stopped, killed, told to end, or kills itself.

import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { listening, steady } from './steady.ts'

const [, , database = '', listens = ''] = process.argv
const store = database.startsWith('postgres')
  ? postgres(database, { pool: { min: 0, max: 3 } })
  : sqlite(database, { synchronous: 'normal', driver: 'better-sqlite3' })
const crm = createCrm({ store, tenant: 'test', plugins: listens ? [steady(), listening()] : [steady()], standard: false, log: () => {} })
await crm.open()
const running = await crm.run({ pollMilliseconds: 10, leaseMilliseconds: 1_500 })
process.once('SIGTERM', async () => {
  await running.stop({ graceMilliseconds: 50 })
  await crm.close()
})
// A host that serves nothing would end here.
const stay = setInterval(() => {}, 1_000)
process.once('SIGTERM', () => clearInterval(stay))
process.stdout.write('ready\n')
