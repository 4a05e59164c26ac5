import { html, type TemplateResult } from 'lit'
import type { RecordValues } from '../client/types.ts'
import { whereOf } from '../list/condition.ts'
import { chipStyles, renderChip } from '../list/filter-chips.ts'
import { openFilter, panelStyles } from '../list/filter-openers.ts'
import type { CrmBoard } from './board.ts'

export { openFilter }

/** What conditions and their dialogs are drawn with. */
export const conditionStyles = [chipStyles, ...panelStyles]

/** The conditions in words, as on a list. */
export function renderChips(board: CrmBoard): TemplateResult {
  const { definition, filters } = board
  return html`${definition ? filters.map((condition, index) => renderChip(board, definition, condition, index)) : ''}`
}

/** What the reader and the host have narrowed the board to. */
export function narrowed(board: CrmBoard): RecordValues | null {
  const { definition, filters, where, me, session } = board
  return definition ? whereOf(definition, filters, where, { now: session.now(), me }) : where
}
