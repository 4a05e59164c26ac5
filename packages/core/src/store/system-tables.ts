import type { ColumnSpec, IndexSpec, TableSpec } from './schema.ts'

const text = (name: string, nullable = false): ColumnSpec => ({ name, type: 'text', nullable })
const integer = (name: string, nullable = false): ColumnSpec => ({ name, type: 'integer', nullable })
const uuid = (name: string, nullable = false): ColumnSpec => ({ name, type: 'uuid', nullable })
const log = (name: string, nullable = false): ColumnSpec => ({ name, type: 'log', nullable })
const json = (name: string, nullable = false): ColumnSpec => ({ name, type: 'json', nullable })
const table = (name: string, columns: ColumnSpec[], key: string[], indexes: IndexSpec[] = []): TableSpec => ({
  name,
  columns: [text('tenant_id'), ...columns],
  primaryKey: ['tenant_id', ...key],
  indexes,
})

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

/**
 * Entries of ledgers, each with a key that is posted once. Append-only: corrections are reversals. What only explains an entry is one
 * document, so that the row stays narrow: posting costs by the tree and by the column.
 */
export const ledgerTable: TableSpec = {
  ...table(
    'crm_ledger',
    [text('ledger'), text('key'), uuid('id'), text('account'), integer('amount'), integer('at'), uuid('record_id', true), log('about')],
    ['ledger', 'key'],
    [
      { name: 'crm_ledger_account_idx', columns: ['ledger', 'account', 'id'] },
      { name: 'crm_ledger_record_idx', columns: ['record_id', 'id'], only: 'set' },
    ],
  ),
  clustered: true,
}

/** What was decided and why, also when nothing was written. Kept until `expires_at`. */
export const decisionTable = table(
  'crm_decision',
  [
    uuid('id'),
    text('decider'),
    integer('version'),
    integer('config_version'),
    text('mode'),
    text('object', true),
    uuid('subject_id', true),
    text('outcome'),
    text('winner', true),
    json('reasons'),
    json('inputs'),
    text('seed', true),
    integer('at'),
    integer('expires_at'),
    text('actor_kind'),
    text('actor_id'),
  ],
  ['id'],
  [
    { name: 'crm_decision_subject_idx', columns: ['subject_id', 'id'] },
    { name: 'crm_decision_decider_idx', columns: ['decider', 'id'] },
    { name: 'crm_decision_expires_idx', columns: ['expires_at'] },
  ],
)

/** Everybody who was considered in a decision. */
export const candidateTable = table(
  'crm_decision_candidate',
  [
    uuid('decision_id'),
    text('candidate'),
    { name: 'won', type: 'boolean', nullable: false },
    integer('rank', true),
    json('reasons'),
    json('facts'),
    integer('expires_at'),
  ],
  ['decision_id', 'candidate'],
  [
    { name: 'crm_decision_candidate_idx', columns: ['candidate', 'decision_id'] },
    { name: 'crm_decision_candidate_expires_idx', columns: ['expires_at'] },
  ],
)

/** Versions of deciders as the tenant's admins have them. Append-only. */
export const deciderVersionTable = table(
  'crm_decider_version',
  [text('decider'), integer('version'), json('body'), integer('at'), text('by'), text('note', true)],
  ['decider', 'version'],
)

/** The life of deciders, the last step of each being the one that counts. Append-only. */
export const deciderStepTable = table(
  'crm_decider_step',
  [
    ...[
      text('decider'),
      integer('seq'),
      text('stage'),
      integer('version'),
      json('pilot', true),
      integer('at'),
      text('by'),
      text('note', true),
    ],
    json('schedule', true),
  ],
  ['decider', 'seq'],
)

/** What acts when records are saved, as it counts now: one read when a tenant is loaded, whatever its history. */
export const activeRuleTable = table(
  'crm_rule',
  [text('decider'), text('object'), text('stage'), integer('version'), json('pilot', true), json('body')],
  ['decider'],
)

/** What allocation deciders keep from one run to the next, by mode; whoever runs one holds its row. */
export const deciderMemoryTable = table(
  'crm_decider_memory',
  [text('decider'), text('mode'), integer('runs'), json('kept', true)],
  ['decider', 'mode'],
)

/** When deciders that run by themselves are due next; null = not now. */
export const deciderDueTable = table(
  'crm_decider_due',
  [text('decider'), text('spec'), integer('next_at', true), integer('last_at', true)],
  ['decider'],
  [{ name: 'crm_decider_due_idx', columns: ['next_at'], everyTenant: true }],
)

/** Runs of deciders, one for each instant and mode, and how far each has come. */
export const deciderRunTable = table(
  'crm_decider_run',
  [
    uuid('id'),
    text('decider'),
    text('object'),
    integer('version'),
    text('mode'),
    integer('at'),
    text('status'),
    integer('started_at'),
    integer('finished_at', true),
    text('by'),
    integer('affected'),
    text('cursor', true),
    json('result'),
  ],
  ['id'],
  [
    { name: 'crm_decider_run_key', columns: ['decider', 'mode', 'at'], unique: true },
    { name: 'crm_decider_run_status_idx', columns: ['status', 'tenant_id', 'decider'], everyTenant: true },
  ],
)

/** Materialised sums of ledgers, moved by guards. */
export const balanceTable = table('crm_balance', [text('kind'), text('key'), integer('used')], ['kind', 'key'])

/** Fields and words that a tenant's admins added or changed. */
export const overlayTable = table('crm_overlay', [text('object'), json('overlay'), integer('updated_at'), text('updated_by')], ['object'])

const settingColumns = [
  text('key'),
  text('level'),
  text('target'),
  json('value'),
  integer('version'),
  integer('updated_at'),
  text('updated_by'),
]

/** Values of settings as they count, by level and target; a document without `value` is one that was taken back. */
export const settingTable = table(
  'crm_setting',
  settingColumns,
  ['key', 'level', 'target'],
  [{ name: 'crm_setting_version_idx', columns: ['version'] }],
)

/** Every value a setting ever had. Append-only. */
export const settingChangeTable = table('crm_setting_change', settingColumns, ['key', 'level', 'target', 'version'])

/** People of the directory, by the host's ids. `team_id` and `leader_id` follow from memberships and the tree, for paths. */
export const personTable = table(
  'crm_person',
  [
    text('id'),
    text('name'),
    text('name_sort'),
    text('email', true),
    text('state'),
    integer('away_from', true),
    integer('away_to', true),
    text('locale', true),
    json('roles'),
    integer('updated_at'),
    text('team_id', true),
    text('leader_id', true),
  ],
  ['id'],
)

/** Teams: a tree. */
export const teamTable = table(
  'crm_team',
  [text('id'), text('name'), text('parent_id', true), integer('updated_at'), text('leader_id', true)],
  ['id'],
)

/** Who belongs to which team, and as what. */
export const membershipTable = table(
  'crm_membership',
  [text('team_id'), text('person_id'), text('role')],
  ['team_id', 'person_id'],
  [{ name: 'crm_membership_person_idx', columns: ['person_id'] }],
)

/** Every team with every team above it, itself at depth 0. */
export const teamTreeTable = table(
  'crm_team_tree',
  [text('ancestor_id'), text('team_id'), integer('depth')],
  ['ancestor_id', 'team_id'],
  [{ name: 'crm_team_tree_team_idx', columns: ['team_id'] }],
)

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

/** Which plugin migrations ran. The tenant is `*`. */
export const migrationTable = table('crm_migration', [text('plugin'), text('id'), text('checksum'), integer('at')], ['plugin', 'id'])

/** Values the instance keeps for itself, such as the key that signs cursors. The tenant is `*`. */
export const instanceTable = table('crm_instance', [text('key'), text('value')], ['key'])

/** All tables of the core itself. */
export const systemTables: readonly TableSpec[] = [
  revisionTable,
  changeTable,
  idempotencyTable,
  tokenTable,
  ledgerTable,
  decisionTable,
  candidateTable,
  deciderVersionTable,
  deciderStepTable,
  activeRuleTable,
  deciderRunTable,
  deciderDueTable,
  deciderMemoryTable,
  balanceTable,
  overlayTable,
  settingTable,
  settingChangeTable,
  personTable,
  teamTable,
  membershipTable,
  teamTreeTable,
  consumerTable,
  parkedTable,
  jobTable,
  scheduleTable,
  messageTable,
  messageCapTable,
  webhookTable,
  webhookDeliveryTable,
  inboundTable,
  inboundSecretTable,
  migrationTable,
  instanceTable,
]
