import { crmError } from '../error/crm-error.ts'
import type { UniqueViolation } from '../store/errors.ts'
import { ledgerTable } from '../store/system-tables.ts'

/** A key that has been posted before, in words; every other violation passes. */
export function repeatedPosting(error: UniqueViolation): Error {
  return error.constraint === `${ledgerTable.name}_pkey` ? crmError('LEDGER_REPEATED', {}, { cause: error }) : error
}
