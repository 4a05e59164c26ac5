import { overlaysOf } from '../controllers/overlays.ts'
import type { CrmBoard } from './board.ts'
import { stageName } from './columns.ts'

/** The form for a new record of the pipeline, in a column where one is named. */
export function openNew(board: CrmBoard, column: string | undefined): void {
  const { field, pipelineId } = board.data.layout ?? {}
  const stage = column && field ? { [field.name]: column } : {}
  const pipeline = pipelineId ? { pipelineId } : {}
  overlaysOf(board).dialog.open({ id: null, values: { ...pipeline, ...stage, related: relatedOf(board, column) } })
}

function relatedOf(board: CrmBoard, column: string | undefined): Record<string, { id: string; name: string }> {
  const { pipelineId, pipelines = [], field } = board.data.layout ?? {}
  const pipeline = pipelines.find((one) => one.id === pipelineId)
  const named: Record<string, { id: string; name: string }> = pipeline
    ? { pipelineId: { id: pipeline.id, name: stageName(pipeline, board.language) } }
    : {}
  return column && field?.kind === 'reference' ? { ...named, [field.name]: { id: column, name: board.columnLabel(column) } } : named
}
