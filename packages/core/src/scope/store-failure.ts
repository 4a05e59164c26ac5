import { crmError } from '../error/crm-error.ts'
import { OutcomeUnknown, StoreFailure } from '../store/errors.ts'

/** Says that the database failed in words a caller can act on; everything else passes. */
export function throwExplained(error: unknown): never {
  if (!(error instanceof StoreFailure)) throw error
  throw crmError(error instanceof OutcomeUnknown ? 'OUTCOME_UNKNOWN' : 'STORE_UNAVAILABLE', {}, { cause: error })
}
