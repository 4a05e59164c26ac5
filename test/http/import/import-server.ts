// Serves a CRM with imports in a process of its own until it is killed. Everybody is `ann`, an administrator.

import { createServer } from 'node:http'
import { toNodeHandler } from '@guanxi/adapters/http'
import { importing } from '@guanxi/adapters/import'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { listen } from '../support/mounts.ts'

const [, , database = '', folder = ''] = process.argv
const store = database.startsWith('postgres') ? postgres(database) : sqlite(database, { synchronous: 'normal', driver: 'better-sqlite3' })
const crm = createCrm<unknown>({ store, tenant: 'desk', plugins: [importing()], identify: () => ({ id: 'ann', roles: ['admin'] }) })
await crm.open()
const { url } = await listen(createServer(toNodeHandler(crm, { imports: { folder } })))
process.stdout.write(`${url}\n`)
