// Runs in a process of its own until it is killed: creates and changes records, and says what was answered.

import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, type Identity } from '@guanxi/core'
import { parcel, parcels } from './parcels.ts'

const [, , database = '', prefix = ''] = process.argv
const store = database.startsWith('postgres') ? postgres(database) : sqlite(database, { synchronous: 'normal' })
const crm = createCrm<Identity>({ store, tenant: 'test', plugins: [parcels()], standard: false })
await crm.open()
const records = crm.as({ id: 'writer', roles: ['admin'] }).records(parcel)

process.stdout.write('ready\n')
for (let turn = 0; ; turn++) {
  const name = `${prefix}-${turn}`
  const created = await records.create({ name }, { idempotencyKey: name })
  process.stdout.write(`created ${name}\n`)
  await records.update(created, { label: `changed ${turn}` }, { idempotencyKey: `${name}-change` })
}
