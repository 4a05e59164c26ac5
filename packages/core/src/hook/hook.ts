import type { Actor } from '../access/actor.ts'
import type { Enqueue, EnqueueOptions, Job } from '../job/job.ts'
import type { Posting } from '../ledger/ledger.ts'
import type { MessageSender } from '../message/message.ts'
import type { ObjectHandle, Stored } from '../object/handle.ts'
import type { Service } from '../plugin/service.ts'
import type { Records } from '../record/records.ts'
import type { SettingsReader } from '../settings/settings.ts'

/** The four phases of a write. */
export type Phase = 'check' | 'before' | 'after' | 'committed'

/** What a hook may listen to. `delete` and `restore` are soft. */
export type HookOperation = 'create' | 'update' | 'delete' | 'restore'

/** Declarations of a hook: they decide when it runs and which path a write takes. */
export interface HookOptions {
  /** Unique within the plugin; shown as `<plugin>:<id>`. */
  readonly id: string
  /** All unless said. */
  readonly on?: readonly HookOperation[]
  /** Runs on update only when one of these fields is sent; always on create. All fields unless said. */
  readonly fields?: readonly string[]
  /**
   * Fields the handler reads. An update whose hooks read nothing beyond what was sent needs no locked read and is one round trip.
   * Left out = may read everything of the record, so updates read and lock the row first.
   */
  readonly reads?: readonly string[]
  /** True: the handler uses `context.records` in `check` or `before`. False unless said; using it anyway is an error. */
  readonly database?: boolean
  /** Full ids of hooks this one runs after, e.g. `['contacts:normalise']`. Unknown ids are ignored. */
  readonly after?: readonly string[]
}

/** One record's change as hooks see it. */
export interface Change<T extends object = Record<string, unknown>> {
  readonly operation: HookOperation
  readonly object: string
  readonly id: string
  /** The record before; null on create, and on updates that took the short path. */
  readonly previous: Readonly<Stored<T>> | null
  /** The record as it will be, every earlier hook's patch included. On the short path of an update only the sent fields. */
  readonly next: Readonly<Partial<Stored<T>>>
  /** Names of the fields that this write sets so far. */
  readonly touched: ReadonlySet<string>
}

/** In `check`: collect messages, answered together. */
export interface CheckChange<T extends object = Record<string, unknown>> extends Change<T> {
  /** `field` null = the record as a whole. `code` is from the plugin's error table. */
  invalid(field: (keyof T & string) | null, code: string, params?: Readonly<Record<string, string | number>>): void
}

/** In `before`: set fields. Each patch is recorded with its author. */
export interface BeforeChange<T extends object = Record<string, unknown>> extends Change<T> {
  set(patch: Partial<T> & { ownerId?: string | null; teamId?: string | null }): void
  /** Makes an entry in a ledger, written together with the record or not at all. */
  post(posting: Posting): void
  /** Puts a job there, together with the record or not at all. */
  enqueue<I>(job: Job<I>, input: I, options?: EnqueueOptions): void
}

/** In `after` and `committed`: the record has its new version. */
export interface AfterChange<T extends object = Record<string, unknown>> extends Change<T> {
  readonly next: Readonly<Stored<T>>
}

/** The unit of work: the only way a hook reaches the database, and dead once the hook returned. */
export interface HookContext {
  readonly actor: Actor
  /** The call's time, ms; one value for the whole write. */
  readonly now: number
  /** Records in the same transaction, acting as the system on behalf of the actor. */
  records<T extends object>(object: ObjectHandle<T>): Records<T>
  records(object: string): Records<Record<string, unknown>>
  /** Limits and clocks, as they are for the record's people and places. */
  readonly settings: SettingsReader
  /** In `after`: sends messages with the transaction; they go out after its commit. */
  readonly messages: MessageSender
  service<T>(ref: Service<T>): T
  /** Puts a job there in the same transaction; in `before` use the change's own `enqueue`. */
  readonly enqueue: Enqueue
  /** Refuses the whole write. `code` is from the plugin's error table; `field` is where a form shows it. */
  reject(code: string, params?: Readonly<Record<string, string | number>>, field?: string): never
}

/** In `committed`: what happened, once for each change, at least once; `key` is the same at each try. */
export interface CommittedContext {
  readonly tenant: string
  readonly actorId: string
  /** When it was true, and when we learned it, ms: far apart where history was brought in. */
  readonly at: number
  readonly recordedAt: number
  /** The time of this delivery, ms: long after, where delivery stood still. */
  readonly now: number
  readonly key: string
  readonly attempt: number
  records<T extends object>(object: ObjectHandle<T>): Records<T>
  /** Without a key of its own a message has the one of this delivery, so that a repetition sends nothing twice. */
  readonly messages: MessageSender
  service<T>(ref: Service<T>): T
  readonly enqueue: Enqueue
}

type PhaseChange<T extends object> = {
  check: CheckChange<T>
  before: BeforeChange<T>
  after: AfterChange<T>
  committed: CommittedChange<T>
}

/** What `committed` gets: the values changed, not the record, which may have moved on. */
export interface CommittedChange<T extends object = Record<string, unknown>> {
  readonly operation: HookOperation
  readonly object: string
  readonly id: string
  readonly version: number
  /** Field → [old, new], as the API spells values. */
  readonly values: Readonly<Partial<{ [K in keyof T]: readonly [T[K] | null, T[K] | null] }>>
}

/** A hook as registered. Handlers get all records of a write at once, so that a bulk write costs one read, not a thousand. */
export interface Hook {
  readonly phase: Phase
  readonly object: string
  readonly options: HookOptions
  /** Set when the plugin registers it. */
  readonly run: (changes: readonly never[], context: never) => void | Promise<void>
}

type Handler<T extends object, P extends Phase> = (
  change: PhaseChange<T>[P],
  context: P extends 'committed' ? CommittedContext : HookContext,
) => void | Promise<void>

type BatchHandler<T extends object, P extends Phase> = (
  changes: readonly PhaseChange<T>[P][],
  context: P extends 'committed' ? CommittedContext : HookContext,
) => void | Promise<void>

function each<T extends object, P extends Phase>(phase: P, object: ObjectHandle<T>, options: HookOptions, handler: Handler<T, P>): Hook {
  const run: BatchHandler<T, P> = (changes, context) => inTurn(changes, context, handler, 0)
  return { phase, object: object.name, options, run: run as Hook['run'] }
}

/** One after the other. Handlers that return nothing cost no microtask. */
function inTurn<T extends object, P extends Phase>(
  changes: Parameters<BatchHandler<T, P>>[0],
  context: Parameters<BatchHandler<T, P>>[1],
  handler: Handler<T, P>,
  start: number,
): void | Promise<void> {
  for (let index = start; index < changes.length; index++) {
    const running = handler(changes[index] as PhaseChange<T>[P], context)
    if (running) return running.then(() => inTurn(changes, context, handler, index + 1))
  }
}

/** All `check` hooks run before anything is written; their messages are answered together. */
export const check = <T extends object>(object: ObjectHandle<T>, options: HookOptions, handler: Handler<T, 'check'>): Hook =>
  each('check', object, options, handler)

/** Runs before the write and may set fields or reject. */
export const before = <T extends object>(object: ObjectHandle<T>, options: HookOptions, handler: Handler<T, 'before'>): Hook =>
  each('before', object, options, handler)

/** Runs in the same transaction after the write; may write other records, never this one again. */
export const after = <T extends object>(object: ObjectHandle<T>, options: HookOptions, handler: Handler<T, 'after'>): Hook =>
  each('after', object, options, handler)

/** Runs later, from the change log, at least once; for the world outside. */
export const committed = <T extends object>(object: ObjectHandle<T>, options: HookOptions, handler: Handler<T, 'committed'>): Hook =>
  each('committed', object, options, handler)

/** Like {@link check}, {@link before}, {@link after}, but the handler gets all records of the write at once. */
export const batch = {
  check: <T extends object>(object: ObjectHandle<T>, options: HookOptions, run: BatchHandler<T, 'check'>): Hook => ({
    phase: 'check',
    object: object.name,
    options,
    run: run as Hook['run'],
  }),
  before: <T extends object>(object: ObjectHandle<T>, options: HookOptions, run: BatchHandler<T, 'before'>): Hook => ({
    phase: 'before',
    object: object.name,
    options,
    run: run as Hook['run'],
  }),
  after: <T extends object>(object: ObjectHandle<T>, options: HookOptions, run: BatchHandler<T, 'after'>): Hook => ({
    phase: 'after',
    object: object.name,
    options,
    run: run as Hook['run'],
  }),
}
