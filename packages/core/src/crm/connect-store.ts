import { CrmError, crmError } from '../error/crm-error.ts'
import type { Store } from '../store/port.ts'

/** Opens a store. Throws DATABASE_UNREACHABLE with what the driver said; what the host mixed up passes as it is. */
export async function connectStore(store: Store): Promise<void> {
  try {
    await store.open()
  } catch (error) {
    if (error instanceof CrmError || error instanceof TypeError) throw error
    throw crmError('DATABASE_UNREACHABLE', { reason: reasonOf(error) }, { cause: error })
  }
}

/** What failed and, behind it, why. Where a host has several addresses, Node gives an error without words around those of each. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const behind = error instanceof AggregateError ? error.errors : [error.cause]
  const reasons = behind.filter((one) => one instanceof Error).map(reasonOf)
  const said = error.message.trim().replace(/\.$/, '')
  return [said, reasons.join(', ')].filter((part) => part !== '').join(': ')
}
