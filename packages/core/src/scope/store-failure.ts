import { crmError } from '../error/crm-error.ts'
import { OutcomeUnknown, StoreClosed, StoreFailure } from '../store/errors.ts'

/** Says that the database failed in words a caller can act on; everything else passes. */
export function throwExplained(error: unknown): never {
  if (!(error instanceof StoreFailure)) throw error
  throw crmError(codeOf(error), {}, { cause: error })
}

function codeOf(error: StoreFailure): 'NOT_OPEN' | 'OUTCOME_UNKNOWN' | 'STORE_UNAVAILABLE' {
  if (error instanceof StoreClosed) return 'NOT_OPEN'
  return error instanceof OutcomeUnknown ? 'OUTCOME_UNKNOWN' : 'STORE_UNAVAILABLE'
}
