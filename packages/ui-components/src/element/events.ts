import type { ClientError } from '../client/client-error.ts'
import type { CrmRecord, RecordValues } from '../client/types.ts'
import type { Condition } from '../list/condition.ts'
import type { ListSettings } from '../list/view-settings.ts'

/** Details of the components' events, by type. All of them bubble and leave shadow roots. */
export interface CrmEventDetails {
  /** What was asked for is there. */
  'crm-load':
    | { readonly object: string; readonly record: CrmRecord | null }
    | { readonly object: string; readonly total: number | null }
    | { readonly object: string; readonly field: string | undefined; readonly columns: readonly string[] }
  /** A record was activated, or a new one asked for. Cancelable. */
  'crm-open': { readonly object: string; readonly id: string | null; readonly record: CrmRecord | null }
  /** About to save. Cancelable. */
  'crm-submit': { readonly object: string; readonly id: string | null; readonly values: RecordValues }
  /** Saved, deleted or restored. */
  'crm-saved': {
    readonly object: string
    readonly id: string
    readonly record: CrmRecord
    readonly operation: 'create' | 'update' | 'delete' | 'restore'
  }
  /** Something was refused or could not be read. */
  'crm-error': { readonly error: ClientError }
  /** The reader wants out of a form. Cancelable. */
  'crm-cancel': { readonly object: string; readonly id: string | null }
  /** A field's value changed. */
  'crm-change': { readonly name: string; readonly value: unknown }
  /** About to move a card. Cancelable. */
  'crm-move': {
    readonly object: string
    readonly record: CrmRecord
    readonly field: string
    readonly from: unknown
    readonly to: string
    /** What is about to be written. */
    readonly values: RecordValues
  }
  /** The reader arranges a list anew. Cancelable: then the host sets the properties. */
  'crm-view-change': { readonly object: string; readonly settings: ListSettings }
  /** The reader narrows a board down. Cancelable: then the host sets the property. */
  'crm-filter-change': { readonly object: string; readonly filters: readonly Condition[] }
  /** Other records are chosen; `ids` are those left out when `all`. */
  'crm-select': { readonly object: string; readonly all: boolean; readonly ids: readonly string[]; readonly count: number }
  /** Many records were changed or deleted together. */
  'crm-bulk': { readonly object: string; readonly operation: 'update' | 'delete'; readonly ids: readonly string[] }
}

/** The components' events, for `addEventListener` and for frameworks. */
export type CrmEvents = { [K in keyof CrmEventDetails]: CustomEvent<CrmEventDetails[K]> }

declare global {
  interface HTMLElementEventMap extends CrmEvents {}
}
