import type { RowValues } from '@guanxi/core/store'

/*
 * A row as one JSON array, made by the engine and parsed by V8. Drivers make a JavaScript value per column and a property per name,
 * which costs two to four times as much as the text of the whole row.
 */

/** Both engines refuse functions with more arguments. */
const most = 100

/** Columns of a select whose rows {@link unpackRow} reads. `make` is the engine's function that makes an array. */
export function packColumns(make: string, columns: readonly string[]): string[] {
  const packed: string[] = []
  for (let start = 0; start < columns.length; start += most) {
    packed.push(`${make}(${columns.slice(start, start + most).join(', ')}) AS "p${packed.length}"`)
  }
  return packed
}

/** Values in the order of the columns that were packed. */
export function unpackRow(parts: RowValues): RowValues {
  if (parts.length === 1) return JSON.parse(parts[0] as string)
  return parts.flatMap((part) => JSON.parse(part as string))
}
