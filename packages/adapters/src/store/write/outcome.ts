import type { Guard, RawRow, WriteOutcome } from '@guanxi/core/store'

/** The outcome of a write that needs no row back. */
export const written: WriteOutcome = { written: true, refused: [], full: [], missing: [] }

export function writtenAs(row: RawRow): WriteOutcome {
  return { written: true, refused: [], full: [], missing: [], row }
}

/** Nothing differed, so nothing was written; the row is as it was. */
export function unchanged(row: RawRow): WriteOutcome {
  return { written: false, refused: [], full: [], missing: [], row }
}

export function refusedBy(refused: readonly Guard[], full: readonly number[] = [], missing: readonly number[] = []): WriteOutcome {
  return { written: false, refused, full, missing }
}
