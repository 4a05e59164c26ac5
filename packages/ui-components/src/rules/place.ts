import type { Names } from '../client/names.ts'
import type { ObjectView } from '../client/types.ts'
import type { CrmElement } from '../element/crm-element.ts'

/** Where figures of a rule are shown: in which component, with whose names, of which records. */
export interface Place {
  readonly host: CrmElement
  readonly names: Names
  readonly object: ObjectView | undefined
}
