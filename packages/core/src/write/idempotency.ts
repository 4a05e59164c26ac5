import { hash } from 'node:crypto'
import { crmError } from '../error/crm-error.ts'
import { nowOf, type Scope, sessionOf } from '../scope/scope.ts'
import { UniqueViolation } from '../store/errors.ts'
import type { SelectPlan } from '../store/port.ts'
import { idempotencyTable } from '../store/system-tables.ts'

/** What a call did, kept under the caller's key. */
export interface Answer {
  readonly ids: readonly string[]
}

/** The call's meaning in 43 characters: the same key with another meaning is refused. */
export function fingerprintOf(operation: string, object: string, input: unknown): string {
  return hash('sha256', JSON.stringify([operation, object, input]), 'base64url')
}

/** The row that keeps the answer, written with the records themselves. */
export function idempotencyRow(scope: Scope, key: string, fingerprint: string, answer: Answer): readonly unknown[] {
  return [scope.actor.tenant, scope.actor.id, key, fingerprint, JSON.stringify(answer), nowOf(scope)]
}

const plan: SelectPlan = {
  table: idempotencyTable,
  columns: ['fingerprint', 'result'],
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: { column: 'actor_id', nullable: false }, param: 1 },
      { op: 'eq', operand: { column: 'key', nullable: false }, param: 2 },
    ],
  },
  order: [],
  revision: false,
}

/** The answer already given under this key, or null. The same key for something else is an error. */
export async function answerGiven(scope: Scope, key: string, fingerprint: string): Promise<Answer | null> {
  const [row] = await sessionOf(scope).select(plan, [scope.actor.tenant, scope.actor.id, key])
  if (!row) return null
  if (row.fingerprint !== fingerprint) throw crmError('IDEMPOTENCY_MISMATCH', {}, { path: '/idempotencyKey' })
  const { result } = row
  return (typeof result === 'string' ? JSON.parse(result) : result) as Answer
}

/** Carries a call out once: a refusal may only mean that it has been carried out before. */
export async function once<T>(
  scope: Scope,
  key: string | undefined,
  fingerprint: () => string,
  work: () => Promise<T>,
  replay: (answer: Answer) => Promise<T>,
): Promise<T> {
  const { unit } = scope
  try {
    // In somebody's transaction a key that is met must not take the rest of it along.
    return await (unit && key !== undefined ? unit.session.nested(work) : work())
  } catch (error) {
    if (key === undefined || !mayBeRepeat(error)) throw error
    const answer = await answerGiven(scope, key, fingerprint())
    if (!answer) throw error
    return replay(answer)
  }
}

/** A second run of the same call meets its own key, or the version it made itself. */
function mayBeRepeat(error: unknown): boolean {
  if (error instanceof UniqueViolation) return true
  return (
    error instanceof Error &&
    'code' in error &&
    [
      'CONFLICT',
      'RECORD_DELETED',
      'RECORD_NOT_DELETED',
      'NOT_FOUND',
      'DUPLICATE_VALUE',
      'DUPLICATE_ID',
      'LEDGER_REPEATED',
      'LEDGER_LIMIT',
    ].includes(String(error.code))
  )
}
