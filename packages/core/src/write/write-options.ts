import { crmError } from '../error/crm-error.ts'
import { refuseUnknown } from '../read/query.ts'
import type { SingleWriteOptions, WriteOptions } from '../record/records.ts'
import { authorise, type Scope } from '../scope/scope.ts'

const optionKeys = new Set(['idempotencyKey', 'at', 'cause'])
const singleKeys = new Set([...optionKeys, 'post', 'enqueue'])

/** The last moment a write may be dated to: the year 9999. */
const latest = 253_402_300_799_999

/** The same for a write of one record, which may carry postings. */
export function checkSingleOptions(scope: Scope, object: string, options: SingleWriteOptions): void {
  checkWriteOptions(scope, object, options, singleKeys)
}

/** Checks how a caller wants to write. Dating a write needs the `import` action. */
export function checkWriteOptions(
  scope: Scope,
  object: string,
  options: WriteOptions,
  known: ReadonlySet<string> = optionKeys,
): WriteOptions {
  refuseUnknown(options, known)
  const { idempotencyKey: key, at, cause } = options
  if (key !== undefined && (typeof key !== 'string' || key.length < 1 || key.length > 200)) {
    throw crmError('PARAMETER_INVALID', { name: 'idempotencyKey', reason: 'it has 1 to 200 characters' }, { path: '/idempotencyKey' })
  }
  if (at !== undefined) checkTime(scope, object, at)
  if (cause !== undefined && !isCause(cause)) {
    throw crmError('PARAMETER_INVALID', { name: 'cause', reason: 'it has a kind and an id' }, { path: '/cause' })
  }
  return options
}

function checkTime(scope: Scope, object: string, at: unknown): void {
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || Math.abs(at) > latest) {
    throw crmError('PARAMETER_INVALID', { name: 'at', reason: 'integer milliseconds UTC are expected' }, { path: '/at' })
  }
  authorise(scope, 'import', object)
}

function isCause(cause: unknown): boolean {
  if (typeof cause !== 'object' || cause === null) return false
  const { kind, id } = cause as Record<string, unknown>
  return typeof kind === 'string' && typeof id === 'string' && kind.length <= 100 && id.length <= 200
}
