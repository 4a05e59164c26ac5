import { type CrmError, crmError } from '../error/crm-error.ts'

/** The time during which a handler may use what it was given. */
export class Lease {
  readonly #hook: string
  #alive = true
  #pending: Set<Promise<unknown>> | null = null

  constructor(hook: string) {
    this.#hook = hook
  }

  requireAlive(): void {
    if (!this.#alive) throw this.#over()
  }

  /** Calls that the handler did not wait for are an error: they would outlive the transaction. */
  end(): undefined | Promise<never> {
    const drained = this.drain()
    return drained?.then(() => {
      throw this.#over()
    })
  }

  /** Ends the lease; a promise where calls are still under way. */
  drain(): Promise<unknown> | undefined {
    this.#alive = false
    const pending = this.#pending
    return pending && pending.size > 0 ? Promise.allSettled(pending) : undefined
  }

  /** Records or settings whose calls need the lease, and are known until they are done. */
  watch<T extends object>(reader: T): T {
    return new Proxy(reader, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target)
        if (typeof member !== 'function') return member
        return (...given: unknown[]) => {
          this.requireAlive()
          return this.track(member.apply(target, given))
        }
      },
    })
  }

  /** A call that is known until it is done. */
  track<T>(answer: T): T {
    if (!(answer instanceof Promise)) return answer
    this.#pending ??= new Set()
    const pending = this.#pending.add(answer)
    const done = () => pending.delete(answer)
    answer.then(done, done)
    return answer
  }

  #over(): CrmError {
    return crmError('HOOK_CONTEXT', { hook: this.#hook })
  }
}
