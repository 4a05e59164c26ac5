import { crmError } from '../error/crm-error.ts'
import { StoreFailure } from '../store/errors.ts'

/** Says that the database failed in words a caller can act on; everything else passes. */
export function throwExplained(error: unknown): never {
  throw error instanceof StoreFailure ? crmError('STORE_UNAVAILABLE', {}, { cause: error }) : error
}
