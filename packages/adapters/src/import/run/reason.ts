import { CrmError, crmError, type ErrorParams, type Words } from '@guanxi/core'
import type { ErrorCode } from '../convert/converted.ts'

/** Why a row was not taken, in both languages, so that it can be read by anyone at any time. */
export interface Reason {
  readonly code: string
  readonly column: string | null
  readonly field: string | null
  readonly message: Words
  readonly hint: Words | null
}

/** A reason of the import's own. */
export function reason(code: ErrorCode, params: ErrorParams, place: { readonly column?: string; readonly field?: string } = {}): Reason {
  return reasonOf(crmError(code, params), place)
}

/** A refusal of the core or of a plugin as a reason. */
export function reasonOf(error: CrmError, place: { readonly column?: string; readonly field?: string } = {}): Reason {
  const [zh, en] = [error.toBody('zh-CN'), error.toBody('en')]
  return {
    code: error.code,
    column: place.column ?? null,
    field: place.field ?? null,
    message: { 'zh-CN': zh.message, en: en.message },
    hint: zh.hint !== null && en.hint !== null ? { 'zh-CN': zh.hint, en: en.hint } : null,
  }
}

/** Refusals that concern what was sent, not who sent it or how the database is. */
export function isRefusal(error: unknown): error is CrmError {
  if (!(error instanceof CrmError)) return false
  return error.code === 'HOOK_FAILED' || (error.status >= 400 && error.status < 500 && !wholeImport.has(error.code))
}

const wholeImport: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'OBJECT_UNKNOWN',
  'REVISION_CHANGED',
  'PARAMETER_INVALID',
  'PARAMETER_UNKNOWN',
])

/** The problems in an error, each with its path. */
export function problemsIn(error: CrmError): CrmError[] {
  const issues: unknown = error.details?.issues
  const found = Array.isArray(issues) ? issues.filter((issue): issue is CrmError => issue instanceof CrmError) : []
  return found.length > 0 ? found : [error]
}
