import { topological } from '../order/topological.ts'
import type { Hook, HookOperation, Phase } from './hook.ts'

/** A hook with its full id, in its place among the hooks of its phase. */
export interface OrderedHook {
  /** `<plugin>:<id>`. */
  readonly id: string
  readonly plugin: string
  readonly phase: Phase
  readonly object: string
  readonly on: readonly HookOperation[]
  /** Null = all. */
  readonly fields: readonly string[] | null
  /** Null = may read everything of the record. */
  readonly reads: readonly string[] | null
  readonly database: boolean
  readonly run: Hook['run']
}

/** All hooks of a CRM, each phase in run order. */
export type OrderedHooks = Readonly<Record<Phase, readonly OrderedHook[]>>

/** Every operation a hook may listen to. */
export const hookOperations: readonly HookOperation[] = ['create', 'update', 'delete', 'restore']

/** The phases, in the order of a write. */
export const phases: readonly Phase[] = ['check', 'before', 'after', 'committed']

/** A hook and the plugin that registered it. */
export interface RegisteredHook {
  readonly plugin: string
  readonly hook: Hook
}

/** Full id of a hook, as plans, errors and change rows show it. */
function hookId({ plugin, hook }: RegisteredHook): string {
  return `${plugin}:${hook.options.id}`
}

/** Orders each phase by `after`; ties keep the order given (plugin order, then registration order). Throws `OrderCycle`. */
export function orderHooks(registered: readonly RegisteredHook[]): OrderedHooks {
  const inPhase = (phase: Phase): OrderedHook[] => {
    const items = registered.flatMap((entry, rank) =>
      entry.hook.phase === phase ? { entry, rank, id: hookId(entry), after: entry.hook.options.after ?? [] } : [],
    )
    return topological(items, (a, b) => a.rank - b.rank).map(({ entry }) => orderedHook(entry))
  }
  return { check: inPhase('check'), before: inPhase('before'), after: inPhase('after'), committed: inPhase('committed') }
}

function orderedHook(entry: RegisteredHook): OrderedHook {
  const { phase, object, options, run } = entry.hook
  return {
    id: hookId(entry),
    plugin: entry.plugin,
    phase,
    object,
    on: options.on ?? hookOperations,
    fields: options.fields ?? null,
    reads: options.reads ?? null,
    database: options.database ?? false,
    run,
  }
}
