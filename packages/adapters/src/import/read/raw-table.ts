import type { TableFormat, TableNotice } from '../table.ts'
import type { WireRow } from './message.ts'

/** A file as its format's reader gives it: rows with values only, the header still among them. */
export interface RawTable {
  readonly format: TableFormat
  readonly sheet: string | null
  readonly sheets: readonly string[]
  readonly notices: readonly TableNotice[]
  /** First and last index of columns that the file hides; complete once the first rows are read. */
  readonly hidden: readonly (readonly [number, number])[]
  /** Filled rows, as many at a time as a piece of the file held. */
  readonly rows: AsyncIterable<readonly WireRow[]>
  /** Bytes of the file read so far. */
  readonly position: () => number
}
