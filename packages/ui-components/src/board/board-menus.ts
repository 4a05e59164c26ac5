import { overlaysOf } from '../controllers/overlays.ts'
import { renderStageMark } from '../display/stage-mark.ts'
import type { CrmBoard } from './board.ts'
import { stageName } from './columns.ts'
import { placeOf } from './place.ts'

/** The columns a card can be moved to. */
export async function openMoveMenu(board: CrmBoard, id: string, anchor: HTMLElement): Promise<void> {
  const current = board.data.lanes.columnOf(board.recordOf(id))
  const items = () =>
    (board.data.layout?.columns ?? []).map((column) => ({
      label: column.label,
      mark: column.outcome !== null ? renderStageMark(column) : undefined,
      checked: column.key === placeOf(current ?? '').column,
      run: () => void board.move(id, column.key, { focus: true, index: 0 }),
    }))
  await overlaysOf(board).menu.open(anchor, board.t('move.to'), items)
}

/** What the board can have swim lanes by. */
export async function openLanes(board: CrmBoard, anchor: HTMLElement): Promise<void> {
  const choose = (name: string | null) => {
    board.lanes = name
  }
  const items = () => [
    { label: board.t('lane.none'), checked: !board.data.laneField, run: () => choose(null) },
    ...board.laneFields.map((field) => ({
      label: board.words(field.label),
      checked: board.data.laneField?.name === field.name,
      run: () => choose(field.name),
    })),
  ]
  await overlaysOf(board).menu.open(anchor, board.t('lane.title'), items)
}

/** The pipelines there are. */
export async function openPipelines(board: CrmBoard, anchor: HTMLElement): Promise<void> {
  const { pipelines = [], pipelineId } = board.data.layout ?? {}
  const choose = (id: string) => {
    board.pipeline = id
  }
  const items = () =>
    pipelines.map((one) => ({ label: stageName(one, board.language), checked: one.id === pipelineId, run: () => choose(one.id) }))
  await overlaysOf(board).menu.open(anchor, board.t('board.pipelines'), items)
}
