import { before, type HookContext } from '../../hook/hook.ts'
import type { Stored } from '../../object/handle.ts'
import { contact } from '../object/contact.ts'
import { contactPoint } from '../object/contact-point.ts'
import { customer } from '../object/customer.ts'
import { deal } from '../object/deal.ts'
import { type Lead, lead } from '../object/lead.ts'

type Made = NonNullable<Lead['createdByConversion']>

/** A lead that becomes converted makes its customer, contact and deal in the same transaction, whoever moved it. */
export const convert = before(
  lead,
  { id: 'lead-convert', on: ['update'], fields: ['status'], database: true, after: ['standard:lead-life-cycle'] },
  async (change, context) => {
    const { previous, next } = change
    if (!previous || previous.status === 'converted' || next.status !== 'converted') return
    const source: Stored<Lead> = { ...previous, ...next }
    const made: Made = []
    const customerId = source.convertedCustomerId ?? (await makeCustomer(source, context, made))
    const contactId = source.convertedContactId ?? (await makeContact(source, customerId, context, made))
    const dealId = source.dealName ? await makeDeal(source, customerId, contactId, context, made) : null
    await moveContactPoints(context, { object: 'lead', id: change.id }, { object: 'contact', id: contactId })
    change.set({ convertedCustomerId: customerId, convertedContactId: contactId, convertedDealId: dealId, createdByConversion: made })
  },
)

async function makeCustomer(source: Stored<Lead>, context: HookContext, made: Made): Promise<string> {
  const person = !source.companyName
  const record = await context.records(customer).create({
    name: source.companyName ?? source.name,
    kind: person ? 'person' : 'company',
    phone: person ? source.phone : null,
    email: person ? source.email : null,
    address: source.address,
    industry: source.industry,
    source: source.source,
    ownerId: source.ownerId,
    teamId: source.teamId,
  })
  made.push('customer')
  return record.id
}

async function makeContact(source: Stored<Lead>, customerId: string, context: HookContext, made: Made): Promise<string> {
  const { name, title, phone, email, ownerId, teamId } = source
  const record = await context.records(contact).create({ name, customerId, title, phone, email, ownerId, teamId })
  made.push('contact')
  return record.id
}

async function makeDeal(source: Stored<Lead>, customerId: string, contactId: string, context: HookContext, made: Made): Promise<string> {
  const record = await context.records(deal).create({
    name: source.dealName ?? source.name,
    customerId,
    contactId,
    amount: source.expectedAmount,
    closeDate: source.expectedCloseDate,
    source: source.source,
    ownerId: source.ownerId,
    teamId: source.teamId,
  })
  made.push('deal')
  return record.id
}

/** Ways to reach somebody belong to the person, wherever the person is. */
export async function moveContactPoints(
  context: HookContext,
  from: { readonly object: string; readonly id: string },
  to: { readonly object: string; readonly id: string },
): Promise<void> {
  await context.records(contactPoint).updateMany({ where: { subject: { eq: from } }, maxAffected: 1000 }, { subject: to })
}
