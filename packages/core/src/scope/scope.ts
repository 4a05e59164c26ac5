import type { Action, Reached } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import type { Kernel } from '../crm/kernel.ts'
import { crmError } from '../error/crm-error.ts'
import type { StoreSession } from '../store/port.ts'

/** Everything a call needs to know: who, in which transaction, how deep in other calls. Mandatory everywhere. */
export interface Scope {
  readonly kernel: Kernel
  readonly actor: Actor
  /** The transaction this call belongs to; null = it makes its own. */
  readonly unit: UnitOfWork | null
  /** The call's time, ms, once it is fixed. */
  readonly now: number | null
  /** Set in calls made by hooks: the core acts on the actor's behalf, and the chain shows why. */
  readonly privileged: boolean
  readonly chain: readonly string[]
  /** Asked at the start of each transaction; throws where the caller has lost the right to write. */
  readonly fence?: (session: StoreSession) => Promise<void>
}

/** A call inside a transaction. */
export type UnitScope = Scope & { readonly unit: UnitOfWork }

/** A transaction in progress. */
export interface UnitOfWork {
  readonly session: StoreSession
  /** The call's time, ms: one for everything written in it. */
  readonly now: number
}

/** The session statements of this call go to. */
export function sessionOf(scope: Scope): StoreSession {
  if (scope.unit) return scope.unit.session
  if (scope.kernel.unitOfWork.getStore()) throw crmError('INSIDE_UNIT_OF_WORK')
  return scope.kernel.store.direct
}

/** The time of this call, ms. */
export function nowOf(scope: Scope): number {
  return scope.unit?.now ?? scope.now ?? scope.kernel.clock()
}

/** The same call with its time fixed: everything one write stores has one time. */
export function atOneTime(scope: Scope): Scope {
  return scope.unit || scope.now !== null ? scope : { ...scope, now: scope.kernel.clock() }
}

/** Runs `work` in the call's transaction (as a part that is undone whole when it fails), or in one of its own. */
export function inUnit<T>(scope: Scope, work: (scope: UnitScope) => Promise<T>): Promise<T> {
  const { unit } = scope
  if (unit) return unit.session.nested(() => work({ ...scope, unit }))
  const { store, unitOfWork } = scope.kernel
  if (unitOfWork.getStore()) throw crmError('INSIDE_UNIT_OF_WORK')
  return store.transaction((session) =>
    unitOfWork.run(true, async () => {
      await scope.fence?.(session)
      return work({ ...scope, unit: { session, now: nowOf(scope) } })
    }),
  )
}

/** Asks the one door; throws where it refuses. NOT_FOUND for reading, FORBIDDEN for the rest. */
export function authorise(scope: Scope, action: Action, object: string): Reached {
  if (scope.privileged) return 'all'
  const verdict = scope.kernel.access.judge(scope.actor, action, object)
  if (verdict.allowed) return verdict.reach
  throw crmError('FORBIDDEN', { action }, { details: { action, object } })
}
