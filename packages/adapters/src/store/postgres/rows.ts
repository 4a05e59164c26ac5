import type { RawRow, RowValues } from '@guanxi/core/store'
import type { RowOf } from './exchange.ts'

/** A row by the names of its columns. */
export const namedRow: RowOf<RawRow> = (columns, texts) => {
  const row: RawRow = {}
  for (const [index, { name, parse }] of columns.entries()) row[name] = parsed(texts[index], parse)
  return row
}

/** A row as values in the order of its columns. */
export const plainRow: RowOf<RowValues> = (columns, texts) => columns.map(({ parse }, index) => parsed(texts[index], parse))

function parsed(text: string | null | undefined, parse: (text: string) => unknown): unknown {
  return text === null || text === undefined ? null : parse(text)
}
