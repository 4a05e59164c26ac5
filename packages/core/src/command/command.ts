import type { Identity } from '../access/actor.ts'
import type { Decisions } from '../decision/decision.ts'
import type { Enqueue } from '../job/job.ts'
import type { Ledgers } from '../ledger/ledgers.ts'
import type { MessageSender } from '../message/message.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { Service } from '../plugin/service.ts'
import type { Reason } from '../reason/reason.ts'
import type { Records } from '../record/records.ts'
import type { SettingQuestion, SettingsReader } from '../settings/settings.ts'
import type { WorkingTime } from '../time/working-time.ts'

/** What the checks of a command get. They only look. */
export interface CheckContext {
  readonly identity: Identity
  /** The command's time, ms: one for all checks and for what is done. */
  readonly now: number
  records<T extends object>(object: ObjectHandle<T>): Records<T>
  readonly settings: SettingsReader
  /** Working time of the actor, of somebody else, or of the organisation. */
  workingTime(question?: SettingQuestion): Promise<WorkingTime>
  readonly ledgers: Ledgers
  readonly decisions: Decisions
  service<T>(ref: Service<T>): T
}

/** What the command itself gets: all in one transaction. */
export interface CommandContext extends CheckContext {
  /** Records as the system, on the actor's behalf: the command's own roles and checks have decided that it may. */
  system<T extends object>(object: ObjectHandle<T>): Records<T>
  /** Puts a job there in the same transaction. */
  readonly enqueue: Enqueue
  readonly messages: MessageSender
  /** Denies after all: nothing the command wrote stays. */
  deny(...reasons: readonly [Reason, ...Reason[]]): never
}

/** One condition of a command. */
export interface CommandCheck<I> {
  /** Unique within the command; what others name in `needs`. */
  readonly id: string
  /** Checks that must have passed before this one makes sense. A preview leaves it out where one of them has denied. */
  readonly needs?: readonly string[]
  /**
   * `hard`: a denial ends the execution at once. `soft`: the next checks are still asked, so that the answer names all soft reasons
   * together; denied all the same. Hard unless said.
   */
  readonly severity?: 'hard' | 'soft'
  /** Every reason against it; an empty list or null when there is none. */
  readonly check: (input: I, context: CheckContext) => readonly Reason[] | Reason | null | Promise<readonly Reason[] | Reason | null>
}

/** Something that can be done, with conditions in their documented order. */
export interface Command<I = never, T = unknown> {
  /** `<plugin>.<name>`, such as `pool.claim`; the route is `/api/commands/<id>`. */
  readonly id: string
  /** Roles that may call it; `*` = anyone identified. */
  readonly roles: readonly string[] | '*'
  /** JSON Schema of the input. */
  readonly input: Readonly<Record<string, unknown>>
  /** Asked in this order. */
  readonly checks: readonly CommandCheck<I>[]
  readonly run: (input: I, context: CommandContext) => Promise<T>
}

/** What a preview answers: every reason against it, from all checks. */
export interface CommandPreview {
  readonly allowed: boolean
  readonly reasons: readonly Reason[]
}

/** Declares a command. */
export function defineCommand<I, T>(command: Command<I, T>): Command<I, T> {
  return Object.freeze(command)
}
