import type { HookContext } from '../hook/hook.ts'
import type { Scope, UnitScope } from '../scope/scope.ts'
import type { ActionContext } from './action.ts'

/** What actions have: what hooks after the write have, and more. Made when it is asked for, as theirs is. */
export class RuleContext implements ActionContext {
  readonly actor: ActionContext['actor']
  readonly now: number
  readonly #context: HookContext
  readonly #scope: UnitScope
  readonly #system: Scope

  /** `id` names the rule in the chain of causes. */
  constructor(scope: UnitScope, id: string, context: HookContext) {
    this.actor = context.actor
    this.now = context.now
    this.#context = context
    this.#scope = scope
    this.#system = { ...scope, privileged: true, chain: [...scope.chain, id] }
  }

  get records(): ActionContext['records'] {
    return this.#context.records
  }

  get enqueue(): ActionContext['enqueue'] {
    return this.#context.enqueue
  }

  get settings(): ActionContext['settings'] {
    return this.#context.settings
  }

  get messages(): ActionContext['messages'] {
    return this.#context.messages
  }

  get service(): ActionContext['service'] {
    return this.#context.service
  }

  get reject(): ActionContext['reject'] {
    return this.#context.reject
  }

  get system(): ActionContext['system'] {
    return (object) => this.#scope.kernel.records(this.#system, object.name) as never
  }

  get webhooks(): ActionContext['webhooks'] {
    const { id, kind, tenant, roles, teamIds } = this.#scope.actor
    return this.#scope.kernel.session(this.#system, { id, kind, tenant, roles, teamIds }).webhooks
  }

  get workingTime(): ActionContext['workingTime'] {
    return (question) => this.#scope.kernel.calendars(this.#scope, question)
  }
}
