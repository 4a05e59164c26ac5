/** What is measured. `create8` is create with eight callers at once; everything else has one. */
export const operations = ['create', 'read', 'update', 'page', 'bulk', 'import', 'create8'] as const

/** One of {@link operations}. */
export type Operation = (typeof operations)[number]

/** How an operation is measured and shown. */
export interface Measurement {
  readonly operation: Operation
  readonly label: string
  /** Operations per round, of all callers together. */
  readonly count: number
  readonly callers: number
  /** Records that one operation handles: figures are given per record. */
  readonly records: number
}

/** Records of one bulk create, and of one page. */
export const bulkSize = 1_000
export const pageSize = 50

/** Rows of one import. */
export const importSize = 5_000

const one = { callers: 1, records: 1 }

/** In the order of the report. */
export const measurements: readonly Measurement[] = [
  { ...one, operation: 'create', label: 'create', count: 400 },
  { ...one, operation: 'read', label: 'read by id', count: 500 },
  { ...one, operation: 'update', label: 'update one field', count: 400 },
  { ...one, operation: 'page', label: `page of ${pageSize}`, count: 40 },
  { ...one, operation: 'bulk', label: 'bulk create of 1,000, per record', count: 1, records: bulkSize },
  { ...one, operation: 'import', label: 'import of 5,000 rows of CSV, per row', count: 1, records: importSize },
  { ...one, operation: 'create8', label: 'create, 8 callers', count: 400, callers: 8 },
]
