import { listQuery, operation, query, schemaRef } from './operation.ts'

const tag = 'Settings'
const levels = { enum: ['person', 'role', 'team', 'place', 'organisation'] }
const texts = { type: 'array', items: { type: 'string' } }
const listOf = (key: string, items: unknown) => ({ type: 'object', required: [key], properties: { [key]: { type: 'array', items } } })
const keys = listQuery('keys', 'Only these settings.')
const changes = { type: 'array', items: schemaRef('SettingChange') }

/** Routes of settings. */
export const settingPaths = {
  '/api/settings': {
    get: operation({
      id: 'resolvedSettings',
      tag,
      summary: 'Values that count for somebody, and why',
      parameters: [
        query('person', { type: 'string' }, 'Whose; the actor unless said. Empty: nobody’s, so that places and the organisation count.'),
        query('role', { type: 'string' }, 'A role by itself.'),
        query('team', { type: 'string' }, 'A team by itself.'),
        listQuery('places', 'Pools, pipelines … the record stands in.'),
        keys,
      ],
      answer: listOf('settings', schemaRef('ResolvedSetting')),
    }),
    post: operation({
      id: 'changeSettings',
      tag,
      summary: 'Set and take back values, all or none',
      body: { type: 'object', additionalProperties: false, required: ['changes'], properties: { changes, version: { type: 'integer' } } },
      answer: { type: 'object', required: ['version'], properties: { version: { type: 'integer' } } },
    }),
  },
  '/api/settings/preview': {
    post: operation({
      id: 'previewSettings',
      tag,
      summary: 'Who would get which other value',
      body: { type: 'object', additionalProperties: false, required: ['changes'], properties: { changes, people: texts } },
      answer: {
        type: 'object',
        required: ['effects', 'total', 'people'],
        properties: { effects: { type: 'array', items: { type: 'object' } }, total: { type: 'integer' }, people: { type: 'integer' } },
      },
    }),
  },
  '/api/settings/rights': {
    get: operation({
      id: 'settingRights',
      tag,
      summary: 'What the actor may read and set of a person, role, team, place or the organisation',
      parameters: [
        query('level', levels, 'The level; organisation unless said.'),
        query('target', { type: 'string' }, 'The person, role, team or place.'),
      ],
      answer: schemaRef('SettingRights'),
    }),
  },
  '/api/settings/people': {
    get: operation({
      id: 'peopleSettings',
      tag,
      summary: 'A page of people with the values that count for them',
      parameters: [
        keys,
        query('team', { type: 'string' }, 'Only of this team and those below it.'),
        query('search', { type: 'string' }, 'Part of a name; one page by name.'),
        query('after', { type: 'string' }, 'The cursor of the page before; by id.'),
        query('limit', { type: 'integer', minimum: 1, maximum: 500 }, 'How many at most; 100 unless said.'),
      ],
      answer: {
        type: 'object',
        required: ['entries', 'cursor'],
        properties: {
          entries: {
            type: 'array',
            items: {
              type: 'object',
              required: ['person', 'settings'],
              properties: { person: { type: 'object' }, settings: { type: 'array', items: schemaRef('ResolvedSetting') } },
            },
          },
          cursor: { type: ['string', 'null'] },
        },
      },
    }),
  },
  '/api/settings/definitions': {
    get: operation({ id: 'settingDefinitions', tag, summary: 'Settings there are', answer: listOf('settings', { type: 'object' }) }),
  },
  '/api/settings/values': {
    get: operation({
      id: 'settingValues',
      tag,
      summary: 'Values that have been set',
      parameters: [
        query('level', levels, 'Only of this level.'),
        query('target', { type: 'string' }, 'Only of this person, role, team or place.'),
        keys,
      ],
      answer: listOf('values', { type: 'object' }),
    }),
  },
  '/api/settings/history': {
    get: operation({
      id: 'settingHistory',
      tag,
      summary: 'What a setting was, newest first',
      parameters: [
        query('key', { type: 'string' }, 'The setting.'),
        query('level', levels, 'The level; organisation unless said.'),
        query('target', { type: 'string' }, 'The person, role, team or place.'),
        query('limit', { type: 'integer', minimum: 1, maximum: 500 }, 'How many at most.'),
      ],
      answer: listOf('entries', { type: 'object' }),
    }),
  },
}
