import type { HookScope } from '../hook/hook-scope.ts'
import { enqueueJob } from '../job/enqueue.ts'
import { nowOf, type Scope } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'

/** What a write lends to its hooks. There are three of these in every write and mostly nobody asks them anything: parts are made when asked for. */
class LentScope implements HookScope {
  readonly #scope: Scope
  readonly #runtime: ObjectRuntime
  readonly #privileged: boolean

  constructor(scope: Scope, runtime: ObjectRuntime, privileged: boolean) {
    this.#scope = scope
    this.#runtime = runtime
    this.#privileged = privileged
  }

  get actor(): HookScope['actor'] {
    return this.#scope.actor
  }

  get now(): number {
    return nowOf(this.#scope)
  }

  get chain(): HookScope['chain'] {
    return this.#scope.chain
  }

  get settable(): HookScope['settable'] {
    const { field } = this.#runtime.definition
    return (name) => field.has(name)
  }

  get records(): HookScope['records'] {
    const scope = this.#scope
    if (!scope.unit) return null
    const privileged = this.#privileged
    return (object, chain) => scope.kernel.records({ ...scope, privileged, chain }, typeof object === 'string' ? object : object.name)
  }

  get enqueue(): HookScope['enqueue'] {
    const scope = this.#scope
    return scope.unit && ((job, input, options) => enqueueJob(scope, job, input, options))
  }

  get messages(): HookScope['messages'] {
    const scope = this.#scope
    const privileged = this.#privileged
    return scope.unit && ((chain) => scope.kernel.messageSender({ ...scope, privileged, chain }))
  }

  get settings(): HookScope['settings'] {
    return () => this.#scope.kernel.settingsReader(this.#scope)
  }

  get service(): HookScope['service'] {
    return (ref) => this.#scope.kernel.container.resolve(ref)
  }
}

/** Hooks act as the core does, unless said. */
export function lentScope(scope: Scope, runtime: ObjectRuntime, privileged = true): HookScope {
  return new LentScope(scope, runtime, privileged)
}
