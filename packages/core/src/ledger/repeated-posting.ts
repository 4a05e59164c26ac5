import { crmError } from '../error/crm-error.ts'
import type { UniqueViolation } from '../store/errors.ts'
import { ledgerKeyIndex } from '../store/system-tables.ts'

/** A key that has been posted before, in words; every other violation passes. */
export function repeatedPosting(error: UniqueViolation): Error {
  return error.constraint === ledgerKeyIndex ? crmError('LEDGER_REPEATED', {}, { cause: error }) : error
}
