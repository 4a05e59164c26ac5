// Runs in a process of its own until it is killed: carries a run of a decider out through hooks, and says how far it is.

import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { openDepot } from '../decider/parcels.ts'

const [, , database = '', tenant = '', at = ''] = process.argv
const observe = ({ label }: { readonly label: string }): void => {
  if (label === 'set crm_decider_run') process.stdout.write('batch\n')
}
const store = () =>
  database.startsWith('postgres') ? postgres(database, { observe }) : sqlite(database, { synchronous: 'normal', observe })
const crm = await openDepot({ store }, { hook: () => {} })
process.stdout.write('ready\n')
await crm.as({ id: 'boss', tenant, roles: ['admin'] }).deciders.run('depot.stale', { at: Number(at) })
await crm.close()
process.stdout.write('done\n')
