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

type Answers = Map<string, readonly OrderedHook[]>

/** Operations but updates ask the same whatever is sent. */
export const questionOf = (operation: HookOperation, sent: readonly string[]): string =>
  operation === 'update' ? `update ${sent.join(' ')}` : operation

/** Hooks of one phase by object, operation and sent fields; each question is worked out once. */
export class HookIndex {
  readonly #byObject: ReadonlyMap<string, readonly OrderedHook[]>
  readonly #answers = new Map<string, Answers>()

  constructor(hooks: readonly OrderedHook[]) {
    this.#byObject = Map.groupBy(hooks, ({ object }) => object)
    for (const object of this.#byObject.keys()) this.#answers.set(object, new Map())
  }

  /** In run order. */
  find(object: string, operation: HookOperation, sent: readonly string[]): readonly OrderedHook[] {
    const answers = this.#answers.get(object)
    if (!answers) return none
    const question = questionOf(operation, sent)
    const known = answers.get(question)
    if (known) return known
    const answer = (this.#byObject.get(object) ?? []).filter((hook) => listens(hook, operation, sent))
    if (answers.size >= cacheLimit) answers.clear()
    answers.set(question, answer)
    return answer
  }
}

const none: readonly OrderedHook[] = []
