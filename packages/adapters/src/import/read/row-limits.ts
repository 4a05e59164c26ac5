import { charactersOf } from './batches.ts'
import { columnLetter } from './column-letter.ts'
import { ReadFailure } from './failure.ts'
import type { ReadLimits } from './limits.ts'
import type { WireCell } from './message.ts'

/** Counts what a table hands out and refuses what is too much. */
export interface RowLimits {
  /** Cells up to the last one with a value; null for a row without values. */
  filled(number: number, cells: WireCell[]): WireCell[] | null
}

export function rowLimits(limits: ReadLimits): RowLimits {
  let handedOut = 0
  return {
    filled(number, cells) {
      const width = filledWidth(cells)
      if (width === 0) return null
      if (width > limits.columns) throw new ReadFailure('IMPORT_COLUMNS', { row: number, limit: limits.columns })
      cells.length = width
      const characters = countRow(number, cells, limits)
      handedOut += characters
      if (handedOut > limits.inflatedBytes) throw new ReadFailure('IMPORT_INFLATED', { limit: limits.inflatedBytes })
      return cells
    },
  }
}

function filledWidth(cells: readonly WireCell[]): number {
  let width = cells.length
  while (width > 0 && (cells[width - 1] ?? null) === null) width -= 1
  return width
}

function countRow(row: number, cells: readonly WireCell[], limits: ReadLimits): number {
  let characters = 0
  for (const [index, cell] of cells.entries()) {
    const own = charactersOf(cell)
    if (own > limits.cellCharacters) {
      throw new ReadFailure('IMPORT_CELL', { cell: `${columnLetter(index)}${row}`, limit: limits.cellCharacters })
    }
    characters += own
  }
  if (characters > limits.rowCharacters) throw new ReadFailure('IMPORT_RECORD', { row, limit: limits.rowCharacters })
  return characters
}
