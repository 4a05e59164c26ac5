export { createExporter, type Exporter } from './create-exporter.ts'
export type { ExportFormat, ObjectExport } from './object-export.ts'
