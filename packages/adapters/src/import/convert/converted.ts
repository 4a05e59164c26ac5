import type { ErrorParams, errorTable } from '@guanxi/core'
import type { RepairCode } from './repairs.ts'

/** A code of the core's error table. */
export type ErrorCode = keyof typeof errorTable

/** What was done to a cell to make it a value, and what the cell held before. */
export interface Mark {
  readonly codes: readonly RepairCode[]
  readonly original: string
}

/** Why a cell cannot be taken. */
export interface Refused {
  readonly refused: ErrorCode
  readonly params: ErrorParams
}

/** A cell read into a field: its value (null = empty), perhaps repaired, or a refusal. Nothing in between. */
export type Converted = { readonly value: unknown; readonly mark?: Mark } | Refused

/** A value in the making, with the repairs so far. */
export interface Reading<T = unknown> {
  readonly value: T
  readonly codes: readonly RepairCode[]
}

export function refuse(code: ErrorCode, params: ErrorParams = {}): Refused {
  return { refused: code, params }
}

export function isRefused(result: object): result is Refused {
  return 'refused' in result
}

/** A value with its repairs, if there were any. */
export function converted({ value, codes }: Reading, original: string): Converted {
  return codes.length === 0 ? { value } : { value, mark: { codes: [...new Set(codes)], original } }
}
