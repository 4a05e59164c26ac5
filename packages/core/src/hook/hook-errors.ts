import { CrmError, crmError, type ErrorEntry, type ErrorParams } from '../error/crm-error.ts'
import { errorTable } from '../error/table.ts'
import { StoreFailure } from '../store/errors.ts'
import type { HookOperation } from './hook.ts'
import type { OrderedHook } from './ordered-hook.ts'

/** Errors that a hook raised on purpose. */
const rejections = new WeakSet<CrmError>()

/** Codes that already name the hook, or that the write runner or the store answers by trying again. */
const passing = new Set([
  'HOOK_FAILED',
  'HOOK_DEPTH',
  'HOOK_CONTEXT',
  'HOOK_UNDECLARED',
  'RULE_LOOP',
  'RULE_BUDGET',
  'STORE_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'REVISION_CHANGED',
])

/** Error codes that hooks may use: their plugins' and the core's own. */
export type HookErrors = ReadonlyMap<string, ErrorEntry>

/** The error of a plugin's table. Throws where there is no such code. */
export function pluginError(errors: HookErrors, code: string, params: ErrorParams | undefined, path?: string): CrmError {
  const entry = errors.get(code) ?? (Object.hasOwn(errorTable, code) ? errorTable[code as keyof typeof errorTable] : undefined)
  if (!entry) throw new Error(`The error code “${code}” is in no error table.`)
  return new CrmError(code, entry, params, path === undefined ? {} : { path })
}

/** Marks an error as meant for whoever called. */
export function rejection(error: CrmError): CrmError {
  rejections.add(error)
  return error
}

/** What the caller gets when a handler threw: a rejection as it is, anything else wrapped once, its cause kept. */
export function hookFailure(error: unknown, hook: OrderedHook, operation: HookOperation): unknown {
  if (error instanceof StoreFailure) return error
  if (error instanceof CrmError && (rejections.has(error) || passing.has(error.code))) return error
  const details = { hook: hook.id, object: hook.object, operation }
  return crmError('HOOK_FAILED', { hook: hook.id }, { cause: error, details })
}
