import { createImporter, type Importer, importing } from '@guanxi/adapters/import'
import { type Crm, createCrm, type Identity, type Plugin, type RoleGrants, type Session } from '@guanxi/core'
import { afterEach } from 'vitest'
import type { Database, Engine } from '../../support/engines.ts'

export const admin: Identity = { id: 'importer', kind: 'integration', roles: ['admin'], tenant: 'test', locale: 'en' }

/** A CRM on a database of its own; `another` is a second process on the same database. */
export interface Place {
  readonly crm: Crm
  readonly session: Session
  readonly importer: Importer
  another(): Promise<Place>
}

interface Choice {
  readonly access?: RoleGrants
  readonly identity?: Identity
  /** Plugins of this process alone. */
  readonly plugins?: readonly Plugin[]
}

const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

export async function placeOn(engine: Engine, options: Choice = {}): Promise<Place> {
  const database = await engine.create()
  open.push(() => database.drop())
  return placeIn(database, options)
}

async function placeIn(database: Database, options: Choice): Promise<Place> {
  const crm = createCrm({ store: database.store(), plugins: [importing(), ...(options.plugins ?? [])], access: options.access })
  await crm.open()
  open.push(() => crm.close())
  const identity = options.identity ?? admin
  return {
    crm,
    session: crm.as(identity),
    importer: createImporter(crm, identity),
    another: () => placeIn(database, { ...options, plugins: [] }),
  }
}
