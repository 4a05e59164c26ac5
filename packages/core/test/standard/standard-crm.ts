import { sqlite } from '@guanxi/adapters/sqlite'
import { type Crm, createCrm, type Identity, type Session } from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import { onTestFinished } from 'vitest'

export const rep: Identity = { id: 'rep-li', name: 'Li', roles: ['rep'], tenant: 't1' }
export const other: Identity = { id: 'rep-wang', name: 'Wang', roles: ['rep'], tenant: 't1' }
export const hour = 60 * 60 * 1000
export const day = 24 * hour

/** A CRM with the standard objects on SQLite in memory, its clock, and a session of a rep. */
export interface StandardCrm {
  readonly crm: Crm
  readonly session: Session
  readonly clock: { now: number }
}

/** Opens one for the running test; it is closed when the test is over. */
export async function standardCrm(store: Store = sqlite(':memory:')): Promise<StandardCrm> {
  const clock = { now: Date.parse('2026-03-02T02:00:00Z') }
  const crm = createCrm({ store, clock: () => clock.now })
  await crm.open()
  onTestFinished(() => crm.close())
  await crm.directory.put({
    tenant: 't1',
    people: [
      { id: rep.id, name: 'Li' },
      { id: other.id, name: 'Wang' },
    ],
  })
  return { crm, session: crm.as(rep), clock }
}
