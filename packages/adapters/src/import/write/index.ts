export type { ExportColumn, ExportRow, ExportValue, Rows } from './column.ts'
export { type CsvOptions, writeCsv } from './write-csv.ts'
export { writeJsonLines } from './write-json-lines.ts'
export { writeXlsx } from './write-xlsx.ts'
