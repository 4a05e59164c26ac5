import { crmError } from '../error/crm-error.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { HookContext } from './hook.ts'
import { type HookErrors, pluginError, rejection } from './hook-errors.ts'
import type { HookScope } from './hook-scope.ts'
import type { Lease } from './lease.ts'
import { pointer } from './live-change.ts'
import type { OrderedHook } from './ordered-hook.ts'

/** The context of one run of one hook; it dies with the lease. */
export function liveContext({ id, phase, database }: OrderedHook, scope: HookScope, errors: HookErrors, lease: Lease): HookContext {
  const allowed = phase === 'after' || database
  return {
    actor: scope.actor,
    now: scope.now,
    records: (object: ObjectHandle<object> | string): never => {
      lease.requireAlive()
      if (!scope.records || !allowed) throw crmError('HOOK_UNDECLARED', { hook: id, what: 'context.records' })
      return lease.watch(scope.records(object as ObjectHandle, [...scope.chain, id])) as never
    },
    enqueue: (job, input, options) => {
      lease.requireAlive()
      if (!scope.enqueue || !allowed) throw crmError('HOOK_UNDECLARED', { hook: id, what: 'context.enqueue' })
      return lease.track(scope.enqueue(job, input, options))
    },
    get settings() {
      return lease.watch(scope.settings())
    },
    get messages() {
      lease.requireAlive()
      if (!scope.messages || phase !== 'after') throw crmError('HOOK_UNDECLARED', { hook: id, what: 'context.messages' })
      return lease.watch(scope.messages([...scope.chain, id]))
    },
    service: (ref) => {
      lease.requireAlive()
      return scope.service(ref)
    },
    reject: (code, params, field) => {
      lease.requireAlive()
      throw rejection(pluginError(errors, code, params, field === undefined ? undefined : pointer(field)))
    },
  }
}
