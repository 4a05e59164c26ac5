import { integer, json, log, table, text, uuid } from './columns.ts'

/** Where the tenant tells others of changes, and how each of them has been doing: what people set, and what the machine notes. */
export const webhookTable = table(
  'crm_webhook',
  [
    uuid('id'),
    integer('version'),
    text('name'),
    text('url'),
    text('description', true),
    text('owner_id'),
    json('objects'),
    json('operations'),
    json('condition', true),
    json('secrets'),
    text('state'),
    text('reason', true),
    integer('created_at'),
    integer('updated_at'),
    text('updated_by'),
    json('circuit'),
    integer('told'),
    integer('last_at', true),
    integer('last_status', true),
    text('last_error', true),
  ],
  ['id'],
)

/** What webhooks are told, one row for each of them and key. What was done about the last try stands in the row. */
export const webhookDeliveryTable = table(
  'crm_webhook_delivery',
  [
    uuid('webhook_id'),
    text('key'),
    uuid('id'),
    text('type'),
    text('object', true),
    uuid('record_id', true),
    uuid('change_id', true),
    integer('seq'),
    log('payload', true),
    integer('lane'),
    text('state'),
    integer('attempts'),
    integer('due_at'),
    integer('created_at'),
    integer('settled_at', true),
    integer('status', true),
    text('answer', true),
    text('error', true),
    integer('milliseconds', true),
  ],
  ['webhook_id', 'key'],
  [
    { name: 'crm_webhook_delivery_lane_idx', columns: ['webhook_id', 'state', 'lane', 'seq'] },
    { name: 'crm_webhook_delivery_id_idx', columns: ['webhook_id', 'id'] },
    { name: 'crm_webhook_delivery_created_idx', columns: ['created_at'] },
  ],
)

/** What came in from outside, one row for each inbound hook and id: a repetition is recognised by it. */
export const inboundTable = table(
  'crm_inbound',
  [
    text('hook'),
    text('key'),
    uuid('id'),
    text('body'),
    json('headers'),
    text('state'),
    integer('received_at'),
    integer('settled_at', true),
  ],
  ['hook', 'key'],
  [{ name: 'crm_inbound_received_idx', columns: ['received_at'] }],
)

/** Secrets that senders of inbound hooks sign with. */
export const inboundSecretTable = table(
  'crm_inbound_secret',
  [text('hook'), json('secrets'), integer('updated_at'), text('updated_by')],
  ['hook'],
)
