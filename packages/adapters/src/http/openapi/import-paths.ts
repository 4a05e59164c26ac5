import { importBodies } from '../import/body-schema.ts'
import { operation, query, schemaRef, segment } from './operation.ts'

type Json = Readonly<Record<string, unknown>>

const tag = 'Import'
const job = segment('id', 'Id of the job.')
const name = segment('name', 'Name of the mapping.')
const something: Json = { type: 'object' }
const text: Json = { type: 'string' }
const sheets = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const
const object = (properties: Json): Json => ({ type: 'object', required: Object.keys(properties), properties })
const jobOf = (more: Json = {}): Json => object({ job: schemaRef('import_job'), ...more })
const listOf = (items: Json): Json => ({ type: 'array', items })

/** Schemas of imports. */
export const importSchemas: Json = {
  ImportFile: object({
    ...{ id: text, name: text, bytes: { type: 'integer' }, format: { enum: ['csv', 'xlsx'] }, sheets: listOf(text) },
    expiresAt: { type: 'integer', description: 'Milliseconds since 1970, UTC.' },
  }),
  ImportProgress: object({
    ...{ rows: { type: 'integer' }, total: { type: ['integer', 'null'] }, created: { type: 'integer' }, updated: { type: 'integer' } },
    ...{ skipped: { type: 'integer' }, refused: { type: 'integer' }, rate: { type: 'number' }, secondsLeft: { type: ['integer', 'null'] } },
  }),
  ImportRowResult: object({
    ...{ file: text, row: { type: 'integer' }, outcome: { enum: ['create', 'update', 'unchanged', 'refuse', 'incomplete'] } },
    ...{ recordId: { type: ['string', 'null'] }, reasons: listOf(something) },
  }),
}

/** Routes of imports, for those who may. */
export const importPaths: Json = {
  '/api/imports/files': {
    post: operation({
      ...{ id: 'import.upload', tag, summary: 'Upload a file, as it is', status: 201, answer: schemaRef('ImportFile') },
      ...{ parameters: [query('name', text, 'Name of the file.')], body: { type: 'string', format: 'binary' } },
      bodyType: 'application/octet-stream',
    }),
  },
  '/api/imports/files/{id}': {
    delete: operation({
      ...{ id: 'import.removeFile', tag, summary: 'Take a file away', status: 204, parameters: [segment('id', 'Id of the file.')] },
    }),
  },
  '/api/imports/preview': {
    post: operation({ id: 'import.preview', tag, summary: 'What a file would become', body: importBodies.preview, answer: something }),
  },
  '/api/imports/dry-run': {
    post: operation({ id: 'import.dryRun', tag, summary: 'Rehearse; nothing is written', body: importBodies.dryRun, answer: something }),
  },
  '/api/imports/jobs': {
    get: operation({
      ...{ id: 'import.jobs', tag, summary: 'One’s own imports, the latest first' },
      parameters: [
        query('limit', { type: 'integer', minimum: 1, maximum: 500 }, 'How many at most.'),
        query('cursor', text, 'From the page before.'),
      ],
      answer: object({ jobs: listOf(schemaRef('import_job')), cursor: { type: ['string', 'null'] } }),
    }),
    post: operation({
      ...{ id: 'import.start', tag, summary: 'Make a job of uploaded files', status: 201, body: importBodies.job },
      answer: jobOf({ repeated: { type: 'boolean' } }),
    }),
  },
  '/api/imports/jobs/{id}': {
    get: operation({
      ...{ id: 'import.job', tag, summary: 'A job and how far it is', parameters: [job] },
      answer: jobOf({ progress: schemaRef('ImportProgress'), files: listOf(object({ name: text, object: text })) }),
    }),
  },
  '/api/imports/jobs/{id}/run': {
    post: operation({
      ...{ id: 'import.run', tag, summary: 'Start a job or go on with it; does not wait', status: 202, parameters: [job] },
      ...{ body: importBodies.run, answer: jobOf({ progress: schemaRef('ImportProgress') }) },
    }),
  },
  '/api/imports/jobs/{id}/cancel': {
    post: operation({
      ...{ id: 'import.cancel', tag, summary: 'Stop a job after the batch it is at', parameters: [job] },
      ...{ body: importBodies.nothing, answer: jobOf() },
    }),
  },
  '/api/imports/jobs/{id}/bad-rows': {
    get: operation({
      ...{ id: 'import.badRows', tag, summary: 'Rows that need attention, with reasons' },
      parameters: [
        job,
        query('format', { enum: ['csv', 'xlsx'] }, 'As a file.'),
        query('file', { type: 'integer' }, 'Place of the file in the job.'),
      ],
      ...{ answer: object({ files: listOf(something) }), answerTypes: sheets },
    }),
  },
  '/api/imports/jobs/{id}/repairs': {
    post: operation({
      ...{ id: 'import.repair', tag, summary: 'Write rows again with corrected cells', parameters: [job] },
      ...{ body: importBodies.repairs, answer: object({ results: listOf(schemaRef('ImportRowResult')) }) },
    }),
  },
  '/api/imports/mappings': {
    get: operation({
      ...{ id: 'import.mappings', tag, summary: 'Saved mappings', parameters: [query('object', text, 'Only those of this object.')] },
      answer: object({ mappings: listOf(object({ name: text, mapping: something })) }),
    }),
  },
  '/api/imports/mappings/{name}': {
    put: operation({
      ...{ id: 'import.saveMapping', tag, summary: 'Save a mapping', parameters: [name] },
      ...{ body: importBodies.mapping, answer: object({ name: text, mapping: something }) },
    }),
    delete: operation({ id: 'import.removeMapping', tag, summary: 'Forget a mapping', status: 204, parameters: [name] }),
  },
}
