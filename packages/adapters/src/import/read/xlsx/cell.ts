import { withoutGuard } from '../../write/formula-guard.ts'
import { ReadFailure } from '../failure.ts'
import type { WireCell } from '../message.ts'
import { xStringText } from './x-string.ts'

/** What cells of a sheet refer to. */
export interface CellContext {
  readonly part: string
  readonly strings: readonly string[]
  readonly dateStyles: readonly boolean[]
  readonly since1904: boolean
}

/** A cell as its XML says it. */
export interface RawCell {
  readonly reference: string
  readonly type: string
  readonly style: string
  value: string
  inline: string
  /** Null without a formula; empty for a cell that shares another's. */
  formula: string | null
}

type Value = string | number | boolean | null

export function cellOf(raw: RawCell, context: CellContext): WireCell {
  if (raw.type === 'e') return raw.value === '' ? null : ['error', raw.value]
  const isNumber = raw.type === '' || raw.type === 'n' || raw.type === 'd'
  const value = plainValue(raw, context)
  const date = isNumber && typeof value === 'number' && (raw.type === 'd' || context.dateStyles[Number(raw.style)] === true)
  const shown = date && raw.type !== 'd' && typeof value === 'number' ? sinceCommonDay(value, context.since1904) : value
  if (raw.formula !== null) return ['formula', raw.formula, shown, date]
  if (typeof shown === 'string') return shown === '' ? null : withoutGuard(shown)
  return date && typeof shown === 'number' ? ['date', shown] : shown
}

function plainValue({ type, value, inline, reference }: RawCell, { part, strings }: CellContext): Value {
  if (type === 'inlineStr') return xStringText(inline)
  if (value === '') return null
  if (type === 's') {
    const text = strings[Number(value)]
    if (text === undefined) throw new ReadFailure('IMPORT_FILE_DAMAGED', { part: `${part} ${reference}` })
    return text
  }
  if (type === 'str') return xStringText(value)
  if (type === 'b') return value.trim() === '1' || value.trim() === 'true'
  if (type === 'd') return daysOf(value) ?? value
  // Adding zero makes nothing of minus zero.
  const number = Number(value) + 0
  return Number.isFinite(number) ? number : value
}

const dayMs = 86_400_000
const firstDay = Date.UTC(1899, 11, 30)

/** A date written as text, `2026-03-16T09:30:00`, in days. */
function daysOf(iso: string): number | null {
  const at = Date.parse(iso.includes('T') && !/Z$|[+-]\d\d:?\d\d$/.test(iso) ? `${iso}Z` : iso)
  return Number.isNaN(at) ? null : (at - firstDay) / dayMs
}

/**
 * Days since 1899-12-30 whatever the workbook counts from. Excel believes that 1900 was a leap year, so that before March 1900 its
 * numbers are one day short.
 */
function sinceCommonDay(days: number, since1904: boolean): number {
  if (since1904) return days + 1462
  return days >= 1 && days < 60 ? days + 1 : days
}
