import { hash } from 'node:crypto'
import { settleStandings } from '../directory/standings.ts'
import { createRecords } from '../record/create-records.ts'
import { inUnit, type Scope } from '../scope/scope.ts'
import { systemScope } from '../scope/system-scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { migrationTable, revisionTable, teamTable } from '../store/system-tables.ts'
import type { Kernel } from './kernel.ts'

const everyTenant = '*'

const donePlan: SelectPlan = { table: migrationTable, columns: ['plugin', 'id'], order: [], revision: false }
const columns = ['tenant_id', 'plugin', 'id', 'checksum', 'at']

/** Directories of before people could be followed: where everybody stands is worked out once. */
const standings = { plugin: 'core', id: 'standings' } as const

async function settleOnce(kernel: Kernel, done: ReadonlySet<string>): Promise<void> {
  const { plugin, id } = standings
  if (done.has(`${plugin}/${id}`)) return
  await inUnit(systemScope(kernel, everyTenant), async ({ unit: { session, now } }) => {
    const fresh = await session.put({ table: migrationTable, columns }, [[everyTenant, plugin, id, '', now]], 'ignore')
    if (fresh === 0) return
    for (const tenant of await session.tenants(teamTable)) await settleStandings(session, tenant, now)
  })
}

/**
 * Runs the migrations of plugins that have not run yet, each once for every tenant, in plugin order and then by id. A migration and
 * its entry in the ledger are one transaction, so a second process meets the entry's key and leaves its own work undone.
 */
export async function runMigrations(kernel: Kernel): Promise<void> {
  const done = new Set((await kernel.store.direct.select(donePlan, [everyTenant])).map((row) => `${row.plugin}/${row.id}`))
  await settleOnce(kernel, done)
  for (const migration of kernel.contributions.migrations) {
    if (done.has(`${migration.plugin}/${migration.id}`)) continue
    await inUnit(systemScope(kernel, everyTenant), async (unit) => {
      const { session, now } = unit.unit
      const entry = [everyTenant, migration.plugin, migration.id, hash('sha256', String(migration.run), 'hex'), now]
      const fresh = await session.put({ table: migrationTable, columns }, [entry], 'ignore')
      if (fresh === 0) return
      for (const tenant of await session.tenants(revisionTable)) {
        const inside: Scope = { ...systemScope(kernel, tenant), unit: unit.unit, privileged: true }
        await migration.run({ records: (object) => createRecords(inside, object.name) })
      }
    })
  }
}
