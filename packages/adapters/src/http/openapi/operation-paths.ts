import { jsonQuery, listQuery, operation, query, schemaRef, segment } from './operation.ts'

const tag = 'Operations'
const listed = [
  query('limit', { type: 'integer', minimum: 1, maximum: 200 }, 'How many at most; 50 unless said.'),
  query('cursor', { type: 'string' }, 'From the page before.'),
]
const pageOf = (key: string, items: unknown) => ({
  type: 'object',
  required: [key, 'cursor'],
  properties: { [key]: { type: 'array', items }, cursor: { type: ['string', 'null'] } },
})
const done = { type: 'object', required: ['done'], properties: { done: { type: 'boolean' } } }
const nothing = { type: 'object', additionalProperties: false }
const textsOf = (...keys: string[]) => ({
  type: 'object',
  additionalProperties: false,
  required: keys,
  properties: Object.fromEntries(keys.map((key) => [key, { type: 'string' }])),
})
const id = segment('id', 'The job.')

/** Routes of the work in the background. */
export const operationPaths = {
  '/api/live': {
    get: operation({
      id: 'live',
      tag: 'Records',
      summary: 'What changes of the records one may see, as server-sent events or since a position',
      parameters: [
        { ...listQuery('objects', 'What to follow; 20 objects at most.'), required: true },
        jsonQuery('where', schemaRef('Where'), 'With one object only.'),
        query('after', { type: 'string' }, 'The position to go on from.'),
      ],
      answerTypes: ['text/event-stream'],
      answer: schemaRef('LiveChanges'),
    }),
  },
  '/api/operations/health': {
    get: operation({ id: 'workHealth', tag, summary: 'How consumers, jobs and schedules are doing', answer: schemaRef('Health') }),
  },
  '/api/operations/jobs': {
    get: operation({
      id: 'listJobs',
      tag,
      summary: 'Jobs that wait, run or were given up',
      parameters: [
        query('state', { enum: ['waiting', 'running', 'dead'] }, 'Only in this state; dead = given up.'),
        query('job', { type: 'string' }, 'Only of this name.'),
        ...listed,
      ],
      answer: pageOf('jobs', schemaRef('JobEntry')),
    }),
  },
  '/api/operations/jobs/{id}/replay': {
    post: operation({ id: 'replayJob', tag, summary: 'Make a job due now', parameters: [id], body: nothing, answer: done }),
  },
  '/api/operations/jobs/{id}/drop': {
    post: operation({ id: 'dropJob', tag, summary: 'Take a job away', parameters: [id], body: nothing, answer: done }),
  },
  '/api/operations/parked': {
    get: operation({
      id: 'listParked',
      tag,
      summary: 'Changes that consumers could not digest',
      parameters: [query('consumer', { type: 'string' }, 'Only of this consumer.'), ...listed],
      answer: pageOf('changes', schemaRef('ParkedEntry')),
    }),
  },
  '/api/operations/parked/replay': {
    post: operation({
      id: 'replayParked',
      tag,
      summary: 'Try what is parked of a record now',
      body: textsOf('consumer', 'recordId'),
      answer: done,
    }),
  },
  '/api/operations/parked/drop': {
    post: operation({
      id: 'dropParked',
      tag,
      summary: 'Never tell a consumer of a change',
      body: textsOf('consumer', 'changeId'),
      answer: done,
    }),
  },
}

const text = { type: 'string' }
const whole = { type: 'integer' }
const instant = { type: 'integer', description: 'Milliseconds since 1970, UTC.' }
const orNull = (type: string) => ({ type: [type, 'null'] })
const object = (properties: Readonly<Record<string, unknown>>) => ({ type: 'object', required: Object.keys(properties), properties })
const rowsOf = (properties: Readonly<Record<string, unknown>>) => ({ type: 'array', items: object(properties) })

/** Schemas of those routes. */
export const operationSchemas = {
  LiveChanges: object({
    position: text,
    changes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['object'],
        properties: {
          object: text,
          changed: { type: 'array', items: text },
          gone: { type: 'array', items: text },
          reset: { const: true },
        },
      },
    },
  }),
  Health: object({
    ...{ ok: { type: 'boolean' }, at: instant, held: { type: 'boolean' }, running: { type: 'boolean' } },
    consumers: rowsOf({ id: text, behind: whole, lag: orNull('integer'), parked: whole, retrying: whole }),
    jobs: rowsOf({
      ...{ id: text, waiting: whole, due: whole, running: whole, dead: whole, lag: orNull('integer') },
      known: { type: 'boolean' },
    }),
    schedules: rowsOf({ id: text, nextAt: instant, lastAt: orNull('integer') }),
    webhooks: {
      anyOf: [
        object({ active: whole, paused: whole, disabled: whole, failing: whole, pending: whole, lag: orNull('integer') }),
        { type: 'null' },
      ],
    },
    confirmations: whole,
    broken: whole,
    holdup: { anyOf: [{ type: 'object', required: ['milliseconds'], properties: { milliseconds: whole } }, { type: 'null' }] },
  }),
  JobEntry: object({
    ...{ id: text, job: text, key: text, state: { enum: ['waiting', 'running', 'dead'] }, input: true },
    ...{ priority: { enum: ['high', 'normal', 'low'] }, dueAt: instant, attempt: whole, attempts: whole, createdAt: instant },
    ...{ actor: object({ kind: text, id: text }), error: orNull('string'), failedAt: orNull('integer') },
  }),
  ParkedEntry: object({
    ...{ consumer: text, changeId: text, object: text, recordId: text, version: whole },
    ...{ error: text, attempt: whole, parkedAt: instant, retryAt: orNull('integer') },
  }),
}
