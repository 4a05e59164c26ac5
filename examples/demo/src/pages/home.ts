import type { Session } from '@guanxi/core'
import { activity, customer, deal, stage } from '@guanxi/core/standard'
import type { Knex } from 'knex'
import { html, type Markup } from '../html.ts'
import { recentOrders, salesSince } from '../orders.ts'
import { activityRows } from './activity-rows.ts'
import { layout, type Reader } from './layout.ts'
import { ordersTable } from './orders-table.ts'

const month = 30 * 24 * 60 * 60 * 1000

/** The shop's start page: its own orders, and the state of the pipeline asked from the CRM in process. */
export async function homePage(reader: Reader, shop: Knex, crm: Session, now: number): Promise<Markup> {
  const { say, employee } = reader
  const [orders, sales, funnel, followUps] = await Promise.all([
    recentOrders(shop, 12),
    salesSince(shop, now - month, 'CNY'),
    openFunnel(crm),
    recentFollowUps(crm, now),
  ])
  const names = await customerNames(crm, [...new Set(orders.map((order) => order.customerId))])
  const count = funnel.reduce((total, row) => total + row.count, 0)
  const value = funnel.reduce((total, row) => total + row.minor, 0)
  const most = Math.max(1, ...funnel.map((row) => row.minor))
  return layout(
    reader,
    say('home'),
    html`<div class="title"><h1>${say('greeting', { name: employee.name })}</h1><p>${say('today', { date: say.day(now) })} · <a href="/data">${say('data')}</a></p></div>
      <div class="figures">
        ${figure(say('ordersThisMonth'), String(sales.orders))}
        ${figure(say('salesThisMonth'), say.money(sales.totalMinor, 'CNY'))}
        ${figure(say('openDeals'), String(count))}
        ${figure(say('openValue'), say.money(value, 'CNY'))}
      </div>
      <div class="columns">
        <section class="panel"><div class="panel-head"><h2>${say('recentOrders')}</h2><small>${say('fromShop')}</small></div>${ordersTable(say, orders, names)}</section>
        <div class="stack"><section class="panel"><div class="panel-head"><h2>${say('pipeline')}</h2><a class="more" href="/deals">${say('toBoard')}</a></div>
          <ul class="funnel">${funnel.map(
            ({ name, nameEn, count, minor }) => html`<li><span>${say.locale === 'en' ? (nameEn ?? name) : name}</span><b>${count}</b>
            <meter min="0" max="${most}" value="${minor}"></meter><span class="number">${say.money(minor, 'CNY')}</span></li>`,
          )}</ul>
          <p class="source">${say('fromCrm')}</p></section>
          <section class="panel"><div class="panel-head"><h2>${say('activities')}</h2><small>${say('fromCrm')}</small></div>${activityRows(say, followUps)}</section></div>
      </div>`,
  )
}

function figure(label: string, value: string): Markup {
  return html`<div class="figure panel"><span>${label}</span><b>${value}</b></div>`
}

/** What was done last; not what is planned. */
async function recentFollowUps(crm: Session, now: number) {
  const { records } = await crm
    .records(activity)
    .find({ where: { occurredAt: { lte: now } }, sort: ['-occurredAt'], limit: 7, expand: ['ownerId'] })
  return records
}

/** Open deals by stage; the sums are of those in yuan, so that they are sums. */
async function openFunnel(crm: Session) {
  const [{ records }, rows] = await Promise.all([
    crm.records(stage).find({ where: { outcome: 'open' }, sort: ['order'] }),
    crm.records(deal).aggregate({ where: { status: 'open' }, group: ['stageId'], measures: ['count', 'sum:amount'] }),
  ])
  return records.map(({ id, name, nameEn }) => {
    const here = rows.filter(({ group }) => group.stageId === id)
    const inYuan = here.find(({ group }) => group.currency === 'CNY')
    const count = here.reduce((total, { values }) => total + Number(values.count), 0)
    return { name, nameEn, count, minor: Number(inYuan?.values['sum:amount'] ?? 0) }
  })
}

async function customerNames(crm: Session, ids: readonly string[]): Promise<Map<string, string>> {
  const { records } = await crm.records(customer).find({ where: { id: { in: ids } }, fields: ['name'], limit: 100 })
  return new Map(records.map(({ id, name }) => [id, name]))
}
