import type { ObjectHandle, Reason, Records } from '@guanxi/core'
import { type Consent, consent } from './consent.ts'
import { consentReasons } from './reasons.ts'

/** What is known of somebody's consent; `unknown` where they never said. */
export type ConsentState = 'granted' | 'refused' | 'withdrawn' | 'unknown'

/** The strictest first: what counts where two are said at the same time, and what survives a merge. */
const strictness: readonly ConsentState[] = ['withdrawn', 'refused', 'unknown', 'granted']

/** The stricter of two states. */
export function stricterConsent(one: ConsentState, other: ConsentState): ConsentState {
  return strictness.indexOf(one) <= strictness.indexOf(other) ? one : other
}

/** One statement, as far as the state depends on it. */
export type Statement = Pick<Consent, 'state' | 'at' | 'contactPointId'>

/**
 * What counts for a contact point (or for all, with null) out of everything said about a purpose: the last word about that contact point
 * and the last word about all, the stricter of the two.
 */
export function consentState(statements: readonly Statement[], contactPointId: string | null = null): ConsentState {
  const general = lastWord(statements.filter((one) => !one.contactPointId))
  if (contactPointId === null) return general ?? 'unknown'
  const own = lastWord(statements.filter((one) => one.contactPointId === contactPointId))
  return own && general ? stricterConsent(own, general) : (own ?? general ?? 'unknown')
}

function lastWord(statements: readonly Statement[]): ConsentState | undefined {
  const last = statements.reduce((latest, { at }) => Math.max(latest, at ?? 0), Number.NEGATIVE_INFINITY)
  const said = statements.filter(({ at }) => (at ?? 0) === last).map(({ state }) => state as ConsentState)
  return said.length > 0 ? said.reduce(stricterConsent) : undefined
}

/** What is asked. */
export interface ConsentQuestion {
  readonly subject: { readonly object: string; readonly id: string }
  readonly purpose: string
  readonly contactPointId?: string | null
}

/** Anything that reads records: a session, a hook's or a command's context. */
export interface ConsentReader {
  records<T extends object>(object: ObjectHandle<T>): Records<T>
}

/** Why somebody may not be contacted for a purpose; null when they agreed. Unknown is not agreed. */
export async function consentDenial(
  reader: ConsentReader,
  { subject, purpose, contactPointId = null }: ConsentQuestion,
): Promise<Reason | null> {
  const { records } = await reader.records(consent).find({ where: { subject, purpose }, sort: ['-at'], limit: 500 })
  switch (consentState(records, contactPointId)) {
    case 'granted':
      return null
    case 'unknown':
      return consentReasons.make.consent_unknown({ purpose })
    default:
      return consentReasons.make.consent_refused({ purpose })
  }
}
