import type { TableSpec } from '../schema.ts'
import { integer, json, log, table, text, uuid } from './columns.ts'

/** One row per tenant: schema, overlay, policy, rules and settings share this number. */
export const revisionTable = table('crm_revision', [integer('revision'), integer('updated_at')], [])

/** Exactly one row per record written: who, when, old → new, and why. Append-only. */
export const changeTable: TableSpec = {
  ...table(
    'crm_change',
    [
      uuid('id'),
      text('object'),
      uuid('record_id'),
      integer('version'),
      text('op'),
      integer('at'),
      integer('recorded_at'),
      text('actor_kind'),
      text('actor_id'),
      log('cause', true),
      log('authors', true),
      log('values', true),
      text('salt', true),
      text('digest'),
    ],
    ['seq'],
    [{ name: 'crm_change_record_idx', columns: ['record_id', 'at'] }],
  ),
  sequence: true,
}

/** Answers already given, by the caller's own key: a repeated request writes nothing. */
export const idempotencyTable = table(
  'crm_idempotency',
  [text('actor_id'), text('key'), text('fingerprint'), json('result'), integer('created_at')],
  ['actor_id', 'key'],
)

/** Search words of records: CJK bigrams, words, pinyin initials, ends of phone numbers. */
export const tokenTable = table(
  'crm_token',
  [text('object'), text('token'), text('field'), uuid('record_id')],
  ['object', 'token', 'field', 'record_id'],
)
