import type { ObjectHandle, Stored } from '../../object/handle.ts'
import type { Money } from '../../object/infer.ts'
import { type Service, service } from '../../plugin/service.ts'
import type { Records } from '../../record/records.ts'
import { type Lead, lead } from '../object/lead.ts'

/** A session, an endpoint's or a hook's context: whoever can reach records. */
export interface RecordDoor {
  records<T extends object>(object: ObjectHandle<T>): Records<T>
}

/** What to convert, and into what. */
export interface ConversionInput {
  readonly leadId: string
  readonly version: number | 'any'
  /** Existing customer to join; a new one is made otherwise. */
  readonly customerId?: string
  /** Existing contact to join; a new one is made otherwise. */
  readonly contactId?: string
  /** Also open a deal. */
  readonly deal?: { readonly name: string; readonly amount?: Money | null; readonly closeDate?: string | null }
}

/** Turns leads into customers, and back. */
export interface Conversion {
  /** Creates customer, contact and, when asked, a deal, and marks the lead converted: all or nothing. */
  convert(door: RecordDoor, input: ConversionInput): Promise<Stored<Lead>>
  /** Within 24 hours, unless something was created under the customer since. */
  undo(door: RecordDoor, input: Pick<ConversionInput, 'leadId' | 'version'>): Promise<Stored<Lead>>
}

/** The commands of {@link Conversion}. */
export const conversion: Service<Conversion> = service<Conversion>('standard.conversion')

/** Both commands are ordinary updates of the lead; its hooks do the work, so that a board or an import does the same. */
export function createConversion(): Conversion {
  return {
    convert: (door, { leadId, version, customerId, contactId, deal }) =>
      door.records(lead).update(
        { id: leadId, version },
        {
          status: 'converted',
          ...(customerId && { convertedCustomerId: customerId }),
          ...(contactId && { convertedContactId: contactId }),
          ...(deal && { dealName: deal.name, expectedAmount: deal.amount, expectedCloseDate: deal.closeDate }),
        },
      ),
    undo: (door, { leadId, version }) => door.records(lead).update({ id: leadId, version }, { status: 'following' }),
  }
}
