import type { ObjectView } from './document.ts'
import { jsonQuery, listQuery, operation, query, schemaRef } from './operation.ts'

type Json = Readonly<Record<string, unknown>>

const tag = 'Export'
const files = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/jsonl'] as const
const parameters = [
  query('format', { enum: ['csv', 'xlsx', 'jsonl'] }, 'What the file is; `csv` unless said.'),
  jsonQuery('where', schemaRef('Where'), 'Conditions; all must hold.'),
  query('search', { type: 'string', maxLength: 200 }, 'Free text.'),
  listQuery('sort', 'Fields, `-` in front for descending.'),
  listQuery('fields', 'Only these fields, in this order.'),
  query('deleted', { enum: ['exclude', 'only'] }, 'Deleted records.'),
  query('headers', { enum: ['label', 'name'] }, 'The first row: labels in the reader’s language, or names of fields.'),
  query('values', { enum: ['label', 'raw'] }, 'Choices and references as people know them, or as values and ids.'),
  query('zone', { type: 'string' }, 'IANA zone of clock times.'),
]

/** Exports that their reader may have. */
export function exportPaths(objects: readonly ObjectView[]): Json {
  const readable = objects.filter(({ permissions }) => permissions.includes('read'))
  const own = readable.map(({ name }) => [
    `/api/export/${name}`,
    { get: operation({ id: `${name}.export`, tag, summary: 'Records as a file', parameters, answerTypes: files }) },
  ])
  const whole = readable.length > 0 && readable.every(({ permissions }) => permissions.includes('define'))
  const zip = operation({
    ...{ id: 'export', tag, summary: 'The whole tenant as a file', answerTypes: ['application/zip'] },
    parameters: [query('format', { enum: ['zip'] }, 'Only `zip`.')],
  })
  return { ...Object.fromEntries(own), ...(whole && { '/api/export': { get: zip } }) }
}
