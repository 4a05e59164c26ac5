import type { Session } from '../crm/crm.ts'
import type { HookOperation } from '../hook/hook.ts'
import type { Enqueue } from '../job/job.ts'
import type { Service } from '../plugin/service.ts'
import type { ChangeEntry } from '../record/records.ts'

/** What a consumer may narrow down. */
export interface ConsumerFilter {
  /** Objects it listens to; all unless said. */
  readonly objects?: readonly ({ readonly name: string } | string)[]
  /** All unless said. */
  readonly on?: readonly HookOperation[]
}

/** What a consumer's handler gets besides the changes. */
export interface ConsumerContext {
  /** All changes of one call are of this tenant. */
  readonly tenant: string
  /** How often these changes have been tried, this time included. */
  readonly attempt: number
  /** Aborted when another process took the consumer over, or when this one is told to stop. */
  readonly signal: AbortSignal
  /** The CRM as the system, in the tenant. */
  readonly session: Session
  readonly enqueue: Enqueue
  service<T>(ref: Service<T>): T
}

/** A change on its way to a consumer. */
export interface ConsumedChange extends ChangeEntry {
  /** The same at each try, and of no other change or consumer: what a receiver needs to recognise a repetition. */
  readonly key: string
}

/**
 * Somebody who is told of every committed change, at least once, those of one record in their order. A change that fails again and again
 * is parked with the later ones of its record behind it, and the rest goes on.
 */
export interface Consumer extends ConsumerFilter {
  /** `<plugin>.<name>`; its place in the log is kept under it. */
  readonly id: string
  /** How many changes it takes at once; 1 unless said, at most 500. A batch that fails is tried again one by one. */
  readonly batch?: number
  readonly run: (changes: readonly ConsumedChange[], context: ConsumerContext) => unknown
}

/** Declares a consumer. Checked when a plugin records it. */
export function defineConsumer(consumer: Consumer): Consumer {
  return Object.freeze(consumer)
}

const idPattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/
const largestBatch = 500

/** Everything wrong with the declaration of a consumer, in words. */
export function consumerProblems(prefix: string, { id, batch = 1, run }: Consumer): string[] {
  const problems: string[] = []
  if (!idPattern.test(id) || !id.startsWith(`${prefix}.`)) problems.push(`the consumer “${id}” needs an id such as “${prefix}.feed”`)
  if (!Number.isInteger(batch) || batch < 1 || batch > largestBatch)
    problems.push(`the consumer “${id}” takes 1 to ${largestBatch} changes at once`)
  if (typeof run !== 'function') problems.push(`the consumer “${id}” does nothing`)
  return problems
}
