type Json = Readonly<Record<string, unknown>>

/** A reference to a schema of the document. */
export const schemaRef = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

const content = (schema: Json, type = 'application/json'): Json => ({ [type]: { schema } })
const binary: Json = { type: 'string', format: 'binary' }
const problem = (description: string): Json => ({ description, content: content(schemaRef('Error')) })

/** Refusals that any operation may answer with. */
export const responses: Json = {
  Invalid: problem('A parameter, filter or body is wrong; `path` and `hint` say where and what to do.'),
  Unauthenticated: problem('The host does not know who is asking.'),
  Forbidden: problem('Not allowed, or sent from another site.'),
  NotFound: problem('It does not exist, or the actor may not see it.'),
  Conflict: problem('Somebody was faster, or a value is taken; `details` holds both sides.'),
  Unprocessable: problem('Values need attention; `details.issues` lists all of them.'),
  VersionRequired: problem('If-Match is missing.'),
}

const refusal = (name: string): Json => ({ $ref: `#/components/responses/${name}` })
const always = { 400: refusal('Invalid'), 401: refusal('Unauthenticated'), 403: refusal('Forbidden'), 404: refusal('NotFound') }
const onWrites = { 409: refusal('Conflict'), 422: refusal('Unprocessable') }

/** What an operation takes and gives. */
export interface OperationParts {
  readonly id: string
  readonly summary: string
  readonly tag: string
  readonly parameters?: readonly Json[]
  readonly body?: Json
  /** Type of a body, or of an answer, that is no JSON. */
  readonly bodyType?: string
  readonly answerTypes?: readonly string[]
  /** Status of success, 200 unless said. */
  readonly status?: number
  readonly answer?: Json
  readonly writes?: boolean
  readonly needsVersion?: boolean
}

export function operation(parts: OperationParts): Json {
  const { id, summary, tag, parameters = [], body, status = 200, answer, writes = false, needsVersion = false } = parts
  const { bodyType, answerTypes } = parts
  const files = answerTypes && Object.assign({}, ...answerTypes.map((type) => content(binary, type)), answer && content(answer))
  const version = needsVersion ? [ifMatch] : []
  const key = writes ? [idempotencyKey] : []
  return {
    operationId: id,
    summary,
    tags: [tag],
    parameters: [...parameters, ...version, ...key],
    ...(body && { requestBody: { required: true, content: content(body, bodyType) } }),
    responses: {
      [status]: { description: summary, ...(answer && { content: content(answer) }), ...(files && { content: files }) },
      ...always,
      ...(writes && onWrites),
      ...(needsVersion && { 428: refusal('VersionRequired') }),
    },
  }
}

/** A parameter of the query. */
export function query(name: string, schema: Json, description: string): Json {
  return { name, in: 'query', description, schema }
}

/** A query parameter that holds JSON. */
export function jsonQuery(name: string, schema: Json, description: string): Json {
  return { name, in: 'query', description, content: content(schema) }
}

/** A list with commas between. */
export function listQuery(name: string, description: string): Json {
  return { name, in: 'query', description, style: 'form', explode: false, schema: { type: 'array', items: { type: 'string' } } }
}

/** A segment of the path. */
export function segment(name: string, description: string): Json {
  return { name, in: 'path', required: true, description, schema: { type: 'string' } }
}

const ifMatch: Json = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that was read, or "any" to overwrite knowingly.',
  schema: { type: 'string', examples: ['"3"', '"any"'] },
}

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same call with the same key is carried out once.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}
