import type { Stored } from '@guanxi/core'
import type { RepairCode } from '../convert/repairs.ts'
import type { ImportMapping } from '../map/mapping.ts'
import type { ImportJob } from '../plugin/import-job.ts'
import type { Table } from '../table.ts'
import type { Reason } from './reason.ts'
import type { CellMark } from './row-plan.ts'

/** A file to import. It is opened more than once: to look through it, to import it, to go on after a break. */
export interface ImportFile {
  readonly name: string
  readonly mapping: ImportMapping
  open(): Promise<Table>
}

/** A file as its job remembers it. */
export interface JobFile {
  readonly name: string
  readonly mapping: ImportMapping
  readonly columns: readonly string[]
  readonly rows: number
  readonly hash: number
}

/** Where a job stands: all rows up to `row` of `file` are settled; `hash` proves that it is still the same file. */
export interface JobCursor {
  readonly file: number
  readonly row: number
  readonly hash: number
}

/** What became of rows. */
export interface Counts {
  readonly rowsDone: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
  /** Rows whose reference to a row of the same file is still to come. */
  readonly waiting: number
}

export const noCounts: Counts = { rowsDone: 0, created: 0, updated: 0, unchanged: 0, refused: 0, waiting: 0 }

/** Repairs of one kind in one column, with the first few as examples. */
export interface RepairCount {
  readonly file: string
  readonly column: string
  readonly code: RepairCode
  readonly count: number
  readonly examples: readonly { readonly row: number; readonly original: string; readonly value: unknown }[]
}

/** What became, or would become, of one row. */
export interface RowResult {
  readonly file: string
  readonly row: number
  readonly outcome: 'create' | 'update' | 'unchanged' | 'refuse' | 'incomplete'
  readonly recordId: string | null
  readonly reasons: readonly Reason[]
  /** What its record is called. */
  readonly name: string | null
  /** Its repaired cells. */
  readonly marks: readonly CellMark[]
}

/** How far a run has come. */
export interface Progress extends Counts {
  readonly jobId: string | null
  readonly file: string
  readonly rowsTotal: number
  readonly rowsPerSecond: number
  readonly secondsLeft: number | null
}

export type StoredJob = Stored<ImportJob>

/** What a run did, counted over all its runs. */
export interface JobResult extends Counts {
  readonly jobId: string
  readonly state: 'done' | 'cancelled' | 'stopped'
  readonly rowsTotal: number
  /** True when nothing was added or changed, because all of it was there already. */
  readonly nothingNew: boolean
  readonly repairs: readonly RepairCount[]
}
