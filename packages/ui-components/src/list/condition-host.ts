import type { CrmElement } from '../element/crm-element.ts'
import type { Condition } from './condition.ts'

/** What is narrowed down by conditions of its reader: a list, a board. */
export interface ConditionHost extends CrmElement {
  readonly filters: readonly Condition[]
  /** Who is looking; null until known. */
  readonly me: string | null
  /** Takes other conditions, unless the host has vetoed it. */
  setFilters(conditions: readonly Condition[]): void
  /** Opens the condition at an index beside the button that was pressed; null = a new one. */
  editFilter(event: Event, index: number | null): void
}
