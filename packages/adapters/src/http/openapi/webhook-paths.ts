import { operation, query, schemaRef, segment } from './operation.ts'

const tag = 'Webhooks'
const text = { type: 'string' }
const whole = { type: 'integer' }
const instant = { type: 'integer', description: 'Milliseconds since 1970, UTC.' }
const orNull = (type: string) => ({ type: [type, 'null'] })
const texts = { type: 'array', items: text }
const object = (properties: Readonly<Record<string, unknown>>, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
})
const nothing = schemaRef('Nothing')
const id = segment('id', 'The webhook.')
const kinds = { type: 'array', items: { enum: ['create', 'update', 'delete', 'restore'] } }
const states = { enum: ['pending', 'delivered', 'failed', 'skipped'] }
const input = {
  ...{ name: text, url: text, description: orNull('string'), objects: texts, operations: kinds },
  ...{ condition: { anyOf: [schemaRef('Where'), { type: 'null' }] }, ownerId: text },
}
const act = (name: string, summary: string) => ({
  post: operation({ id: name, tag, summary, parameters: [id], body: nothing, answer: schemaRef('Webhook') }),
})

/** Routes of webhooks. */
export const webhookPaths = {
  '/api/webhooks': {
    get: operation({
      id: 'listWebhooks',
      tag,
      summary: 'Who is told of changes, and how that has been going',
      answer: object({ webhooks: { type: 'array', items: schemaRef('Webhook') } }),
    }),
    post: operation({
      id: 'createWebhook',
      tag,
      summary: 'Make a webhook; its secret is told this once',
      body: { ...object(input, ['name', 'url']), additionalProperties: false },
      status: 201,
      answer: schemaRef('WebhookSecret'),
    }),
  },
  '/api/webhooks/{id}': {
    get: operation({ id: 'getWebhook', tag, summary: 'A webhook', parameters: [id], answer: schemaRef('Webhook') }),
    patch: operation({
      id: 'updateWebhook',
      tag,
      summary: 'Change a webhook',
      parameters: [id],
      needsVersion: true,
      body: { ...object(input, []), additionalProperties: false },
      answer: schemaRef('Webhook'),
    }),
    delete: operation({
      id: 'removeWebhook',
      tag,
      summary: 'Take a webhook away, with its deliveries',
      parameters: [id],
      needsVersion: true,
      status: 204,
    }),
  },
  '/api/webhooks/{id}/pause': act('pauseWebhook', 'Let what happens wait'),
  '/api/webhooks/{id}/resume': act('resumeWebhook', 'Go on, and tell what has waited'),
  '/api/webhooks/{id}/rotate': {
    post: operation({
      id: 'rotateWebhook',
      tag,
      summary: 'A new secret, told this once; those before it sign for so many hours more',
      parameters: [id],
      body: { ...object({ overlapHours: { type: 'integer', minimum: 0, maximum: 720 } }, []), additionalProperties: false },
      answer: schemaRef('WebhookSecret'),
    }),
  },
  '/api/webhooks/{id}/ping': {
    post: operation({
      id: 'pingWebhook',
      tag,
      summary: 'Tell it “ping”, to see whether somebody answers',
      parameters: [id],
      body: nothing,
      status: 202,
      answer: schemaRef('WebhookDelivery'),
    }),
  },
  '/api/webhooks/{id}/deliveries': {
    get: operation({
      id: 'webhookDeliveries',
      tag,
      summary: 'What it was told, the newest first',
      parameters: [
        id,
        query('state', states, 'Only in this state.'),
        query('limit', { type: 'integer', minimum: 1, maximum: 200 }, 'How many at most; 50 unless said.'),
        query('cursor', text, 'From the page before.'),
      ],
      answer: object({ deliveries: { type: 'array', items: schemaRef('WebhookDelivery') }, cursor: orNull('string') }),
    }),
  },
  '/api/webhooks/{id}/deliveries/{delivery}/redeliver': {
    post: operation({
      id: 'redeliver',
      tag,
      summary: 'Tell it again, under the same key',
      parameters: [id, segment('delivery', 'The delivery.')],
      body: nothing,
      status: 202,
      answer: schemaRef('WebhookDelivery'),
    }),
  },
  '/api/webhooks/{id}/redeliver': {
    post: operation({
      id: 'redeliverSpan',
      tag,
      summary: 'Tell all again that were made in [from, to) and failed, or were delivered',
      parameters: [id],
      body: {
        ...object({ from: instant, to: instant, state: { enum: ['failed', 'delivered'] } }, ['from', 'to']),
        additionalProperties: false,
      },
      status: 202,
      answer: object({ count: whole }),
    }),
  },
}

const received = {
  post: operation({
    id: 'receiveHook',
    tag,
    summary: 'What somebody outside tells, signed; verified over the raw body, kept once by its id, carried out later',
    parameters: [segment('hook', 'The inbound hook, such as `shop.orders`.')],
    body: {},
    status: 202,
    answer: object({ id: text, duplicate: { type: 'boolean' } }),
  }),
}

/** Routes of what comes in. */
export const inboundPaths = {
  '/hooks/{hook}': received,
  '/hooks/{hook}/{tenant}': {
    post: {
      ...received.post,
      operationId: 'receiveHookOf',
      parameters: [segment('hook', 'The inbound hook.'), segment('tenant', 'Whose it is.')],
    },
  },
  '/api/inbound': {
    get: operation({
      id: 'inboundHooks',
      tag,
      summary: 'What comes in from outside, and how old its secrets are',
      answer: object({ hooks: { type: 'array', items: schemaRef('InboundHook') } }),
    }),
  },
  '/api/inbound/{hook}/rotate': {
    post: operation({
      id: 'rotateInbound',
      tag,
      summary: 'A new secret for a sender, told this once; or one that the sender has made',
      parameters: [segment('hook', 'The inbound hook.')],
      body: {
        ...object({ overlapHours: { type: 'integer', minimum: 0, maximum: 720 }, secret: text }, []),
        additionalProperties: false,
      },
      answer: object({ secret: text }),
    }),
  },
}

/** Schemas of those routes. */
export const webhookSchemas = {
  InboundHook: object({
    ...{ id: text, plugin: text, label: object({ 'zh-CN': text, en: text }) },
    secrets: { type: 'array', items: object({ createdAt: instant, until: orNull('integer') }) },
  }),
  Webhook: object({
    ...{ id: text, version: whole, ...input, state: { enum: ['active', 'paused', 'disabled'] } },
    reason: { enum: ['paused', 'failing', 'gone', 'owner', null] },
    secrets: { type: 'array', items: object({ createdAt: instant, until: orNull('integer') }) },
    health: object({
      ...{ circuit: { enum: ['closed', 'probing', 'open'] }, openUntil: orNull('integer'), failures: whole },
      ...{ failingSince: orNull('integer'), lastAt: orNull('integer'), lastStatus: orNull('integer'), lastError: orNull('string') },
    }),
    ...{ createdAt: instant, updatedAt: instant, updatedBy: text },
  }),
  WebhookSecret: object({ webhook: schemaRef('Webhook'), secret: text }),
  WebhookDelivery: object({
    ...{ id: text, webhookId: text, key: text, type: text, object: orNull('string'), recordId: orNull('string'), state: states },
    ...{ attempts: whole, dueAt: instant, createdAt: instant, settledAt: orNull('integer'), status: orNull('integer') },
    ...{ answer: orNull('string'), error: orNull('string'), milliseconds: orNull('integer') },
  }),
}
