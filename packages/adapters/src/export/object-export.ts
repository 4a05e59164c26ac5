import type { Query } from '@guanxi/core'

/** What a file of records is. */
export type ExportFormat = 'csv' | 'xlsx' | 'jsonl'

/** Which records of an object, and how they are written. */
export interface ObjectExport extends Pick<Query, 'where' | 'search' | 'sort' | 'fields' | 'deleted'> {
  /** `csv` unless said. `jsonl`: one record a line, as the API gives it. */
  readonly format?: ExportFormat
  /** First row: labels in the reader's language, or names of fields. `label` unless said. */
  readonly headers?: 'label' | 'name'
  /** Choices by label and references by name, or options' values and ids. `label` unless said. */
  readonly values?: 'label' | 'raw'
  /** IANA zone whose clock times are shown by; Asia/Shanghai unless said. */
  readonly zone?: string
}
