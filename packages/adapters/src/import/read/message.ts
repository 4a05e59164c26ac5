import type { ErrorParams, errorTable } from '@guanxi/core'
import type { Cell, TableFormat, TableNotice } from '../table.ts'
import type { ReadLimits } from './limits.ts'

/** A cell on its way between threads: primitives, because cloning an object a cell would hold the host's event loop. */
export type WireCell =
  | null
  | string
  | number
  | boolean
  | readonly ['date', number]
  | readonly ['error', string]
  | readonly ['formula', string, string | number | boolean | null, boolean]

export interface WireRow {
  readonly number: number
  readonly cells: readonly WireCell[]
}

/** A row as it is sent, with its mark made where it costs the host nothing. */
export interface SentRow extends WireRow {
  readonly mark: number
}

/** What the thread is started with. */
export interface Task {
  readonly source: { readonly path: string } | { readonly bytes: SharedArrayBuffer }
  readonly sheet: string | null
  readonly encoding: string | null
  readonly delimiter: string | null
  /** Rows above it are not read. */
  readonly header: number
  readonly limits: ReadLimits
}

/** What is known of a file before its rows. */
export interface Opened {
  readonly format: TableFormat
  readonly sheet: string | null
  readonly sheets: readonly string[]
  readonly columns: readonly string[]
  readonly notices: readonly TableNotice[]
  readonly size: number
}

/** From the thread. A batch is sent only after it was asked for with `more`. */
export type Message =
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'batch'; readonly rows: readonly SentRow[]; readonly bytes: number }
  | { readonly kind: 'skimmed'; readonly rows: number; readonly hash: number }
  | { readonly kind: 'end' }
  | {
      readonly kind: 'failed'
      readonly code: keyof typeof errorTable
      readonly params: ErrorParams
      readonly reason: string
      readonly sheets: readonly string[]
    }

/** To the thread: one more batch, please; or no batch any more, only what the rest amounts to. */
export const more = 'more'
export const skim = 'skim'

const empty: Cell = Object.freeze({ kind: 'empty' })

export function toCell(wire: WireCell | undefined): Cell {
  if (wire === null || wire === undefined) return empty
  if (typeof wire === 'string') return { kind: 'text', text: wire }
  if (typeof wire === 'number') return { kind: 'number', number: wire, date: false }
  if (typeof wire === 'boolean') return { kind: 'boolean', boolean: wire }
  switch (wire[0]) {
    case 'date':
      return { kind: 'number', number: wire[1], date: true }
    case 'error':
      return { kind: 'error', text: wire[1] }
    case 'formula':
      return { kind: 'formula', formula: wire[1], cached: wire[2], ...(wire[3] && { date: true }) }
  }
}
