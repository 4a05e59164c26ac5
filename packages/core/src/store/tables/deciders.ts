import { integer, json, table, text, uuid } from './columns.ts'

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

/** What acts when records are saved, as it counts now: one read when a tenant is loaded, whatever its history; and since when it is known not to fit. */
export const activeRuleTable = table(
  'crm_rule',
  [text('decider'), text('object'), text('stage'), integer('version'), json('pilot', true), json('body'), integer('broken_at', true)],
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
