import { integer, json, log, table, text, uuid } from './columns.ts'

/**
 * The send ledger: one row for each message, recipient and channel, kept whatever became of it. The rows of the channel `inbox` are
 * what people read; those of other channels are counted by caps.
 */
export const messageTable = table(
  'crm_message',
  [
    uuid('id'),
    text('template'),
    text('purpose'),
    text('channel'),
    text('recipient'),
    text('subject'),
    text('object', true),
    uuid('record_id', true),
    text('key'),
    json('data'),
    log('cause', true),
    text('priority'),
    text('state'),
    json('reason', true),
    integer('due_at'),
    integer('created_at'),
    integer('sent_at', true),
    integer('read_at', true),
    integer('attempts'),
    text('receipt', true),
    text('actor_kind'),
    text('actor_id'),
  ],
  ['id'],
  [
    { name: 'crm_message_once_idx', columns: ['recipient', 'channel', 'key'], unique: true },
    { name: 'crm_message_recipient_idx', columns: ['recipient', 'channel', 'id'] },
    { name: 'crm_message_unread_idx', columns: ['recipient', 'channel', 'read_at'] },
    { name: 'crm_message_state_idx', columns: ['state', 'id'] },
    { name: 'crm_message_subject_idx', columns: ['subject', 'purpose', 'due_at'] },
  ],
)

/** Held by whoever counts what somebody got for a purpose, so that two who send at once count one after the other. */
export const messageCapTable = table('crm_message_cap', [text('subject'), text('purpose')], ['subject', 'purpose'])
