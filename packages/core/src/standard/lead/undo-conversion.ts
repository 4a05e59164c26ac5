import { before, type HookContext } from '../../hook/hook.ts'
import type { ObjectHandle, Stored } from '../../object/handle.ts'
import type { Where } from '../../record/records.ts'
import { activity } from '../object/activity.ts'
import { contact } from '../object/contact.ts'
import { contactPoint } from '../object/contact-point.ts'
import { customer } from '../object/customer.ts'
import { deal } from '../object/deal.ts'
import { type Lead, lead } from '../object/lead.ts'
import { moveContactPoints } from './convert.ts'

const undoWindow = 24 * 60 * 60 * 1000

/** Takes a conversion back within 24 hours, unless something was created under the customer since. */
export const undoConversion = before(
  lead,
  { id: 'lead-undo-conversion', on: ['update'], fields: ['status'], database: true, after: ['standard:lead-life-cycle'] },
  async (change, context) => {
    const { previous, next } = change
    if (previous?.status !== 'converted' || next.status !== 'following') return
    if (context.now - (previous.statusSince ?? 0) >= undoWindow) context.reject('STANDARD_UNDO_EXPIRED', { hours: 24 })
    if (await hasLaterRecords(previous, context)) context.reject('STANDARD_HAS_LATER_RECORDS')
    const { convertedContactId } = previous
    if (convertedContactId) {
      await moveContactPoints(context, { object: 'contact', id: convertedContactId }, { object: 'lead', id: change.id })
    }
    await removeMade(previous, context)
    change.set({ ...forgotten(previous), convertedDealId: null, createdByConversion: [] })
  },
)

/** Existing records the lead was joined to stay named; those made by the conversion are gone. */
function forgotten(previous: Stored<Lead>): Partial<Lead> {
  const made = previous.createdByConversion
  return {
    ...(made.includes('customer') && { convertedCustomerId: null }),
    ...(made.includes('contact') && { convertedContactId: null }),
  }
}

async function hasLaterRecords(previous: Stored<Lead>, context: HookContext): Promise<boolean> {
  const since = previous.statusSince ?? 0
  const { convertedCustomerId: customerId, convertedContactId: contactId, convertedDealId: dealId } = previous
  if (!customerId) return false
  const subjects = [
    { object: 'customer', id: customerId },
    ...(contactId ? [{ object: 'contact', id: contactId }] : []),
    ...(dealId ? [{ object: 'deal', id: dealId }] : []),
  ]
  const about = { createdAt: { gt: since }, or: subjects.map((subject) => ({ subject: { eq: subject } })) }
  const under = (made: string | null): Where => ({ customerId, createdAt: { gte: since }, ...(made && { id: { ne: made } }) })
  return (
    (await exists(context, activity, about)) ||
    (await exists(context, contactPoint, about)) ||
    (await exists(context, deal, under(dealId))) ||
    (await exists(context, contact, under(contactId))) ||
    (await exists(context, customer, { parentId: customerId, createdAt: { gt: since } }))
  )
}

async function exists<T extends object>(context: HookContext, object: ObjectHandle<T>, where: Where): Promise<boolean> {
  const page = await context.records(object.name).find({ where, limit: 1, fields: ['id'] })
  return page.records.length > 0
}

/** The deal first, so that the customer has no open deal when it goes. */
async function removeMade(previous: Stored<Lead>, context: HookContext): Promise<void> {
  const made = previous.createdByConversion
  const remove = async (part: (typeof made)[number], object: string, id: string | null): Promise<void> => {
    if (id && made.includes(part)) await context.records(object).remove({ id, version: 'any' })
  }
  await remove('deal', 'deal', previous.convertedDealId)
  await remove('contact', 'contact', previous.convertedContactId)
  await remove('customer', 'customer', previous.convertedCustomerId)
}
