import { randomUUID } from 'node:crypto'
import { CrmError, crmError } from '@guanxi/core'
import { OutcomeUnknown, StoreFailure } from '@guanxi/core/store'
import type { Settings } from '../options.ts'
import { json, type Reply } from './reply.ts'

/** The client went away: there is nobody to answer, and nothing was begun. */
export class Aborted extends Error {
  override readonly name = 'Aborted'
}

/** An error as its reader may see it: words for what they can change, a trace number for everything else. Never a stack. */
export function failure(error: unknown, locale: string | undefined, log: Settings['log']): Reply {
  if (error instanceof Aborted) return { status: 499, headers: {}, body: null }
  const known = asCrmError(error, log)
  if (known.status >= 500 && known === error) log({ level: 'error', message: known.message, code: known.code, error })
  const { details, ...body } = known.toBody(locale)
  const shown = known.status < 500 && details ? { ...body, details } : body
  return json({ error: shown }, known.status, headersOf(known))
}

function asCrmError(error: unknown, log: Settings['log']): CrmError {
  if (error instanceof CrmError) return error
  if (error instanceof StoreFailure) {
    const code = error instanceof OutcomeUnknown ? 'OUTCOME_UNKNOWN' : 'STORE_UNAVAILABLE'
    log({ level: 'error', message: 'The database failed.', code, error })
    return crmError(code, {}, { cause: error })
  }
  const trace = randomUUID()
  log({ level: 'error', message: 'A request failed.', trace, error })
  return crmError('INTERNAL', { trace }, { cause: error })
}

function headersOf(error: CrmError): Record<string, string> {
  if (error.status === 503) return { 'retry-after': '2' }
  const { allowed } = error.params
  return error.status === 405 && typeof allowed === 'string' ? { allow: allowed } : {}
}
