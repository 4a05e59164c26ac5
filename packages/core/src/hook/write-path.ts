import type { HookOperation } from './hook.ts'
import { listens } from './match-hooks.ts'
import type { OrderedHook } from './ordered-hook.ts'

/** What a write needs besides its own statement, from nothing to all: the record as it is, or a transaction around everything. */
export const writeNeeds = ['nothing', 'record', 'transaction'] as const
export type WriteNeed = (typeof writeNeeds)[number]

/** How long the way of a write is, and which hooks make it so. */
export interface WritePath {
  readonly needs: WriteNeed
  /** One sentence for each hook that makes it longer. */
  readonly because: readonly string[]
}

interface Reason {
  readonly needs: WriteNeed
  readonly text: string
}

/** The path of one write: `hooks` are those of its object, of any phase. */
export function writePath(hooks: readonly OrderedHook[], operation: HookOperation, sent: Iterable<string>): WritePath {
  const fields = new Set(sent)
  return pathOf(hooks.filter((hook) => listens(hook, operation, fields)).flatMap((hook) => reasons(hook, operation, fields)))
}

/** The longest path a write of the object can take, whatever is sent. For plans. */
export function longestWritePath(hooks: readonly OrderedHook[], operation: HookOperation): WritePath {
  return pathOf(hooks.filter(({ on }) => on.includes(operation)).flatMap((hook) => everyReason(hook, operation)))
}

function everyReason(hook: OrderedHook, operation: HookOperation): Reason[] {
  if (operation !== 'update' || hook.fields === null) return reasons(hook, operation, new Set())
  return hook.fields.flatMap((field) =>
    reasons(hook, operation, new Set([field])).map(({ needs, text }) => ({ needs, text: `${text}, when ${field} is sent` })),
  )
}

function pathOf(found: readonly Reason[]): WritePath {
  const most = Math.max(0, ...found.map(({ needs }) => writeNeeds.indexOf(needs)))
  return { needs: writeNeeds[most] ?? 'transaction', because: found.map(({ text }) => text) }
}

function reasons({ id, phase, database, reads }: OrderedHook, operation: HookOperation, sent: ReadonlySet<string>): Reason[] {
  if (phase === 'committed') return []
  if (phase === 'after') return [{ needs: 'transaction', text: `${id} runs after the write` }]
  if (database) return [{ needs: 'transaction', text: `${id} uses the database` }]
  if (operation === 'create') return []
  if (reads === null) return [{ needs: 'record', text: `${id} may read the whole record` }]
  const missing = reads.filter((field) => !sent.has(field))
  return missing.length > 0 ? [{ needs: 'record', text: `${id} reads ${missing.join(', ')}` }] : []
}
