import { product, stage } from '@guanxi/core/standard'
import type { Knex } from 'knex'
import { harborCrm } from '../crm.ts'
import { openDatabase } from '../database.ts'
import { insertOrders } from '../orders.ts'
import { directory, employees, identityOf, tenant } from '../people.ts'
import { planActivities } from './activities.ts'
import { catalogue } from './catalogue.ts'
import { planCustomers } from './customers.ts'
import { planDeals } from './deals.ts'
import { planEndings, planLeads } from './leads.ts'
import { planOrders } from './orders.ts'
import { random } from './random.ts'
import { enterRules } from './rules.ts'
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
  const session = crm.as({ id: 'opening-books', kind: 'integration', name: '期初导入 Opening books', tenant, roles: ['admin'] })
  if ((await session.records(product).count()) > 0) {
    await crm.close()
    await shop.destroy()
    throw new Error(`A first start was interrupted and left half a year in ${name}. Remove it, or choose another: DATABASE_URL=…`)
  }
  const world: World = { session, chance: random(20260316), now: started, happenings: [] }
  const productIds = (await session.records(product).createMany(catalogue)).ids
  const { records: stages } = await session.records(stage).find({ sort: ['order'] })
  const customers = planCustomers(world)
  const stageIds = stages.map((each) => each.id)
  const deals = planDeals(world, customers, stageIds, productIds)
  const leads = planLeads(world)
  const followed = planActivities(world, deals, leads, customers)
  planEndings(world, leads, followed)
  await play(world.happenings, clock)
  const admin = employees.find(({ role }) => role === 'admin')
  if (admin) await enterRules(crm.as(identityOf(admin, admin.locale)))
  await insertOrders(shop, planOrders(world, deals))
  await crm.close()
  await shop.destroy()
  say(
    `  ${customers.length} customers, ${deals.length} deals, ${leads.length} leads, 2,000 activities in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  )
}
