import type { IncomingMessage } from 'node:http'
import { inspect } from 'node:util'
import { importing } from '@guanxi/adapters/import'
import { webhooks } from '@guanxi/adapters/webhooks'
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

/** What the secrets of webhooks rest sealed with. A real shop keeps its own in a vault; this one is known to everybody. */
const sealingKey = process.env.WEBHOOK_KEY ?? 'harbor trading, made up for the demo'

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
    webhooks: webhooks({ keys: [sealingKey] }),
    log: ({ level, message, ...facts }) => {
      // While a year is played in seconds, slow hooks tell nothing.
      if (level === 'error' || (level === 'warn' && !clock))
        process.stderr.write(`crm ${level}: ${message} ${inspect(facts, { breakLength: Infinity })}\n`)
    },
  })
}
