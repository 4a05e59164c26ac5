import type { CrmBoard } from './board.ts'
import { cardTitles } from './card.ts'
import { focusCard, revealColumn } from './card-focus.ts'
import type { Mover } from './mover.ts'
import { inLaneOf } from './place.ts'

/** Moves a card, says so, and with `focus` keeps the focus on it. True when the server took it. */
export async function moveCard(
  board: CrmBoard,
  mover: Mover,
  id: string,
  column: string,
  { index, focus = false }: { readonly index?: number; readonly focus?: boolean },
): Promise<boolean> {
  const { lanes, layout } = board.data
  const from = lanes.columnOf(board.recordOf(id))
  if (!layout || from === null) return false
  const to = inLaneOf(from, column)
  const moving = mover.move({ id, to, index })
  if (focus) void focusMoved(board, id, to)
  const moved = await moving
  const record = board.recordOf(id)
  const name = record ? cardTitles(board, record).title : ''
  if (moved) board.announcer.say(board.t('move.done', { name, column: board.columnLabel(to) }))
  else if (focus) void focusMoved(board, id, lanes.columnOf(record) ?? to)
  mover.recountAfterRest()
  return moved
}

async function focusMoved(board: CrmBoard, id: string, column: string): Promise<void> {
  await board.updateComplete
  revealColumn(board, column)
  if (!focusCard(board, column, board.data.lanes.indexOf(id, column))) board.renderRoot.querySelector<HTMLElement>('.rail')?.focus()
}
