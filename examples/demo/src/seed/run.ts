import { product, stage } from '@guanxi/core/standard'
import type { Knex } from 'knex'
import { harborCrm } from '../crm.ts'
import { openDatabase } from '../database.ts'
import { insertOrders } from '../orders.ts'
import { directory, employeeById, employees, identityOf } from '../people.ts'
import { planActivities } from './activities.ts'
import { catalogue } from './catalogue.ts'
import { planCustomers } from './customers.ts'
import { planDeals } from './deals.ts'
import { planEndings, planLeads } from './leads.ts'
import { planOrders } from './orders.ts'
import { random } from './random.ts'
import { play } from './time-line.ts'
import { day, type World } from './world.ts'

/** True before the first start. */
export async function isEmpty(shop: Knex): Promise<boolean> {
  return (await shop('shop_order').first('number')) === undefined
}

/**
 * Fills the database with a year of business, through the API that any host has. A CRM of its own with a clock of its own plays
 * the year in order, so that every time in it is as it would have been.
 */
export async function seed(url: string | undefined, say: (line: string) => void): Promise<void> {
  const started = Date.now()
  say('First start: making up a year of business…')
  const { shop, store, name } = openDatabase(url)
  const clock = { now: started - 380 * day }
  const crm = harborCrm({ shop, store, name }, () => clock.now)
  await crm.open()
  await crm.directory.put(directory)
  const world: World = { crm, as: sessions(crm), chance: random(20260316), now: started, happenings: [] }
  const admin = world.as('guo-kai')
  const productIds = (await admin.records(product).createMany(catalogue)).ids
  const { records: stages } = await admin.records(stage).find({ sort: ['order'] })
  const customers = planCustomers(world)
  const stageIds = stages.map((each) => each.id)
  const deals = planDeals(world, customers, stageIds, productIds)
  const leads = planLeads(world)
  const followed = planActivities(world, deals, leads, customers)
  planEndings(world, leads, followed)
  await play(world.happenings, clock)
  await insertOrders(shop, planOrders(world, deals))
  await crm.close()
  await shop.destroy()
  say(
    `  ${customers.length} customers, ${deals.length} deals, ${leads.length} leads, 2,000 activities in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  )
}

/** One session for each of the staff. */
function sessions(crm: World['crm']): World['as'] {
  const open = new Map(employees.map((each) => [each.id, crm.as(identityOf(each, each.locale))]))
  return (id) => {
    const session = open.get(id)
    if (!session) throw new Error(`${employeeById(id)?.name ?? id} does not work here`)
    return session
  }
}
