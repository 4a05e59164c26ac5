import { crmError } from '../error/crm-error.ts'
import type { Reason } from '../reason/reason.ts'

/** The answer of a command: done, with a value, or denied, with at least one reason. Nothing is denied silently. */
export type CommandResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reasons: readonly [Reason, ...Reason[]] }

/** It was done. */
export function ok<T>(value: T): CommandResult<T> {
  return { ok: true, value }
}

/** It was denied. */
export function denied<T = never>(...reasons: readonly [Reason, ...Reason[]]): CommandResult<T> {
  return { ok: false, reasons }
}

/** The value of a command that was done; throws DENIED with the reasons otherwise. */
export function valueOrThrow<T>(result: CommandResult<T>): T {
  if (result.ok) return result.value
  throw crmError('DENIED', { count: result.reasons.length }, { details: { reasons: result.reasons } })
}
