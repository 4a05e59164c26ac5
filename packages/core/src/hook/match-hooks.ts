import type { HookOperation } from './hook.ts'
import type { OrderedHook } from './ordered-hook.ts'

/** Does the hook listen to this operation, with these fields sent? `fields` narrow updates only. */
export function listens(hook: OrderedHook, operation: HookOperation, sent: Iterable<string>): boolean {
  if (!hook.on.includes(operation)) return false
  if (operation !== 'update' || hook.fields === null) return true
  for (const field of sent) if (hook.fields.includes(field) || (field.startsWith('custom.') && hook.fields.includes('custom'))) return true
  return false
}

const cacheLimit = 1_000

/** Hooks of one phase by object, operation and sent fields; each question is worked out once. */
export class HookIndex {
  readonly #byObject: ReadonlyMap<string, readonly OrderedHook[]>
  readonly #answers = new Map<string, readonly OrderedHook[]>()

  constructor(hooks: readonly OrderedHook[]) {
    this.#byObject = Map.groupBy(hooks, ({ object }) => object)
  }

  /** In run order. */
  find(object: string, operation: HookOperation, sent: readonly string[]): readonly OrderedHook[] {
    const hooks = this.#byObject.get(object)
    if (!hooks) return none
    const question = operation === 'update' ? `${object} ${operation} ${sent.join(' ')}` : `${object} ${operation}`
    const known = this.#answers.get(question)
    if (known) return known
    const answer = hooks.filter((hook) => listens(hook, operation, sent))
    if (this.#answers.size >= cacheLimit) this.#answers.clear()
    this.#answers.set(question, answer)
    return answer
  }
}

const none: readonly OrderedHook[] = []
