import { listQuery, operation, query, schemaRef, segment } from './operation.ts'

const tag = 'Logs'
const limit = (most: number) => query('limit', { type: 'integer', minimum: 1, maximum: most }, 'How many at most; 50 unless said.')
const cursor = query('cursor', { type: 'string' }, 'From the page before.')
const ledger = segment('ledger', 'Name of the ledger.')
const record = [segment('object', 'Name of the object.'), segment('id', 'Id of the record.')]
const page = (key: string, items: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'object',
  required: [key, 'cursor', ...Object.keys(more)],
  properties: { [key]: { type: 'array', items }, cursor: { type: ['string', 'null'] }, ...more },
})

/** Routes of ledgers and decisions. */
export const logPaths = {
  '/api/ledgers': {
    get: operation({
      id: 'ledgers',
      tag,
      summary: 'Ledgers there are',
      answer: { type: 'object', required: ['ledgers'], properties: { ledgers: { type: 'array', items: schemaRef('Ledger') } } },
    }),
  },
  '/api/ledgers/{ledger}/balances': {
    get: operation({
      id: 'balances',
      tag,
      summary: 'Balances of some accounts',
      parameters: [ledger, listQuery('accounts', 'Their ids.')],
      answer: {
        type: 'object',
        required: ['balances'],
        properties: { balances: { type: 'object', additionalProperties: { type: 'integer' } } },
      },
    }),
  },
  '/api/ledgers/{ledger}/entries': {
    get: operation({
      id: 'entries',
      tag,
      summary: 'Entries of an account, newest first, and its balance',
      parameters: [ledger, query('account', { type: 'string' }, 'Its id.'), limit(500), cursor],
      answer: page('entries', schemaRef('LedgerEntry'), { balance: { type: 'integer' } }),
    }),
  },
  '/api/records/{object}/{id}/entries': {
    get: operation({
      id: 'recordEntries',
      tag,
      summary: 'Entries that the writes of a record carried, newest first',
      parameters: [...record, limit(500), cursor],
      answer: page('entries', schemaRef('LedgerEntry')),
    }),
  },
  '/api/records/{object}/{id}/decisions': {
    get: operation({
      id: 'recordDecisions',
      tag,
      summary: 'Why a record is as it is: decisions about it, newest first',
      parameters: [...record, limit(200), cursor],
      answer: page('decisions', schemaRef('DecisionOutline')),
    }),
  },
  '/api/decisions': {
    get: operation({
      id: 'decisions',
      tag,
      summary: 'The log of decisions, newest first',
      parameters: [
        query('subject', { type: 'string' }, 'Only about this record.'),
        query('decider', { type: 'string' }, 'Only of this decider.'),
        query('mode', { enum: ['live', 'shadow', 'backtest'] }, 'Only those carried out, of a trial, or of a replay.'),
        limit(200),
        cursor,
      ],
      answer: page('decisions', schemaRef('Decision')),
    }),
  },
  '/api/decisions/why-not': {
    get: operation({
      id: 'whyNot',
      tag,
      summary: 'Decisions somebody was considered in and did not win',
      parameters: [query('person', { type: 'string' }, 'Who; the actor unless said.'), limit(200), cursor],
      answer: page('entries', {
        type: 'object',
        required: ['decision', 'own'],
        properties: { decision: { type: 'object' }, own: schemaRef('Candidate') },
      }),
    }),
  },
  '/api/decisions/{decision}': {
    get: operation({
      id: 'decision',
      tag,
      summary: 'A decision with everybody considered',
      parameters: [segment('decision', 'Its id.')],
      answer: {
        allOf: [
          schemaRef('Decision'),
          { type: 'object', required: ['candidates'], properties: { candidates: { type: 'array', items: schemaRef('Candidate') } } },
        ],
      },
    }),
  },
}
