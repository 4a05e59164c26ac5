import type { Identity } from '../access/actor.ts'
import type { Session } from '../crm/crm.ts'
import type { DirectoryInput } from '../directory/directory.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { Service } from '../plugin/service.ts'
import type { Records } from '../record/records.ts'

/** Which of two due jobs goes first. Strict: while urgent work is due, the rest waits. */
export type JobPriority = 'high' | 'normal' | 'low'

/** What a job gets each time it is tried. */
export interface JobContext {
  readonly tenant: string
  /**
   * The same at each try of the same input, and of no other: what a receiver needs to recognise a repetition, and the
   * `idempotencyKey` of the job's own writes.
   */
  readonly key: string
  /** 1 at the first try. */
  readonly attempt: number
  readonly attempts: number
  /** Whose call put the job there. */
  readonly actor: { readonly kind: string; readonly id: string }
  /** Aborted when another worker took the job over, or when this process is told to stop. */
  readonly signal: AbortSignal
  /** The CRM as the system, in the job's tenant. Each of its writes fails with JOB_LOST once another worker has the job. */
  readonly session: Session
  records<T extends object>(object: ObjectHandle<T>): Records<T>
  /** The CRM as somebody of the job's tenant, in their name and with no more rights than these: for work that they asked for. Fenced like {@link session}. */
  as(identity: Omit<Identity, 'tenant'>): Session
  readonly directory: {
    /** Adds or changes people, teams and memberships of the job's tenant. */
    put(input: Omit<DirectoryInput, 'tenant'>): Promise<void>
  }
  readonly now: () => number
  service<T>(ref: Service<T>): T
  /** Throws JOB_LOST when another worker has the job: to be asked before each step that the world outside sees. */
  stillMine(): Promise<void>
}

/** Work that is done later, outside the request that asked for it, at least once. */
export interface Job<I = never> {
  /** `<plugin>.<name>`, such as `mailing.send`. */
  readonly id: string
  /** JSON Schema of the input. */
  readonly input: Readonly<Record<string, unknown>>
  /** How often it is tried before it is given up; 10 unless said, 1 to 100. A try that kills the process counts. */
  readonly attempts?: number
  /** Milliseconds before the second try; doubles each time. 1,000 unless said. The real pause is a random part of it. */
  readonly firstPause?: number
  /** The longest pause, ms; an hour unless said. */
  readonly longestPause?: number
  /** How many run at once in one process; as many as the process allows unless said. */
  readonly concurrency?: number
  /** Normal unless said; a single request may say otherwise. */
  readonly priority?: JobPriority
  readonly run: (input: I, context: JobContext) => unknown
}

/** How a job is put there. */
export interface EnqueueOptions {
  /**
   * Same job, same key = one job: the later input replaces the one that waits, and waits itself while the earlier one runs. Never two
   * at a time. 1 to 200 characters; every request is a job of its own unless said.
   */
  readonly key?: string
  /** Not before this instant, ms. At once unless said. */
  readonly runAt?: number
  /** Not before so many milliseconds from now. */
  readonly delay?: number
  readonly priority?: JobPriority
}

/** A job to be put there together with a write. */
export interface JobRequest extends EnqueueOptions {
  readonly job: Job
  readonly input: unknown
}

/** Puts jobs there; the answer is the job's id. */
export type Enqueue = <I>(job: Job<I>, input: I, options?: EnqueueOptions) => Promise<string>

/** Declares a job. Checked when a plugin records it. */
export function defineJob<I>(job: Job<I>): Job<I> {
  return Object.freeze(job)
}

/** A job for the `enqueue` option of a write, its input typed. */
export function jobRequest<I>(job: Job<I>, input: I, options: EnqueueOptions = {}): JobRequest {
  return { ...options, job: job as unknown as Job, input }
}

/** Thrown by a job: no further try makes sense. It is kept among those given up. */
export class GiveUp extends Error {
  override readonly name = 'GiveUp'
}

/** Thrown by a job: try again, but not before so many milliseconds, ten years at most. */
export class RetryAfter extends Error {
  override readonly name = 'RetryAfter'
  readonly milliseconds: number

  constructor(milliseconds: number, message = `Try again in ${milliseconds} ms.`) {
    super(message)
    this.milliseconds = milliseconds
  }
}
