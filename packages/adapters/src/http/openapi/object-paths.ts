import type { ObjectView } from './document.ts'
import { jsonQuery, listQuery, type OperationParts, operation, query, schemaRef, segment } from './operation.ts'

type Json = Readonly<Record<string, unknown>>

const recordId = segment('id', 'Id of the record.')
const where = jsonQuery('where', schemaRef('Where'), 'Conditions; all must hold.')
const search = query('search', { type: 'string', maxLength: 200 }, 'Free text: names, also by pinyin, phone numbers, e-mail addresses.')
const fields = listQuery('fields', 'Only these fields.')
const expand = listQuery('expand', 'References to bring along in `related`.')
const cursor = query('cursor', { type: 'string' }, 'From the page before.')
const limit = (most: number): Json => query('limit', { type: 'integer', minimum: 1, maximum: most }, 'How many at most.')
const findParameters = [
  where,
  search,
  listQuery('sort', 'Fields, `-` in front for descending.'),
  limit(500),
  cursor,
  query('skip', { type: 'integer', minimum: 0, maximum: 1_000_000 }, 'Leaves out so many before the first; not with `cursor`.'),
  fields,
  expand,
  query('count', { type: 'boolean' }, 'Also count all matches.'),
  query('deleted', { enum: ['exclude', 'only'] }, 'Deleted records.'),
]

/** The routes of an object's records that its reader may use. */
export function objectPaths(object: ObjectView, locale: string | undefined): Json {
  const { name, permissions } = object
  const label = locale?.toLowerCase().startsWith('zh') ? object.label['zh-CN'] : object.label.en
  const record = schemaRef(name)
  const may = (permission: string, id: string, parts: Omit<OperationParts, 'id' | 'tag'>): Json | undefined =>
    permissions.includes(permission) ? operation({ id: `${name}.${id}`, tag: label, ...parts }) : undefined
  const canBulk = ['create', 'update', 'delete'].find((permission) => permissions.includes(permission)) ?? 'update'
  const base = `/api/records/${name}`
  return present({
    [base]: {
      get: may('read', 'find', { summary: 'Find records', parameters: findParameters, answer: schemaRef(`${name}.page`) }),
      post: may('create', 'create', {
        summary: 'Create a record',
        body: schemaRef(`${name}.values`),
        status: 201,
        answer: record,
        writes: true,
      }),
    },
    [`${base}/{id}`]: {
      get: may('read', 'get', { summary: 'Read a record', parameters: [recordId, fields, expand], answer: record }),
      patch: may('update', 'update', {
        ...{
          summary: 'Change a record',
          parameters: [recordId],
          body: schemaRef(`${name}.patch`),
          answer: record,
          writes: true,
          needsVersion: true,
        },
      }),
      delete: may('delete', 'remove', {
        summary: 'Delete a record',
        parameters: [recordId],
        status: 204,
        writes: true,
        needsVersion: true,
      }),
    },
    [`${base}/{id}/restore`]: {
      post: may('restore', 'restore', {
        ...{
          summary: 'Restore a deleted record',
          parameters: [recordId],
          body: schemaRef('Nothing'),
          answer: record,
          writes: true,
          needsVersion: true,
        },
      }),
    },
    [`${base}/{id}/reveal`]: {
      post: may('read', 'reveal', {
        summary: 'A value the actor sees masked; who asked is written down',
        parameters: [recordId],
        body: { type: 'object', additionalProperties: false, required: ['field'], properties: { field: { type: 'string' } } },
        answer: { type: 'object', required: ['value'], properties: { value: true } },
      }),
    },
    [`${base}/{id}/changes`]: {
      get: may('read', 'changes', {
        summary: 'History of a record',
        parameters: [recordId, limit(500), cursor],
        answer: schemaRef('Changes'),
      }),
    },
    [`${base}/{id}/explain`]: {
      get: may('read', 'explain', {
        summary: 'Why a record is among those a filter finds, or is not',
        parameters: [recordId, { ...where, required: true }],
        answer: schemaRef('Explanation'),
      }),
    },
    [`${base}/changes`]: {
      get: may('read', 'history', {
        summary: 'Every change of every record, record by record, each from its beginning',
        parameters: [limit(500), cursor],
        answer: schemaRef('Changes'),
      }),
    },
    [`${base}/{id}/why`]: {
      get: may('read', 'why', {
        summary: 'What deciders did to it and why, newest first',
        parameters: [recordId],
        answer: {
          type: 'object',
          required: ['decisions'],
          properties: { decisions: { type: 'array', items: schemaRef('DeciderDecision') } },
        },
      }),
    },
    [`${base}/bulk`]: {
      post: may(canBulk, 'bulk', {
        summary: 'Create, change or delete many',
        body: bulkBody(name),
        answer: schemaRef('Ids'),
        writes: true,
      }),
    },
    [`/api/overlap/${name}`]: {
      get: may('read', 'overlap', {
        summary: 'How many records two conditions find, and both of them',
        parameters: ['a', 'b'].map((side) => ({ ...jsonQuery(side, schemaRef('Where'), 'A condition.'), required: true })),
        answer: schemaRef('Overlap'),
      }),
    },
    [`/api/aggregate/${name}`]: {
      get: may('read', 'aggregate', {
        summary: 'A figure per group',
        parameters: [
          listQuery('group', 'Fields to group by.'),
          listQuery('measures', '`count`, `sum:<field>`, …'),
          where,
          search,
          { name: 'asOf', in: 'query', required: false, description: 'As it was then, ms.', schema: { type: 'integer' } },
          limit(1_000),
        ],
        answer: schemaRef('Aggregate'),
      }),
    },
  })
}

function bulkBody(name: string): Json {
  const target = { ids: { type: 'array', items: { type: 'string' } }, where: schemaRef('Where'), maxAffected: { type: 'integer' } }
  const one = (key: string, schema: Json): Json => ({
    type: 'object',
    additionalProperties: false,
    required: [key],
    properties: { [key]: schema },
  })
  const on = (more: Json, required: readonly string[]): Json => ({
    ...{ type: 'object', additionalProperties: false, required: ['maxAffected', ...required], properties: { ...target, ...more } },
  })
  return {
    oneOf: [
      one('create', { type: 'array', items: schemaRef(`${name}.values`) }),
      one('update', on({ set: schemaRef(`${name}.patch`) }, ['set'])),
      one('updateEach', { type: 'array', items: eachOf(name) }),
      one('remove', on({}, [])),
    ],
  }
}

/** A change of one record among many. */
const eachOf = (name: string): Json => ({
  type: 'object',
  additionalProperties: false,
  required: ['id', 'version', 'set'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    version: { oneOf: [{ type: 'integer', minimum: 1 }, { const: 'any' }] },
    set: schemaRef(`${name}.patch`),
  },
})

/** Leaves out what the reader may not do, and paths with nothing left. */
function present(paths: Readonly<Record<string, Readonly<Record<string, Json | undefined>>>>): Json {
  const allowed = Object.entries(paths).map(([path, item]) => [path, Object.entries(item).filter(([, one]) => one !== undefined)] as const)
  return Object.fromEntries(allowed.filter(([, item]) => item.length > 0).map(([path, item]) => [path, Object.fromEntries(item)]))
}
