import type { ErrorParams, errorTable } from '@guanxi/core'

/**
 * Why a file cannot be read, as it crosses the thread's border; outside it becomes the error of its code.
 * The thread imports nothing of the core, so that it starts fast and needs no export conditions.
 */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure'
  readonly code: keyof typeof errorTable
  readonly params: ErrorParams
  /** Sheets of the workbook, where the one that was opened is at fault. */
  readonly sheets: readonly string[]

  constructor(code: keyof typeof errorTable, params: ErrorParams = {}, cause?: unknown, sheets: readonly string[] = []) {
    super(code, cause === undefined ? undefined : { cause })
    this.code = code
    this.params = params
    this.sheets = sheets
  }
}
