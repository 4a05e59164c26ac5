import { crmError } from '../error/crm-error.ts'

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A page of 1 to 200, 50 unless said; the cursor is the id of the last one before it. */
export function requirePage({ limit = 50, cursor }: { readonly limit?: number; readonly cursor?: string }): {
  readonly limit: number
  readonly cursor: string | undefined
} {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > 200)
    throw crmError('PARAMETER_INVALID', { name: 'limit', reason: 'it must be 1 to 200' }, { path: '/limit' })
  if (cursor !== undefined && !idPattern.test(cursor)) throw crmError('CURSOR_INVALID', {}, { path: '/cursor' })
  return { limit, cursor }
}
