import type { Refused } from './converted.ts'
import type { RepairCode } from './repairs.ts'

/** Which of the first two numbers of `03/04/2026` is the day. */
export type DateOrder = 'dmy' | 'mdy'

/** A record or person that a text names. */
export type Found = { readonly id: string; readonly object?: string; readonly code?: RepairCode } | Refused

/** How the cells of one column are read. */
export interface ConvertOptions {
  /** IANA zone of times without one; Asia/Shanghai unless said. */
  readonly zone?: string
  /** ISO 3166 country of phone numbers without a code; CN unless said. */
  readonly country?: string
  /** Without it dates such as 03/04/2026 are refused. */
  readonly dateOrder?: DateOrder
  /** Of amounts that name none; CNY unless said. */
  readonly currency?: string
  /** Every number of the column times this, such as 1000000 where amounts are in millions. */
  readonly multiplyBy?: number
  /** `1.234,56` instead of `1,234.56`. */
  readonly decimalComma?: boolean
  /** Words that mean nothing is there, such as NULL. */
  readonly empty?: ReadonlySet<string>
  /** Cell → what it means instead; null = empty. */
  readonly values?: ReadonlyMap<string, string | null>
  /** Also knows options that may no longer be chosen: records that are there may keep theirs, and the write judges. */
  readonly retired?: boolean
  /** Finds what a cell of a reference, links or user field names. `probe`: only looks, the text may be a list of names. */
  readonly find?: (text: string, probe?: boolean) => Found
}
