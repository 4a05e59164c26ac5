import { hashText } from './hash-text.ts'
import type { Table } from './table.ts'

/** The mark of a row, from its number and its cells in whatever form: the same row of the same file has the same one. */
export function rowMark(number: number, cells: readonly unknown[]): number {
  return hashText(JSON.stringify([number, cells]), 0)
}

/** The fingerprint of a table of which no row has been read yet. */
export function startFingerprint(columns: readonly string[]): number {
  return hashText(JSON.stringify(columns), 1)
}

/** Continues a fingerprint by one row. */
export function addToFingerprint(hash: number, { number, cells, mark = rowMark(number, cells) }: MarkedRow): number {
  return hashText(String(mark), hash)
}

interface MarkedRow {
  readonly number: number
  readonly cells: readonly unknown[]
  readonly mark?: number
}

/** How many rows a table has, and what it is recognised by. */
export async function fingerprintOf(table: Table, signal?: AbortSignal): Promise<{ readonly rows: number; readonly hash: number }> {
  if (table.skim) return table.skim(signal)
  let hash = startFingerprint(table.columns)
  let rows = 0
  for await (const batch of table.rows(signal)) {
    for (const row of batch.rows) hash = addToFingerprint(hash, row)
    rows += batch.rows.length
  }
  return { rows, hash }
}
