import type { IncomingMessage } from 'node:http'
import { importing } from '@guanxi/adapters/import'
import { type Crm, createCrm, type RoleGrants } from '@guanxi/core'
import { followUp, ownerNotices } from '@guanxi/plugins'
import type { Database } from './database.ts'
import { identityOf, tenant } from './people.ts'
import { localeOf, whoIs } from './session.ts'

/** What each role may do with the CRM's objects; what is not granted is refused. */
const access: RoleGrants = {
  rep: { '*': ['read', 'create', 'update'] },
  manager: { '*': ['read', 'create', 'update', 'delete', 'restore', 'import'] },
  finance: { '*': ['read'] },
  admin: '*',
}

/** The CRM inside the shop: same database, same people, same sign-in. */
export function harborCrm(database: Database, clock?: () => number): Crm<IncomingMessage> {
  return createCrm<IncomingMessage>({
    store: database.store,
    plugins: [followUp(), importing(), ownerNotices()],
    tenant,
    access,
    clock,
    identify: (request) => {
      const employee = whoIs(request)
      return employee && identityOf(employee, localeOf(request))
    },
    log: ({ level, message }) => {
      if (level !== 'info') process.stderr.write(`crm ${level}: ${message}\n`)
    },
  })
}
