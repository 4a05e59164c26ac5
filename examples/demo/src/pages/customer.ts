import type { Session } from '@guanxi/core'
import { activity, contact, customer, deal } from '@guanxi/core/standard'
import type { Knex } from 'knex'
import { html, type Markup } from '../html.ts'
import { recentOrders } from '../orders.ts'
import { activityRows } from './activity-rows.ts'
import { layout, type Reader } from './layout.ts'
import { ordersTable } from './orders-table.ts'

/** One customer: the CRM's form, their deals and follow-ups, and beside them what they ordered in the shop. */
export async function customerPage(reader: Reader, shop: Knex, crm: Session, id: string): Promise<Markup> {
  const { say } = reader
  const record = await crm.records(customer).get(id)
  const [deals, contacts, orders] = await Promise.all([dealsOf(crm, id), contactsOf(crm, id), recentOrders(shop, 20, id)])
  const activities = await activitiesOf(crm, id, deals)
  return layout(
    reader,
    record.name,
    html`<div class="title"><a class="back" href="/customers">← ${say('back')}</a></div><h1 class="unseen">${record.name}</h1>
      <div class="columns record">
        <section class="panel"><crm-form src="/crm" object="customer" record-id="${id}" locale="${say.locale}"></crm-form></section>
        <div class="stack">
          <section class="panel"><div class="panel-head"><h2>${say('shopOrders')}</h2><small>${say('fromShop')}</small></div>${ordersTable(say, orders)}</section>
          <section class="panel"><div class="panel-head"><h2>${say('deals')}</h2><small>${say('fromCrm')}</small></div>${dealList(reader, deals)}</section>
          <section class="panel"><div class="panel-head"><h2>${say('contacts')}</h2><small>${say('fromCrm')}</small></div>${contactList(reader, contacts)}</section>
          <section class="panel"><div class="panel-head"><h2>${say('activities')}</h2><small>${say('fromCrm')}</small></div>${activityRows(say, activities)}</section>
          <section class="panel"><crm-timeline src="/crm" object="customer" record-id="${id}" locale="${say.locale}"></crm-timeline></section>
        </div>
      </div>`,
  )
}

async function dealsOf(crm: Session, customerId: string) {
  const { records } = await crm.records(deal).find({ where: { customerId }, sort: ['-createdAt'], limit: 20, expand: ['stageId'] })
  return records
}

async function contactsOf(crm: Session, customerId: string) {
  const { records } = await crm.records(contact).find({ where: { customerId }, sort: ['name'], limit: 20 })
  return records
}

/** What was done with the customer or about one of its deals. */
async function activitiesOf(crm: Session, id: string, deals: readonly { readonly id: string }[]) {
  const subjects = [{ object: 'customer', id }, ...deals.map((each) => ({ object: 'deal', id: each.id }))]
  const or = subjects.map((subject) => ({ subject: { eq: subject } }))
  const { records } = await crm.records(activity).find({ where: { or }, sort: ['-occurredAt'], limit: 8, expand: ['ownerId'] })
  return records
}

function contactList({ say }: Reader, contacts: Awaited<ReturnType<typeof contactsOf>>): Markup {
  if (contacts.length === 0) return html`<p class="empty">${say('noContacts')}</p>`
  return html`<ul class="rows">${contacts.map(
    ({ name, title, phone, email }) =>
      html`<li><div><b>${name}</b><small>${[title, email].filter(Boolean).join(' · ')}</small></div><span>${phone?.replace(/^\+86(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')}</span></li>`,
  )}</ul>`
}

function dealList({ say }: Reader, deals: Awaited<ReturnType<typeof dealsOf>>): Markup {
  if (deals.length === 0) return html`<p class="empty">${say('noDeals')}</p>`
  return html`<ul class="rows">${deals.map(
    ({
      name,
      amount,
      status,
      closeDate,
      related,
    }) => html`<li><div><b>${name}</b><small>${stageName(say.locale, related?.stageId)}${closeDate && ` · ${closeDate}`}</small></div>
      <span class="number ${status}">${amount && say.money(amount.minor, amount.currency)}</span></li>`,
  )}</ul>`
}

function stageName(locale: string, stage: unknown): string {
  const { name = '', nameEn } = (stage ?? {}) as { name?: string; nameEn?: string | null }
  return locale === 'en' ? (nameEn ?? name) : name
}
