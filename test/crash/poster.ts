// Runs in a process of its own until it is killed: posts in every way there is, and says what was answered.

import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { CrmError, createCrm, type Identity } from '@guanxi/core'
import { StoreFailure } from '@guanxi/core/store'
import { accounts, names, orderLine, places, points, seats } from './accounts.ts'

const [, , database = '', prefix = ''] = process.argv
const store = database.startsWith('postgres')
  ? postgres(database, { pool: { min: 0, max: 2 } })
  : sqlite(database, { synchronous: 'normal', driver: 'better-sqlite3' })
const crm = createCrm<Identity>({ store, tenant: 'test', plugins: [accounts()], standard: false })
await opened()
const session = crm.as({ id: 'poster', roles: ['admin'] })
const records = session.records(orderLine)

/** With this many starting at once a connection may take too long. */
async function opened(): Promise<void> {
  for (;;) {
    try {
      return await crm.open()
    } catch (error) {
      if (!(error instanceof StoreFailure) || !error.transient) throw error
    }
  }
}

process.stdout.write('ready\n')
for (let turn = 0; ; turn++) {
  const account = names[turn % names.length] ?? 'a'
  const key = `${prefix}-${turn}`
  const point = { ledger: points, account, amount: turn % 4 === 3 ? -2 : 3, key, limit: 0 }
  const seat = { ledger: seats, account, amount: 1, key, limit: places }
  try {
    if (turn % 5 === 0) await session.ledgers.post([point, seat])
    else if (turn % 5 === 1) await records.createMany([{ name: key }])
    else {
      const made = await records.create({ name: key }, { post: [point, seat] })
      if (turn % 5 === 2) await records.update(made, { name: `${key}!` }, { post: [{ ...point, key: `${key}!` }] })
    }
    process.stdout.write(turn % 5 === 1 ? `record ${key}\n` : `posted ${key}\n`)
  } catch (error) {
    // A seat too many, or a busy moment: both leave nothing behind.
    if (!(error instanceof CrmError) || !['LEDGER_LIMIT', 'STORE_UNAVAILABLE'].includes(error.code)) throw error
    await session.ledgers.post([{ ...point, amount: 5, key: `${key}-alone` }]).then(
      () => process.stdout.write(`posted ${key}-alone\n`),
      (again: unknown) => {
        if (!(again instanceof CrmError) || again.code !== 'STORE_UNAVAILABLE') throw again
      },
    )
  }
}
