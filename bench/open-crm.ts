import { importing } from '@guanxi/adapters/import'
import { type Crm, createCrm } from '@guanxi/core'
import { ownCpu, type Usage } from './contender.ts'
import { type Place, storeAt } from './database.ts'
import { access, seller } from './people.ts'
import { benchPlugin } from './subject.ts'

/** A CRM that is open, and what it has used up. */
export interface OpenCrm {
  readonly crm: Crm
  usage(): Usage
}

/** The same CRM for every Guanxi contender. */
export async function openCrm(place: Place, connections = 1): Promise<OpenCrm> {
  let statements = 0
  const store = storeAt(place, connections, () => {
    statements++
  })
  const crm = createCrm({ store, plugins: [benchPlugin(), importing()], access, tenant: seller.tenant, identify: () => seller })
  await crm.open()
  return { crm, usage: () => ({ cpu: ownCpu(), statements }) }
}
