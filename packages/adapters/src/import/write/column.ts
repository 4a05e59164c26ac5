/** A column of an export. */
export interface ExportColumn {
  readonly name: string
  /**
   * What its values are, which decides how a spreadsheet shows them: `number` and `money` take numbers or decimal text, `date` takes
   * `2026-03-16`, `datetime` wall time as `2026-03-16 09:30:00`. A value that does not fit is written as text.
   */
  readonly type: 'text' | 'number' | 'money' | 'boolean' | 'date' | 'datetime'
  /** Decimal places a spreadsheet shows of `money`; two unless said. */
  readonly decimals?: number
}

export type ExportValue = string | number | boolean | null | undefined

/** Values in the order of the columns. */
export type ExportRow = readonly ExportValue[]

/** Rows from wherever they come. */
export type Rows<Row> = AsyncIterable<Row> | Iterable<Row>
