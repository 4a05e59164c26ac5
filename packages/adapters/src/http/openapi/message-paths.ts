import { listQuery, operation, query, schemaRef, segment } from './operation.ts'

const tag = 'Messages'
const text = { type: 'string' }
const object = (properties: Readonly<Record<string, unknown>>, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
})
const unread = object({ unread: { type: 'integer' } })
const page = [
  query('limit', { type: 'integer', minimum: 1, maximum: 200 }, 'How many at most; 50 unless said.'),
  query('cursor', text, 'The page after this one.'),
]
const cursor = { type: ['string', 'null'] }
const id = segment('id', 'Id of the send.')
const nothing = schemaRef('Nothing')

/** Routes of messages. */
export const messagePaths = {
  '/api/inbox': {
    get: operation({
      id: 'inbox',
      tag,
      summary: 'One’s own messages, newest first',
      parameters: [
        listQuery('kinds', 'Only these kinds: keys of messages.'),
        query('unread', { type: 'boolean' }, 'Only what is unread.'),
        ...page,
      ],
      answer: object({ entries: { type: 'array', items: schemaRef('InboxEntry') }, cursor, unread: { type: 'integer' } }),
    }),
  },
  '/api/inbox/unread': { get: operation({ id: 'unreadMessages', tag, summary: 'How many are unread', answer: unread }) },
  '/api/inbox/mark': {
    post: operation({
      id: 'markMessages',
      tag,
      summary: 'Mark messages as read or unread, or all up to an instant as read',
      body: {
        oneOf: [
          { ...object({ ids: { type: 'array', items: text }, read: { type: 'boolean' } }), additionalProperties: false },
          { ...object({ until: { type: 'integer' } }), additionalProperties: false },
        ],
      },
      answer: unread,
    }),
  },
  '/api/messages': {
    get: operation({
      id: 'messageSends',
      tag,
      summary: 'What was sent to whom, and what became of it',
      parameters: [
        query('recipient', text, 'Such as `person:ann`.'),
        query('state', { enum: ['queued', 'sending', 'sent', 'failed', 'suppressed', 'unknown'] }, 'Only in this state.'),
        query('template', text, 'Only this message.'),
        ...page,
      ],
      answer: object({ sends: { type: 'array', items: schemaRef('MessageSend') }, cursor }),
    }),
  },
  '/api/messages/{id}/resend': {
    post: operation({
      id: 'resendMessage',
      tag,
      summary: 'Send again what failed or is unknown',
      parameters: [id],
      body: nothing,
      answer: schemaRef('MessageSend'),
    }),
  },
  '/api/messages/{id}/drop': {
    post: operation({
      id: 'dropMessage',
      tag,
      summary: 'Give up what waits, failed or is unknown',
      parameters: [id],
      body: nothing,
      answer: schemaRef('MessageSend'),
    }),
  },
  '/api/messages/templates': {
    get: operation({
      id: 'messageTemplates',
      tag,
      summary: 'Messages there are, with the tenant’s own words',
      answer: object({ templates: { type: 'array', items: { type: 'object' } } }),
    }),
  },
  '/api/messages/preview': {
    post: operation({
      id: 'previewMessage',
      tag,
      summary: 'How a message would look',
      body: {
        ...object({ template: text, locale: text, text: { type: ['object', 'null'] }, data: { type: 'object' }, channel: text }, [
          'template',
        ]),
        additionalProperties: false,
      },
      answer: object({ title: text, body: text, shown: { type: ['object', 'null'] } }),
    }),
  },
}

const instant = { type: 'integer', description: 'Milliseconds since 1970, UTC.' }
const instantOrNull = { type: ['integer', 'null'] }
const about = { type: ['object', 'null'], properties: { object: text, id: text } }
const priority = { enum: ['urgent', 'normal', 'low'] }
const actor = object({ kind: text, id: text })

/** Schemas of messages. */
export const messageSchemas = {
  InboxEntry: object({
    ...{ id: text, kind: text, label: object({ 'zh-CN': text, en: text }), title: text, body: text, about, from: actor, priority },
    ...{ at: instant, readAt: instantOrNull },
  }),
  MessageSend: object({
    ...{ id: text, template: text, purpose: text, channel: text, recipient: text, subject: text, about, key: text, cause: true, priority },
    state: { enum: ['queued', 'sending', 'sent', 'failed', 'suppressed', 'unknown'] },
    reason: { anyOf: [schemaRef('Reason'), { type: 'null' }] },
    ...{ dueAt: instant, createdAt: instant, sentAt: instantOrNull, readAt: instantOrNull, attempts: { type: 'integer' } },
    ...{ receipt: { type: ['string', 'null'] }, actor },
  }),
}
