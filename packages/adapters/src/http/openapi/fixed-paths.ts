import { logPaths } from './log-paths.ts'
import { listQuery, operation, query, schemaRef, segment } from './operation.ts'
import { settingPaths } from './setting-paths.ts'

const tag = 'Guanxi'
const object = segment('object', 'Name of the object.')
const fieldBody = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'property'],
  properties: { name: { type: 'string' }, property: { type: 'object', description: 'A property in JSON Schema, with `kind`.' } },
}
const listOf = (key: string, name: string) => ({
  type: 'object',
  required: [key],
  properties: { [key]: { type: 'array', items: schemaRef(name) } },
})

const objectsAnswer = {
  type: 'object',
  required: ['objects', 'operators'],
  properties: {
    objects: { type: 'array', items: schemaRef('Object') },
    operators: { type: 'array', items: schemaRef('ExpressionOperator'), description: 'What plugins have added to expressions.' },
  },
}

/** Routes that are there whatever the objects are. */
export const fixedPaths = {
  '/api/me': { get: operation({ id: 'me', tag, summary: 'Who is asking, and what they may do', answer: schemaRef('Me') }) },
  '/api/objects': {
    get: operation({ id: 'objects', tag, summary: 'Objects the actor may read, operators of plugins', answer: objectsAnswer }),
  },
  '/api/objects/{object}': {
    get: operation({ id: 'object', tag, summary: 'An object and its fields', parameters: [object], answer: schemaRef('Object') }),
  },
  '/api/objects/{object}/fields': {
    post: operation({
      id: 'addField',
      tag,
      summary: 'Add a field',
      parameters: [object],
      body: fieldBody,
      status: 201,
      answer: schemaRef('Object'),
    }),
  },
  '/api/objects/{object}/validations': {
    post: operation({
      id: 'addValidation',
      tag,
      summary: 'Add something that must hold across fields',
      parameters: [object],
      body: schemaRef('Validation'),
      status: 201,
      answer: schemaRef('Object'),
    }),
  },
  '/api/objects/{object}/validations/{validation}': {
    delete: operation({
      id: 'removeValidation',
      tag,
      summary: 'Take back a validation that an administrator added',
      parameters: [object, segment('validation', 'Its id.')],
      answer: schemaRef('Object'),
      writes: true,
    }),
  },
  '/api/people': {
    get: operation({
      id: 'people',
      tag,
      summary: 'People of the tenant',
      parameters: [
        query('search', { type: 'string' }, 'Part of a name.'),
        listQuery('ids', 'Only these people.'),
        query('team', { type: 'string' }, 'Only of this team and those below it.'),
        query('after', { type: 'string' }, 'By id, from the one after this on.'),
        query('limit', { type: 'integer', minimum: 1, maximum: 500 }, 'How many at most.'),
      ],
      answer: listOf('people', 'Person'),
    }),
  },
  '/api/teams': { get: operation({ id: 'teams', tag, summary: 'Teams of the tenant', answer: listOf('teams', 'Team') }) },
  ...settingPaths,
  ...logPaths,
  '/openapi.json': { get: operation({ id: 'openapi', tag, summary: 'This document', answer: { type: 'object' } }) },
}
