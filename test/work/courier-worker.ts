// Runs in a process of its own until it is killed: tells the receiver of what happens in the database.

import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { courier } from './courier.ts'

const [, , database = '', receiver = ''] = process.argv
const store = database.startsWith('postgres') ? postgres(database) : sqlite(database, { synchronous: 'normal' })
const crm = createCrm({ store, tenant: 'test', plugins: [courier(receiver)], standard: false })
await crm.open()
await crm.run({ pollMilliseconds: 10, leaseMilliseconds: 1_000 })
process.stdout.write('ready\n')
// The work itself keeps no process alive.
setInterval(() => {}, 60_000)
