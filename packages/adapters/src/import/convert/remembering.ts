import type { FieldDefinition } from '@guanxi/core'
import type { Cell } from '../table.ts'
import { convertCell } from './convert-cell.ts'
import type { Converted } from './converted.ts'
import type { ConvertOptions } from './options.ts'

/** So many different texts of a column are remembered, none of them longer than this. */
const most = 1_000
const longest = 80

/**
 * Reads the cells of one column. Most columns of a table hold few different texts (options, places, days, amounts): what each means is
 * found out once. A column that proves to be of another sort, such as names, is read without remembering.
 */
export function rememberingReader(field: FieldDefinition, options: ConvertOptions): (cell: Cell) => Converted {
  let known: Map<string, Converted> | null = new Map()
  let found = 0
  return (cell) => {
    if (known === null || cell.kind !== 'text' || cell.text.length > longest) return convertCell(cell, field, options)
    const before = known.get(cell.text)
    if (before) {
      found += 1
      return before
    }
    const result = convertCell(cell, field, options)
    if (known.size < most && isShared(result)) known.set(cell.text, result)
    else if (found < known.size) known = null
    return result
  }
}

/** Lists and amounts belong to their record alone. */
function isShared(result: Converted): boolean {
  return 'refused' in result || typeof result.value !== 'object' || result.value === null
}
