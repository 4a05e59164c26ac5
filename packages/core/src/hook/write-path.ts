import type { HookOperation } from './hook.ts'
import { listens } from './match-hooks.ts'
import type { OrderedHook } from './ordered-hook.ts'

/** How long the way of a write is, and which hooks make it so. */
export interface WritePath {
  /** False: one statement, no begin and commit, no locked read. */
  readonly transaction: boolean
  /** One sentence for each hook that needs the transaction. */
  readonly because: readonly string[]
}

/** The path of one write: `hooks` are those of its object, of any phase. */
export function writePath(hooks: readonly OrderedHook[], operation: HookOperation, sent: Iterable<string>): WritePath {
  const fields = new Set(sent)
  const because = hooks.filter((hook) => listens(hook, operation, fields)).flatMap((hook) => reason(hook, operation, fields))
  return { transaction: because.length > 0, because }
}

/** The longest path a write of the object can take, whatever is sent. For plans. */
export function longestWritePath(hooks: readonly OrderedHook[], operation: HookOperation): WritePath {
  const because = hooks
    .filter(({ on }) => on.includes(operation))
    .flatMap((hook) => {
      if (operation !== 'update' || hook.fields === null) return reason(hook, operation, new Set())
      return hook.fields.flatMap((field) => reason(hook, operation, new Set([field])).map((text) => `${text}, when ${field} is sent`))
    })
  return { transaction: because.length > 0, because }
}

function reason({ id, phase, database, reads }: OrderedHook, operation: HookOperation, sent: ReadonlySet<string>): string[] {
  if (phase === 'committed') return []
  if (phase === 'after') return [`${id} runs after the write`]
  if (database) return [`${id} uses the database`]
  if (operation === 'create') return []
  if (reads === null) return [`${id} may read the whole record`]
  const missing = reads.filter((field) => !sent.has(field))
  return missing.length > 0 ? [`${id} reads ${missing.join(', ')}`] : []
}
