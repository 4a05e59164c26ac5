import { definePlugin } from '@guanxi/core'
import { expireUploads } from './plugin/expire-uploads.ts'
import { importBatch } from './plugin/import-batch.ts'
import { importJob } from './plugin/import-job.ts'
import { importMapping } from './plugin/import-mapping.ts'
import { importRow } from './plugin/import-row.ts'
import { watchImport } from './plugin/watch-import.ts'
import { createImportRuns, importRuns } from './run/background-runs.ts'

/** Keeps imports: saved mappings, jobs, what each step wrote, and rows that need attention. Ordinary objects with ordinary rights. */
export const importing = definePlugin({
  id: 'importing',
  version: '0.1.0',
  core: '^0.1.0',
  setup(recorder) {
    for (const object of [importJob, importBatch, importRow, importMapping]) recorder.object(object)
    recorder.provide(importRuns, {}, createImportRuns)
    recorder.job(watchImport)
    recorder.job(expireUploads)
  },
})
