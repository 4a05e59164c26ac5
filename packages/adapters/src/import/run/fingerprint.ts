import { cellText } from '../convert/cell-content.ts'
import type { Table, TableRow } from '../table.ts'
import { hashText } from './key-set.ts'

/** What a file is recognised by, and how many rows it has. */
export interface Fingerprint {
  readonly hash: number
  readonly rows: number
}

/** Continues a fingerprint by one row. */
export function hashRow(hash: number, row: TableRow): number {
  return hashText(JSON.stringify([row.number, ...row.cells.map(cellText)]), hash)
}

/** Reads a table once, keeping nothing. */
export async function fingerprintOf(table: Table, signal?: AbortSignal): Promise<Fingerprint> {
  let hash = hashText(JSON.stringify(table.columns), 1)
  let rows = 0
  for await (const batch of table.rows(signal)) {
    for (const row of batch.rows) hash = hashRow(hash, row)
    rows += batch.rows.length
  }
  return { hash, rows }
}
