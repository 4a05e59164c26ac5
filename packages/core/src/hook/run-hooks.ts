import type { HookOperation, Phase } from './hook.ts'
import type { HookRecord } from './hook-record.ts'
import type { HookScope } from './hook-scope.ts'
import { HookIndex, questionOf } from './match-hooks.ts'
import { type OrderedHook, type OrderedHooks, phases } from './ordered-hook.ts'
import { type HookRunnerDeps, runHook } from './run-hook.ts'
import { type WritePath, writePath } from './write-path.ts'

/** Phases that run within a write. */
type WritePhase = Exclude<Phase, 'committed'>

/**
 * Runs the hooks of a write: one record or ten thousand, any operation, the same rules. All records of a call are of one object and
 * one operation. Answers no promise when every handler was synchronous.
 */
export interface HookRunner {
  /** Messages are left in each record's `issues`; all hooks run. */
  runCheck(records: readonly HookRecord[], scope: HookScope): void | Promise<void>
  /** Patches are left in each record's `next`, `touched` and `authors`. */
  runBefore(records: readonly HookRecord[], scope: HookScope): void | Promise<void>
  /** `next` of each record is the record as written. */
  runAfter(records: readonly HookRecord[], scope: HookScope): void | Promise<void>
  /** Something that acts like one hook, such as an action of a rule; `next` of each record is the record as written. */
  runOne(hook: OrderedHook, records: readonly HookRecord[], scope: HookScope): void | Promise<void>
  /** Hooks that would run, in run order. */
  hooksFor(object: string, phase: WritePhase, operation: HookOperation, sent: readonly string[]): readonly OrderedHook[]
  /** What does this write need besides its statement, and which hooks ask for it? */
  writePath(object: string, operation: HookOperation, sent: readonly string[]): WritePath
}

const pathLimit = 1_000

/** Without hooks nothing needs the old record. */
const shortest: WritePath = { needs: 'nothing', because: [] }

/** The hook runner of one CRM. */
export function createHookRunner(hooks: OrderedHooks, deps: HookRunnerDeps): HookRunner {
  const index: Record<WritePhase, HookIndex> = {
    check: new HookIndex(hooks.check),
    before: new HookIndex(hooks.before),
    after: new HookIndex(hooks.after),
  }
  const byObject = Map.groupBy(
    phases.flatMap((phase) => hooks[phase]),
    ({ object }) => object,
  )
  const paths = new Map(Array.from(byObject.keys(), (object) => [object, new Map<string, WritePath>()]))
  const runPhase = (phase: WritePhase, records: readonly HookRecord[], scope: HookScope): void | Promise<void> => {
    const [first] = records
    if (!first) return
    const found = index[phase].find(first.object, first.operation, sentBy(records, first))
    if (found.length === 0) return
    return runFrom(0, found, records, scope, deps)
  }
  return {
    runCheck: (records, scope) => runPhase('check', records, scope),
    runBefore: (records, scope) => runPhase('before', records, scope),
    runAfter: (records, scope) => runPhase('after', records, scope),
    runOne: (hook, records, scope) => runHook(hook, records, scope, deps),
    hooksFor: (object, phase, operation, sent) => index[phase].find(object, operation, sent),
    writePath(object, operation, sent) {
      const known = paths.get(object)
      if (!known) return shortest
      const question = questionOf(operation, sent)
      const path = known.get(question)
      if (path) return path
      const made = writePath(byObject.get(object) ?? [], operation, sent)
      if (known.size >= pathLimit) known.clear()
      known.set(question, made)
      return made
    },
  }
}

function sentBy(records: readonly HookRecord[], first: HookRecord): readonly string[] {
  if (first.operation !== 'update' || records.every(({ sent }) => sent === first.sent)) return first.sent
  return [...new Set(records.flatMap(({ sent }) => sent))]
}

function runFrom(
  start: number,
  hooks: readonly OrderedHook[],
  records: readonly HookRecord[],
  scope: HookScope,
  deps: HookRunnerDeps,
): void | Promise<void> {
  for (let index = start; index < hooks.length; index++) {
    const running = runHook(hooks[index] as OrderedHook, records, scope, deps)
    if (running) return running.then(() => runFrom(index + 1, hooks, records, scope, deps))
  }
}
