import type { ContactReach, ContactSource, MessageGate } from '../../message/contact.ts'
import type { ObjectHandle } from '../../object/handle.ts'
import { messageReasons } from '../../reason/message-reasons.ts'
import { contact } from '../object/contact.ts'
import { contactPoint } from '../object/contact-point.ts'
import { customer } from '../object/customer.ts'
import { lead } from '../object/lead.ts'

/** A lead, contact or customer is reached at their main address. */
function mainAddress(handle: ObjectHandle<{ name: string; email: string | null }>): ContactSource {
  return {
    object: handle.name,
    reach: async (id, { records }): Promise<ContactReach> => {
      const { name, email } = await records(handle).get(id, { fields: ['name', 'email'] })
      return { name, email, subject: { object: handle.name, id }, contactPointId: null }
    },
  }
}

const point: ContactSource = {
  object: contactPoint.name,
  reach: async (id, { records }) => {
    const { kind, value, subject } = await records(contactPoint).get(id, { fields: ['kind', 'value', 'subject'] })
    return { name: null, email: kind === 'email' ? value : null, subject, contactPointId: id }
  },
}

/** How the standard objects are reached. */
export const contactSources: readonly ContactSource[] = [point, ...[lead, contact, customer].map((handle) => mainAddress(handle as never))]

const { make } = messageReasons

/** 授权 of contact points: a main address is the contact point with the same value, where there is one. */
export const contactConsent: MessageGate = {
  id: 'standard.contact-consent',
  check: async ({ subject, contactPointId, email }, { records, now }) => {
    const points = await records(contactPoint).find({
      where: contactPointId ? { id: contactPointId } : { subject, kind: 'email', normalised: email?.toLowerCase() ?? '' },
      fields: ['consentState', 'validFrom', 'validTo'],
      limit: 50,
    })
    if (points.records.length === 0) return null
    if (points.records.some(({ consentState }) => consentState === 'refused' || consentState === 'withdrawn'))
      return make.message_consent_refused()
    const valid = points.records.filter(({ validFrom, validTo }) => (validFrom ?? 0) <= now && now < (validTo ?? Number.POSITIVE_INFINITY))
    if (valid.length === 0) return make.message_point_expired()
    return valid.some(({ consentState }) => consentState === 'granted') ? 'agreed' : null
  },
}
