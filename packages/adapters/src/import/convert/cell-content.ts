import type { Cell } from '../table.ts'
import { type Refused, refuse } from './converted.ts'
import type { RepairCode } from './repairs.ts'
import { serialText } from './serial.ts'

/** What is in a cell, before a field gives it a meaning. */
export type Content =
  | { readonly kind: 'empty'; readonly original: '' }
  | { readonly kind: 'text'; readonly text: string; readonly original: string; readonly codes: readonly RepairCode[] }
  | {
      readonly kind: 'number'
      readonly number: number
      readonly date: boolean
      readonly original: string
      readonly codes: readonly RepairCode[]
    }
  | { readonly kind: 'boolean'; readonly boolean: boolean; readonly original: string; readonly codes: readonly RepairCode[] }

const nothing: Content = { kind: 'empty', original: '' }
const errorText = /^#(N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/i

/** The plain data of a cell. A formula stands for the value the spreadsheet last saw; an error stands for nothing. */
export function cellContent(cell: Cell): Content | Refused {
  if (cell.kind === 'empty') return nothing
  if (cell.kind === 'error') return refuse('IMPORT_CELL_ERROR', { value: cell.text })
  if (cell.kind === 'formula') return formulaContent(cell.formula, cell.cached)
  if (cell.kind === 'text') return textContent(cell.text, [])
  if (cell.kind === 'boolean') return { kind: 'boolean', boolean: cell.boolean, original: cell.boolean ? 'TRUE' : 'FALSE', codes: [] }
  return numberContent(cell.number, cell.date, [])
}

/** How a cell is shown to people and put back into files. */
export function cellText(cell: Cell | undefined): string {
  if (!cell || cell.kind === 'empty') return ''
  if (cell.kind === 'text' || cell.kind === 'error') return cell.text
  if (cell.kind === 'number') return cell.date ? serialText(cell.number) : String(cell.number)
  if (cell.kind === 'boolean') return cell.boolean ? 'TRUE' : 'FALSE'
  return cell.cached === null ? '' : String(cell.cached)
}

function formulaContent(formula: string, cached: string | number | boolean | null): Content | Refused {
  const codes = ['FORMULA_VALUE'] as const
  if (cached === null) return refuse('IMPORT_FORMULA_UNKNOWN', { formula: formula.slice(0, 100) })
  if (typeof cached === 'number') return numberContent(cached, false, codes)
  if (typeof cached === 'boolean') return { kind: 'boolean', boolean: cached, original: String(cached), codes }
  return errorText.test(cached.trim()) ? refuse('IMPORT_CELL_ERROR', { value: cached.trim() }) : textContent(cached, codes)
}

function textContent(text: string, codes: readonly RepairCode[]): Content {
  return text.trim() === '' ? nothing : { kind: 'text', text, original: text, codes }
}

function numberContent(number: number, date: boolean, codes: readonly RepairCode[]): Content | Refused {
  if (!Number.isFinite(number)) return refuse('IMPORT_CELL_ERROR', { value: String(number) })
  return { kind: 'number', number, date, original: String(number), codes }
}
