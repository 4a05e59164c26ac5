import { CrmError } from '@guanxi/core'
import { expect } from 'vitest'
import { type OpenOptions, openTable, type TableSource } from '../../../packages/adapters/src/import/read/index.ts'
import type { Cell, Table, TableRow } from '../../../packages/adapters/src/import/table.ts'

export interface ReadFile extends Pick<Table, 'format' | 'sheet' | 'sheets' | 'columns' | 'notices' | 'size'> {
  readonly rows: readonly TableRow[]
  readonly batches: number
}

const sourceOf = (file: string | Uint8Array | TableSource): TableSource => {
  if (typeof file === 'string') return { bytes: Buffer.from(file) }
  return file instanceof Uint8Array ? { bytes: file } : file
}

/** A file read to its end. */
export async function readFile(file: string | Uint8Array | TableSource, options?: OpenOptions): Promise<ReadFile> {
  const table = await openTable(sourceOf(file), options)
  const rows: TableRow[] = []
  let batches = 0
  for await (const batch of table.rows()) {
    rows.push(...batch.rows)
    batches += 1
  }
  return { ...table, rows, batches }
}

/** Cells as the plain values they show, for texts and numbers. */
export function plain(cell: Cell): string | number | boolean | null {
  switch (cell.kind) {
    case 'empty':
      return null
    case 'text':
    case 'error':
      return cell.text
    case 'number':
      return cell.number
    case 'boolean':
      return cell.boolean
    case 'formula':
      return cell.cached
  }
}

/** Columns and rows of a file as plain values. */
export async function plainRows(file: string | Uint8Array, options?: OpenOptions): Promise<(string | number | boolean | null)[][]> {
  const { columns, rows } = await readFile(file, options)
  return [[...columns], ...rows.map((row) => row.cells.map(plain))]
}

/** The error that reading a file ends with, as its code and values. */
export async function refusal(
  file: string | Uint8Array | TableSource,
  options?: OpenOptions,
): Promise<{ code: string; [value: string]: unknown }> {
  const error = await readFile(file, options).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error, 'the file is refused').toBeInstanceOf(CrmError)
  return error instanceof CrmError ? { code: error.code, ...error.params } : { code: '' }
}
