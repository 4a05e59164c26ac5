import type { CrmBoard } from './board.ts'
import { byData } from './card-reach.ts'

/** Brings a card into view and focuses it; false when there is none. */
export function focusCard(board: CrmBoard, column: string, index: number): boolean {
  const { reach } = board
  const ids = board.feedOf(column)?.ids ?? []
  const at = Math.min(Math.max(0, index), ids.length - 1)
  const id = ids[at]
  if (id === undefined) return false
  reach.reach(column, id)
  const top = reach.windowOf(column).topFor(at)
  if (top !== null) reach.bodyOf(column)?.scrollTo({ top })
  reach.scrolled(column)
  void board.updateComplete.then(() => byData(board.renderRoot, 'card', id)?.querySelector<HTMLElement>('.card-open')?.focus())
  return true
}

/** Scrolls sideways to a column. */
export function revealColumn(board: CrmBoard, column: string): void {
  byData(board.renderRoot, 'column', column)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
