import type { Words } from './types.ts'

/** A file on the server, waiting to be imported. Private to who sent it, and kept for a day at most. */
export interface UploadedFile {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly format: 'csv' | 'xlsx'
  readonly sheets: readonly string[]
  readonly expiresAt: number
}

/** A plain value, as a cell would hold it. */
export type PlainValue = string | number | boolean

/** Which of the first two numbers of `03/04/2026` is the day. */
export type DateOrder = 'dmy' | 'mdy'

/** How the cells of a column are written, where it cannot be seen from the cells. */
export interface ColumnOptions {
  readonly zone?: string
  readonly dateOrder?: DateOrder
  readonly currency?: string
  readonly multiplyBy?: number
  readonly decimalComma?: boolean
}

/** A column and the field it is read into. */
export interface ColumnMapping {
  readonly column: string
  readonly field: string
  readonly options?: ColumnOptions
}

/** How the cells of a reference name records, and what happens to names that nobody has. */
export interface ReferenceRule {
  readonly by?: readonly string[]
  readonly where?: Readonly<Record<string, PlainValue>>
  readonly missing?: 'refuse' | 'create' | 'empty'
  readonly create?: Readonly<Record<string, unknown>>
  readonly to?: string
}

/** Where a value comes from: a column of the row, or the same for all. */
export type ValueSource = { readonly column: string } | { readonly value: PlainValue }

/** Something that became true later than the record itself. */
export interface HistoryStage {
  readonly at: string
  readonly when?: Readonly<Record<string, readonly string[]>>
  readonly set: Readonly<Record<string, ValueSource>>
}

/** When things were true. */
export interface ImportHistory {
  readonly createdAt?: string
  readonly missing?: 'now' | 'refuse'
  readonly start?: Readonly<Record<string, PlainValue>>
  readonly stages?: readonly HistoryStage[]
}

/** How a table becomes records of one object. Plain JSON; the server checks it. */
export interface ImportMapping {
  readonly object: string
  readonly columns: readonly ColumnMapping[]
  readonly key?: readonly string[]
  readonly values?: Readonly<Record<string, Readonly<Record<string, string | null>>>>
  readonly references?: Readonly<Record<string, ReferenceRule>>
  readonly history?: ImportHistory
  readonly defaults?: Readonly<Record<string, PlainValue>>
  readonly templates?: Readonly<Record<string, string>>
  readonly empty?: readonly string[]
  readonly blank?: 'keep' | 'clear'
  readonly zone?: string
  readonly country?: string
}

/** A mapping that was kept, under its name. */
export interface NamedMapping {
  readonly name: string
  readonly mapping: ImportMapping
}

/** Why a row or cell was not taken, in both languages. */
export interface Reason {
  readonly code: string
  readonly column: string | null
  readonly field: string | null
  readonly message: Words
  readonly hint: Words | null
}

/** Why a column is taken for a field. */
export type GuessReason = 'exported' | 'name' | 'label' | 'synonym' | 'similar' | 'samples' | 'none'

/** What a column seems to be; `field` null = not imported. */
export interface ColumnGuess {
  readonly column: string
  readonly field: string | null
  readonly confidence: number
  readonly reason: GuessReason
}

/** What was done to a cell so that it fits, and what it held before. */
export interface Mark {
  readonly codes: readonly string[]
  readonly original: string
}

/** A cell of the preview: as it stands, and as it would be. */
export interface SampleCell {
  readonly column: string
  readonly field: string
  readonly text: string
  readonly value?: unknown
  readonly mark?: Mark
  readonly reason?: Reason
}

/** A value that was not understood, how often it is there, and what it was probably meant to be. */
export interface UnknownValue {
  readonly value: string
  readonly count: number
  readonly nearest: string | null
}

/** Cells that are no option of a field. */
export interface OptionsQuestion {
  readonly kind: 'options'
  readonly column: string
  readonly field: string
  readonly distinct: number
  readonly values: readonly UnknownValue[]
}

/** Names that no record or person has. */
export interface ReferencesQuestion {
  readonly kind: 'references'
  readonly column: string
  readonly field: string
  readonly object: string
  readonly distinct: number
  readonly values: readonly UnknownValue[]
}

/** Dates such as 03/04/2026. */
export interface DateOrderQuestion {
  readonly kind: 'dateOrder'
  readonly column: string
  readonly field: string
  readonly dmy: number
  readonly mdy: number
  readonly either: number
}

/** Everything else that would be refused. */
export interface RefusedQuestion {
  readonly kind: 'refused'
  readonly column: string
  readonly field: string
  readonly count: number
  readonly example: string
  readonly reason: Reason
}

/** A required field that no column fills. */
export interface RequiredQuestion {
  readonly kind: 'required'
  readonly field: string
}

/** Something a person decides once for all rows. */
export type Question = OptionsQuestion | ReferencesQuestion | DateOrderQuestion | RefusedQuestion | RequiredQuestion

/** What a file turned out to be. */
export interface TableFormat {
  readonly type: 'csv' | 'xlsx'
  readonly encoding: string | null
  readonly delimiter: string | null
}

/** What a file would become, before anything is decided. */
export interface Preview {
  readonly sheet: string | null
  readonly sheets: readonly string[]
  readonly format: TableFormat
  /** What a person should know of the file, such as two columns of one name. */
  readonly notices: readonly Reason[]
  readonly columns: readonly string[]
  /** Different texts of each column, the first few, in the order of the columns. */
  readonly samples: readonly (readonly string[])[]
  readonly rows: number
  readonly guesses: readonly ColumnGuess[]
  readonly mapping: ImportMapping
  readonly sample: readonly { readonly row: number; readonly cells: readonly SampleCell[] }[]
  readonly questions: readonly Question[]
}

/** A file and how it is read; what is not said is found out. */
export interface FileSource {
  readonly file: string
  readonly sheet?: string
  readonly encoding?: string
  readonly delimiter?: string
  /** Row that names the columns. */
  readonly header?: number
}

/** A file of an import and what it becomes. */
export interface FileMapping extends FileSource {
  readonly mapping: ImportMapping
}

/** What became of rows. */
export interface ImportCounts {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
}

/** What became, or would become, of one row. */
export interface RowResult {
  readonly file: string
  readonly row: number
  readonly outcome: 'create' | 'update' | 'unchanged' | 'refuse' | 'incomplete'
  readonly recordId: string | null
  readonly reasons: readonly Reason[]
  /** What the record is called. */
  readonly name: string | null
  /** Cells that were put right. */
  readonly marks: readonly CellMark[]
}

/** A repaired cell of a row. */
export interface CellMark extends Mark {
  readonly column: string
  readonly value: unknown
}

/** Repairs of one kind in one column, with the first few as examples. */
export interface RepairCount {
  readonly file: string
  readonly column: string
  readonly code: string
  readonly count: number
  readonly examples: readonly { readonly row: number; readonly original: string; readonly value: unknown }[]
}

/** What an import would do. */
export interface Rehearsal extends ImportCounts {
  readonly rowsTotal: number
  readonly rows: readonly RowResult[]
  readonly problems: readonly RowResult[]
  readonly repairs: readonly RepairCount[]
}

/** Where an import is. */
export type JobState = 'ready' | 'running' | 'cancelled' | 'stopped' | 'done'

/** An import as the server keeps it. */
export interface ImportJob {
  readonly id: string
  readonly name: string
  readonly state: JobState
  readonly rowsTotal: number | null
  readonly rowsDone: number | null
  readonly created: number | null
  readonly updated: number | null
  readonly unchanged: number | null
  readonly refused: number | null
  /** JSON of {@link RepairCount}s. */
  readonly repairs?: string | null
  /** Why it stopped, as JSON of an error. */
  readonly failure?: string | null
  readonly createdAt?: number
  readonly startedAt?: number | null
  readonly finishedAt?: number | null
}

/** How far an import has come. */
export interface ImportProgress {
  readonly rows: number
  readonly total: number | null
  readonly created: number
  readonly updated: number
  readonly skipped: number
  readonly refused: number
  /** Rows a second. */
  readonly rate: number
  readonly secondsLeft: number | null
}

/** An import with its progress and files. */
export interface JobView {
  readonly job: ImportJob
  readonly progress: ImportProgress
  readonly files: readonly { readonly name: string; readonly object: string }[]
}

/** A row that was not taken, as it stood in the file. */
export interface BadRow {
  readonly row: number
  /** `refused`: there is no record of it. `incomplete`: its record lacks a reference. `waiting`: the reference may still come. */
  readonly state: 'refused' | 'incomplete' | 'waiting'
  readonly cells: readonly string[]
  readonly reasons: readonly Reason[]
}

/** The rows of one file that were not taken; the first of them where there are many. */
export interface BadRows {
  /** Position among the files of the job. */
  readonly index: number
  readonly file: string
  readonly count: number
  readonly columns: readonly string[]
  readonly rows: readonly BadRow[]
}

/** A corrected row: only the cells that changed, by column. */
export interface RowRepair {
  readonly file: number
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
}
