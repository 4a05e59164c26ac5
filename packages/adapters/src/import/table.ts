/** A cell as the file holds it. Nothing is guessed here: what it means is decided by the field it is read into. */
export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  /** A number of a spreadsheet; `date` says that its format shows a date or time (1900 system, days since 1899-12-30). */
  | { readonly kind: 'number'; readonly number: number; readonly date: boolean }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  /** A formula and the value the spreadsheet last computed for it; never computed here. `date` as with numbers. */
  | { readonly kind: 'formula'; readonly formula: string; readonly cached: string | number | boolean | null; readonly date?: boolean }
  /** `#N/A`, `#REF!` … */
  | { readonly kind: 'error'; readonly text: string }

/** A row with its number in the file, 1-based, the header being row 1 of a plain file. */
export interface TableRow {
  readonly number: number
  readonly cells: readonly Cell[]
  /** A hash of number and cells, where the reader has made it already: the same row of the same file has the same one. */
  readonly mark?: number
}

/** What a file turned out to be. */
export interface TableFormat {
  readonly type: 'csv' | 'xlsx'
  /** csv: `utf-8`, `utf-16le`, `gb18030`, …; xlsx: null. */
  readonly encoding: string | null
  /** csv: `,` `;` tab `|`; xlsx: null. */
  readonly delimiter: string | null
}

/** Something about the file a person should know, such as two columns of one name. `code` is from the error table. */
export interface TableNotice {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

/** An opened table: one sheet, its header, and its rows once, in batches. */
export interface Table {
  readonly format: TableFormat
  readonly sheet: string | null
  readonly sheets: readonly string[]
  /** Header cells as text, never a property name of anything; empty ones are named by their letter. */
  readonly columns: readonly string[]
  readonly notices: readonly TableNotice[]
  /** Bytes of the file, for progress. */
  readonly size: number
  /** Rows after the header, in batches of at most 500, with the bytes read so far. Ends the worker when left early. */
  rows(signal?: AbortSignal): AsyncIterable<{ readonly rows: readonly TableRow[]; readonly bytes: number }>
  /**
   * Reads to the end without handing out a row, where that is cheaper: how many there are, and what the table is recognised by. The rows
   * can still be read after it.
   */
  skim?(signal?: AbortSignal): Promise<{ readonly rows: number; readonly hash: number }>
  close(): Promise<void>
}
