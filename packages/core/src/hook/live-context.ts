import { crmError } from '../error/crm-error.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { HookContext } from './hook.ts'
import { type HookErrors, pluginError, rejection } from './hook-errors.ts'
import type { HookScope } from './hook-scope.ts'
import type { Lease } from './lease.ts'
import { pointer } from './live-change.ts'
import type { OrderedHook } from './ordered-hook.ts'

/**
 * The context of one run of one hook; it dies with the lease. What it offers is made when it is asked for: hooks may take it apart, most
 * use none of it, and accessors of an object literal would make a hidden class for every run.
 */
class LiveContext implements HookContext {
  readonly actor: HookContext['actor']
  readonly now: number
  readonly #hook: OrderedHook
  readonly #scope: HookScope
  readonly #errors: HookErrors
  readonly #lease: Lease

  constructor(hook: OrderedHook, scope: HookScope, errors: HookErrors, lease: Lease) {
    this.actor = scope.actor
    this.now = scope.now
    this.#hook = hook
    this.#scope = scope
    this.#errors = errors
    this.#lease = lease
  }

  get records(): HookContext['records'] {
    return (object: ObjectHandle<object> | string): never => {
      const { records, chain } = this.#alive()
      if (!records || !this.#usesDatabase()) throw this.#undeclared('context.records')
      return this.#lease.watch(records(object as ObjectHandle, [...chain, this.#hook.id])) as never
    }
  }

  get enqueue(): HookContext['enqueue'] {
    return (job, input, options) => {
      const { enqueue } = this.#alive()
      if (!enqueue || !this.#usesDatabase()) throw this.#undeclared('context.enqueue')
      return this.#lease.track(enqueue(job, input, options))
    }
  }

  get settings(): HookContext['settings'] {
    return this.#lease.watch(this.#scope.settings())
  }

  get messages(): HookContext['messages'] {
    const { messages, chain } = this.#alive()
    if (!messages || this.#hook.phase !== 'after') throw this.#undeclared('context.messages')
    return this.#lease.watch(messages([...chain, this.#hook.id]))
  }

  get service(): HookContext['service'] {
    return (ref) => this.#alive().service(ref)
  }

  get reject(): HookContext['reject'] {
    return (code, params, field) => {
      this.#lease.requireAlive()
      throw rejection(pluginError(this.#errors, code, params, field === undefined ? undefined : pointer(field)))
    }
  }

  #alive(): HookScope {
    this.#lease.requireAlive()
    return this.#scope
  }

  #usesDatabase(): boolean {
    return this.#hook.phase === 'after' || this.#hook.database
  }

  #undeclared(what: string): Error {
    return crmError('HOOK_UNDECLARED', { hook: this.#hook.id, what })
  }
}

/** What the handlers of one run of one hook get besides the records. */
export function liveContext(hook: OrderedHook, scope: HookScope, errors: HookErrors, lease: Lease): HookContext {
  return new LiveContext(hook, scope, errors, lease)
}
