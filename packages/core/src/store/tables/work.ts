import { integer, log, table, text, uuid } from './columns.ts'

/**
 * Where a consumer of the change log stands. The tenant is `*`: a cursor spans all tenants. `claims`: how often it was taken since it
 * last got on or was handed back; who takes it and dies leaves it as it is.
 */
export const consumerTable = table(
  'crm_consumer',
  [text('id'), text('cursor', true), text('lease_owner', true), integer('lease_until', true), integer('fence'), integer('claims', true)],
  ['id'],
)

/**
 * Changes a consumer could not digest, and those of the same record behind them. `retry_at`: when the first of them is tried again;
 * null = it waits for an operator, or for the one before it.
 */
export const parkedTable = table(
  'crm_parked',
  [
    text('consumer'),
    uuid('change_id'),
    text('error'),
    integer('attempts'),
    integer('parked_at'),
    text('object', true),
    uuid('record_id', true),
    integer('version', true),
    integer('retry_at', true),
  ],
  ['consumer', 'change_id'],
  [
    { name: 'crm_parked_record_idx', columns: ['consumer', 'record_id', 'version'] },
    { name: 'crm_parked_retry_idx', columns: ['retry_at', 'consumer'], only: 'set', everyTenant: true },
  ],
)

/**
 * Work to be done, one row for each job and key: what waits, what runs (while its lease lasts), what was given up. A row's `id` is new
 * with every value that is put under the key.
 */
export const jobTable = table(
  'crm_job',
  [
    text('job'),
    text('key'),
    uuid('id'),
    log('input'),
    integer('priority'),
    integer('due_at'),
    integer('max_attempts'),
    integer('attempts'),
    text('state'),
    integer('created_at'),
    text('actor_kind'),
    text('actor_id'),
    text('lease', true),
    integer('lease_until', true),
    text('error', true),
    integer('failed_at', true),
  ],
  ['job', 'key'],
  [
    { name: 'crm_job_due_idx', columns: ['state', 'priority', 'due_at'], everyTenant: true },
    { name: 'crm_job_lease_idx', columns: ['lease'], only: 'set', everyTenant: true },
    { name: 'crm_job_id_idx', columns: ['id'] },
  ],
)

/** When each schedule is next due. The tenant is `*`: one row for all tenants. */
export const scheduleTable = table('crm_schedule', [text('id'), text('spec'), integer('next_at'), integer('last_at', true)], ['id'])
