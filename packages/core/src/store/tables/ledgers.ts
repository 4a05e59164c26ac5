import type { TableSpec } from '../schema.ts'
import { integer, log, table, text, uuid } from './columns.ts'

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

/** Materialised sums of ledgers, moved by guards. */
export const balanceTable = table('crm_balance', [text('kind'), text('key'), integer('used')], ['kind', 'key'])
