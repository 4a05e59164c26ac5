import type { Session } from '@guanxi/core'
import { importRow } from '../plugin/import-row.ts'
import type { Cell, TableRow } from '../table.ts'
import type { Reason } from './reason.ts'
import type { RowPlan } from './row-plan.ts'

const most = { cell: 32_767, row: 900_000, shortened: 500 } as const

/** Where a row stands. */
export interface RowPlace {
  readonly jobId: string
  readonly file: number
}

/** Keeps the rows that were refused, as they stood in the file. */
export async function keepRefused(session: Session, place: RowPlace, refused: ReadonlyMap<RowPlan, readonly Reason[]>): Promise<void> {
  if (refused.size === 0) return
  const values = [...refused].map(([{ row }, reasons]) => ({
    ...basics(place, row),
    state: 'refused' as const,
    reasons: JSON.stringify(reasons),
  }))
  await session.records(importRow).createMany(values)
}

/** Keeps the rows whose references to rows further down are still to be set. */
export async function keepWaiting(session: Session, place: RowPlace, rows: readonly RowPlan[]): Promise<number> {
  const waiting = rows.filter(({ waiting }) => waiting.length > 0)
  if (waiting.length === 0) return 0
  const values = waiting.map(({ row, id, at, waiting: references }) => ({
    ...basics(place, row),
    state: 'waiting' as const,
    recordId: id,
    references: JSON.stringify(references),
    trueAt: at,
  }))
  await session.records(importRow).createMany(values)
  return waiting.length
}

function basics({ jobId, file }: RowPlace, row: TableRow) {
  return { jobId, file, row: row.number, cells: cellsText(row.cells) }
}

/** A cell that no spreadsheet could hold is cut, so that the row can be kept at all. */
export function cellsText(cells: readonly Cell[]): string {
  const text = JSON.stringify(cells.map((cell) => shortened(cell, most.cell)))
  return text.length <= most.row ? text : JSON.stringify(cells.slice(0, 1_000).map((cell) => shortened(cell, most.shortened)))
}

function shortened(cell: Cell, limit: number): Cell {
  return cell.kind === 'text' ? { kind: 'text', text: cell.text.slice(0, limit).toWellFormed().replaceAll('\u0000', '\ufffd') } : cell
}
