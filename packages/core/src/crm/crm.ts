import type { Reach, RoleGrants } from '../access/access.ts'
import type { Identity } from '../access/actor.ts'
import type { ChangeTail } from '../change/tail.ts'
import type { Command, CommandPreview } from '../command/command.ts'
import type { CommandResult } from '../command/result.ts'
import type { Deciders } from '../decider/deciders.ts'
import type { Decisions } from '../decision/decision.ts'
import type { DirectoryInput, Person, Team } from '../directory/directory.ts'
import type { OperatorView } from '../expression/define-operator.ts'
import type { Inbounds } from '../inbound/create-inbounds.ts'
import type { Arrival, Received } from '../inbound/inbound.ts'
import type { Enqueue } from '../job/job.ts'
import type { Ledgers } from '../ledger/ledgers.ts'
import type { MessageChannel } from '../message/channel.ts'
import type { Messages } from '../message/message.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { PropertySchema, ValidationSchema } from '../object/schema.ts'
import type { Health } from '../operation/health.ts'
import type { Operations } from '../operation/operations.ts'
import type { CrmPlan } from '../plugin/plan.ts'
import type { Endpoint, Plugin, PluginError } from '../plugin/plugin.ts'
import type { Service } from '../plugin/service.ts'
import type { Reason, StoredReason } from '../reason/reason.ts'
import type { Records } from '../record/records.ts'
import type { SettingQuestion, Settings } from '../settings/settings.ts'
import type { Store } from '../store/port.ts'
import type { WorkingTime } from '../time/working-time.ts'
import type { WebhookOptions, Webhooks } from '../webhook/webhook.ts'

/** How a CRM is made. */
export interface CrmOptions<Request = unknown> {
  readonly store: Store
  /** `@guanxi/core/standard` is always there, unless `standard: false`. */
  readonly plugins?: readonly Plugin[]
  readonly standard?: boolean
  /** Who is asking. No answer = refused. Never called for in-process use. */
  readonly identify?: (request: Request) => Identity | null | undefined | Promise<Identity | null | undefined>
  /** Tenant of identities that name none. */
  readonly tenant?: string
  /** What each role may do. Without it: everyone identified may read and write records, `admin` may also define. */
  readonly access?: RoleGrants
  /** `apply` runs additive DDL at `open`; `check` throws PENDING_MIGRATION with the SQL; `off` looks at nothing. */
  readonly migrate?: 'apply' | 'check' | 'off'
  /** Milliseconds since the epoch. The machine's clock unless said. */
  readonly clock?: () => number
  /** ISO 3166 country of phone numbers without a country code. `CN` unless said. */
  readonly country?: string
  /**
   * IANA zone in which days, months and “today” are meant; also of the organisation's calendar, until its settings say otherwise.
   * Asia/Shanghai in CN, else UTC.
   */
  readonly timeZone?: string
  /** Jobs that run at once in this process; 8 unless said. */
  readonly concurrency?: number
  /** Ways messages leave the system: e-mail, robots of groups … The inbox is always there. */
  readonly channels?: readonly MessageChannel[]
  /** Webhooks, see `webhooks()` of `@guanxi/adapters/webhooks`. None unless said. */
  readonly webhooks?: WebhookOptions
  /** Where the host shows a record, for links in messages; null = nowhere. */
  readonly recordUrl?: (record: { readonly object: string; readonly id: string; readonly tenant: string }) => string | null
  /** Where warnings go: slow hooks, fallbacks. Silent unless said. */
  readonly log?: (entry: { readonly level: 'info' | 'warn' | 'error'; readonly message: string; readonly [key: string]: unknown }) => void
}

/** Definitions as one actor sees them. */
export interface Definitions {
  /** Objects the actor may read, by name. */
  list(): Promise<ObjectDefinition[]>
  get(object: string): Promise<ObjectDefinition>
  /** Operators of expressions that plugins have added, as clients are told of them. */
  operators(): readonly OperatorView[]
  /** Adds an admin field to an object of this tenant; the API calls it `custom.<name>`. No DDL. A stored formula is computed for all records that are there. Needs `define`. */
  addField(object: string, name: string, property: PropertySchema): Promise<ObjectDefinition>
  /** Adds something that must hold across fields of an object of this tenant. Needs `define`. */
  addValidation(object: string, validation: ValidationSchema): Promise<ObjectDefinition>
  /** Takes back a validation that an admin added; PARAMETER_INVALID for any other. Needs `define`. */
  removeValidation(object: string, id: string): Promise<ObjectDefinition>
}

/** The CRM as one actor. */
export interface Session {
  readonly identity: Identity
  records<T extends object>(object: ObjectHandle<T>): Records<T>
  records(object: string): Records<Record<string, unknown>>
  readonly definitions: Definitions
  readonly directory: {
    /** By name; with `after`, everybody by id from there on, 1,000 at most at a time. */
    people(query?: {
      readonly search?: string
      readonly ids?: readonly string[]
      readonly after?: string
      /** Only those of this team and the teams below it. */
      readonly team?: string
      readonly limit?: number
    }): Promise<Person[]>
    teams(): Promise<Team[]>
    /** Those of some people who get new work now: active or onboarding, and not away. 1,000 at most. */
    receivingWork(ids: readonly string[]): Promise<Person[]>
  }
  /** Limits, clocks and calendars, by person, role, team, place and organisation. */
  readonly settings: Settings
  /** Working time of somebody (the actor unless said), a team, or the organisation: out of the calendar settings. */
  workingTime(question?: SettingQuestion): Promise<WorkingTime>
  /** IANA zone in which expressions mean days and months: the organisation's `calendar.zone`, else that of `createCrm`. */
  timeZone(): Promise<string>
  /** Account books: balances, entries, reversals. */
  readonly ledgers: Ledgers
  /** What was decided, and why. */
  readonly decisions: Decisions
  /** Puts a job there; inside a transaction it is there only if that commits. The answer is its id. */
  readonly enqueue: Enqueue
  /** What waits, runs, failed or is parked in this tenant, and what to do about it. Needs `define` on `operations`. */
  readonly operations: Operations
  /** One's inbox, and what was sent to whom. */
  readonly messages: Messages
  /** Where others are told of changes, and how that has been going. */
  readonly webhooks: Webhooks
  /** What others tell us, and the secrets they sign with. */
  readonly inbounds: Inbounds
  /** What the CRM does by itself: tried, switched on, explained, taken back. */
  readonly deciders: Deciders
  /** Carries a command out: done with a value, or denied with the reasons. */
  run<I, T>(command: Command<I, T>, input: I): Promise<CommandResult<T>>
  /** Every reason against a command, without carrying it out. */
  preview<I, T>(command: Command<I, T>, input: I): Promise<CommandPreview>
  /** May the actor read all records of an object, or only some (`own`); null = none. */
  reach(object: string): Reach | null
  /** What the actor may do with an object. */
  allowed(object: string): readonly string[]
  /** The same session on the host's own transaction (a knex transaction on the same database). */
  within(transaction: unknown): Session
  /** Several writes as one: all of them or none. `work` may run again after a deadlock: no effects outside. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>
  service<T>(ref: Service<T>): T
}

/** How background work is done. */
export interface RunOptions {
  /** How often the database is asked for work, ms; 250 unless said. */
  readonly pollMilliseconds?: number
  /** A process that died is replaced after this long, ms; 30,000 unless said. */
  readonly leaseMilliseconds?: number
}

/** Background work under way. */
export interface Running {
  /**
   * Takes nothing more and waits for what runs: 10 seconds unless said. What has not ended by then gets its signal aborted and is handed
   * to other processes.
   */
  stop(options?: { readonly graceMilliseconds?: number }): Promise<void>
}

/** A CRM inside a host. Does nothing by itself: the host opens, runs and closes it. */
export interface Crm<Request = unknown> {
  /** What every plugin will do, before anything runs. Printable (`String(plan)`) and diffable. */
  plan(): Promise<CrmPlan>
  /** Connects, applies or checks additive DDL, starts nothing in the background. Throws DATABASE_UNREACHABLE, PENDING_MIGRATION, UNSAFE_CHANGE. */
  open(): Promise<void>
  /** Starts background work: committed hooks, consumers, schedules, jobs, messages on their way out. Resolves when it stands; call its `stop`, or `close`. */
  run(options?: RunOptions): Promise<Running>
  /** Does everything that waits for consumers, schedules, jobs and channels and is due, then returns. For tests and scripts. */
  flush(): Promise<void>
  /** How consumers, jobs and schedules are doing, over all tenants. */
  health(): Promise<Health>
  /**
   * After a backup was brought back into another PostgreSQL database (or a copy was opened), background work is held, because what was
   * sent since the backup is not known. `deliver`: what waited then is done now; `skip`: waiting jobs are given up for operators to replay
   * one by one, and consumers go on from the end of the log. No process may run background work meanwhile.
   */
  resumeRestored(choice: 'deliver' | 'skip'): Promise<void>
  /** The end of the change log over all tenants, for adapters that pass changes on. */
  readonly changes: ChangeTail
  /**
   * Computes the stored formulas of all records of all tenants anew and writes what comes out otherwise, in pages of 1,000: after a
   * formula in code was added or changed. `plan()` says when that is due.
   */
  recompute(): Promise<{ readonly records: number }>
  /** Undoes everything in reverse; leaves no timer, listener or connection of its own. For good: who goes on makes a new CRM. */
  close(): Promise<void>
  /** The CRM as this actor. */
  as(identity: Identity): Session
  /** Asks the host who makes a request. Throws UNAUTHENTICATED when it gives no answer. */
  identify(request: Request): Promise<Identity>
  /**
   * Takes in what somebody outside tells: verified, kept once, carried out later. Throws INBOUND_SIGNATURE for whatever is not signed,
   * BODY_TOO_LARGE, NOT_FOUND. The HTTP handler calls it for `POST …/hooks/<id>`.
   */
  receive(arrival: Arrival): Promise<Received>
  readonly directory: {
    /** Adds or changes people, teams and memberships of a tenant. */
    put(input: DirectoryInput): Promise<void>
  }
  /** A service of a plugin. */
  service<T>(ref: Service<T>): T
  /** A reason that was kept, with its sentences again. */
  reason(stored: StoredReason): Reason
  /** What adapters need: routes, commands and error texts of plugins. */
  readonly contributions: {
    readonly endpoints: readonly (Endpoint & { readonly plugin: string })[]
    readonly commands: readonly Command[]
    readonly errors: ReadonlyMap<string, PluginError>
  }
  readonly now: () => number
}
