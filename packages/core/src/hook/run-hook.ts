import { crmError } from '../error/crm-error.ts'
import type { HookContext, HookOperation } from './hook.ts'
import { type HookErrors, hookFailure } from './hook-errors.ts'
import type { HookRecord } from './hook-record.ts'
import type { HookScope } from './hook-scope.ts'
import { Lease } from './lease.ts'
import { afterChange, beforeChange, checkChange } from './live-change.ts'
import { liveContext } from './live-context.ts'
import { listens } from './match-hooks.ts'
import type { OrderedHook } from './ordered-hook.ts'
import { Signature } from './signature.ts'

/** Bounds of hooks. A slow one is reported, a chain that is too deep is refused. */
const hookLimits = { depth: 8, slowMilliseconds: 50 } as const

/** What the runner needs of its CRM. */
export interface HookRunnerDeps {
  readonly errors: HookErrors
  readonly log: (entry: { readonly level: 'info' | 'warn' | 'error'; readonly message: string; readonly [key: string]: unknown }) => void
  /** Milliseconds that only ever grow; the machine's unless said. */
  readonly timer?: () => number
}

/** Runs one hook over the records it listens to; watches its time, its depth and what it leaves behind. */
export function runHook(hook: OrderedHook, all: readonly HookRecord[], scope: HookScope, deps: HookRunnerDeps): void | Promise<void> {
  const records = hook.fields === null || all.length === 1 ? all : all.filter(({ operation, sent }) => listens(hook, operation, sent))
  const [first] = records
  if (!first) return
  const { operation } = first
  if (scope.chain.length >= hookLimits.depth) throw tooDeep(hook, scope)
  const timer = deps.timer ?? now
  const started = timer()
  const lease = new Lease(hook.id)
  const finish = (): undefined | Promise<never> => {
    const milliseconds = timer() - started
    if (milliseconds > hookLimits.slowMilliseconds) reportSlow(hook, operation, records.length, milliseconds, deps)
    return lease.end()
  }
  const fail = (error: unknown): Promise<never> => {
    const failure = hookFailure(error, hook, operation)
    const drained = lease.drain()
    if (!drained) throw failure
    return drained.then(() => {
      throw failure
    })
  }
  try {
    const running = call(hook, records, scope, deps.errors, lease)
    return running ? running.then(finish).catch(fail) : finish()
  } catch (error) {
    return fail(error)
  }
}

function call(hook: OrderedHook, records: readonly HookRecord[], scope: HookScope, errors: HookErrors, lease: Lease): void | Promise<void> {
  const run = hook.run as (changes: readonly unknown[], context: HookContext) => unknown
  const signature = hook.phase === 'before' ? new Signature(hook.id, scope.settable) : null
  const changes = records.map((record) => {
    if (hook.phase === 'check') return checkChange(record, errors, lease)
    if (signature) return beforeChange(record, signature, lease)
    return afterChange(record)
  })
  const answer = run(changes, liveContext(hook, scope, errors, lease))
  if (isThenable(answer)) return Promise.resolve(answer)
}

function isThenable(value: unknown): value is Promise<void> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function tooDeep(hook: OrderedHook, { chain }: HookScope): Error {
  return crmError(
    'HOOK_DEPTH',
    { limit: hookLimits.depth, chain: [...chain, hook.id].join(' → ') },
    { details: { chain: [...chain, hook.id] } },
  )
}

function reportSlow(hook: OrderedHook, operation: HookOperation, records: number, milliseconds: number, { log }: HookRunnerDeps): void {
  log({
    level: 'warn',
    message: 'A hook was slow.',
    hook: hook.id,
    object: hook.object,
    operation,
    records,
    milliseconds: Math.round(milliseconds),
  })
}

function now(): number {
  return performance.now()
}
