import type { Identity } from '../access/actor.ts'
import type { Command } from '../command/command.ts'
import type { Consumer } from '../consumer/consumer.ts'
import type { Decider } from '../decider/define-decider.ts'
import type { OperatorDefinition } from '../expression/define-operator.ts'
import type { Hook } from '../hook/hook.ts'
import type { Inbound } from '../inbound/inbound.ts'
import type { Enqueue, Job } from '../job/job.ts'
import type { Schedule } from '../job/schedule.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Words } from '../locale/locale.ts'
import type { ContactSource, MessageGate } from '../message/contact.ts'
import type { MessageSender } from '../message/message.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { Reasons } from '../reason/define-reasons.ts'
import type { ReasonData } from '../reason/reason-data.ts'
import type { Records } from '../record/records.ts'
import type { Action } from '../rule/action.ts'
import type { Setting } from '../settings/setting.ts'
import type { SettingsReader } from '../settings/settings.ts'
import type { MessageTemplate } from '../template/define-message.ts'
import type { Service } from './service.ts'

declare const options: unique symbol

/** A plugin with its options bound, ready for `createCrm`. Opaque: no types flow through the array. */
export interface Plugin {
  readonly id: string
  readonly version: string
  /** Type only. */
  readonly [options]?: never
}

/** An error a plugin may raise; the code is upper case and starts with the plugin's id. */
export interface PluginError {
  /** HTTP status, 422 unless said. */
  readonly status?: number
  /** `{name}` is replaced by the parameter. */
  readonly message: Words
  readonly hint?: Words | null
}

/** What an endpoint's handler gets. */
export interface EndpointContext {
  readonly identity: Identity
  records<T extends object>(object: ObjectHandle<T>): Records<T>
  readonly settings: SettingsReader
  readonly messages: MessageSender
  service<T>(ref: Service<T>): T
  /** Puts a job there, in the transaction if there is one. */
  readonly enqueue: Enqueue
  /** Several writes as one: all of them or none. */
  transaction<T>(work: (context: EndpointContext) => Promise<T>): Promise<T>
}

/** A route of a plugin: `/api/plugins/<plugin>/<path>`. No permission declared = refused at plan time. */
export interface Endpoint {
  readonly method: 'GET' | 'POST'
  /** Segments of `[a-z0-9-]`, no parameters: `stage-order`. */
  readonly path: string
  /** Roles that may call it; `*` = anyone identified. */
  readonly roles: readonly string[] | '*'
  /** JSON Schema of the query (GET) or body (POST). */
  readonly input: Readonly<Record<string, unknown>>
  readonly output: Readonly<Record<string, unknown>>
  readonly handle: (input: never, context: EndpointContext) => unknown
}

/** What `setup` records into. Each call returns its undo. */
export interface PluginRecorder {
  object(handle: ObjectHandle<object>): () => void
  /** Adds the fields of an extension handle to another plugin's object. */
  extend(handle: ObjectHandle<object>): () => void
  hook(hook: Hook): () => void
  provide<T, D extends Record<string, Service<unknown>>>(
    ref: Service<T>,
    needs: D,
    make: (services: { [K in keyof D]: D[K] extends Service<infer S> ? S : never }) => T,
  ): () => void
  endpoint(endpoint: Endpoint): () => void
  /** An operator of expressions: in memory, in SQL, in words. */
  operator(operator: OperatorDefinition): () => void
  /** Error codes the plugin's hooks use, with their sentences. */
  errors(table: Readonly<Record<string, PluginError>>): () => void
  /** Reasons the plugin's commands and deciders give. */
  reasons(reasons: Pick<Reasons, 'table'>): () => void
  /** A setting; its key starts with the plugin's id. */
  setting(setting: Setting): () => void
  /** A command; its id starts with the plugin's. */
  command<I, T>(command: Command<I, T>): () => void
  /** Something the CRM does by itself, once an admin has switched it on; its id starts with the plugin's. */
  decider(decider: Decider): () => void
  /** Something that rules of administrators can do when a record is saved; its id starts with the plugin's. */
  action(action: Action): () => void
  /** A ledger that the plugin posts to. */
  ledger(ledger: Ledger): () => void
  /** Work that is done later; its id starts with the plugin's. */
  job<I>(job: Job<I>): () => void
  /** A job that comes round by itself. */
  schedule<I>(schedule: Schedule<I>): () => void
  /** Somebody who is told of every committed change. */
  consumer(consumer: Consumer): () => void
  /** Takes in what others tell, at `POST …/hooks/<id>`. */
  inbound(inbound: Inbound): () => void
  /** A message to people; its key starts with the plugin's id. */
  message<D extends ReasonData>(template: MessageTemplate<D>): () => void
  /** How records of an object of the plugin's own can be reached by messages. */
  contact(source: ContactSource): () => void
  /** Says why somebody outside must not get a message: consent, exclusions. Its id starts with the plugin's. */
  gate(gate: MessageGate): () => void
  /** Records every new tenant starts with; runs once per tenant, as the system. */
  provision(id: string, run: (tools: { records<T extends object>(object: ObjectHandle<T>): Records<T> }) => Promise<void>): () => void
  /** A change to stored data that additive DDL cannot make. Ids sort in the order they run. */
  migrate(id: string, run: (tools: { records<T extends object>(object: ObjectHandle<T>): Records<T> }) => Promise<void>): () => void
}

/** A plugin as its author writes it. */
export interface PluginDefinition<O> {
  /** Lower-case, `[a-z][a-z0-9-]*`. */
  readonly id: string
  /** Semantic version. */
  readonly version: string
  /** Range of `@guanxi/core` it works with. */
  readonly core: string
  /** Plugins it cannot work without: id → version range. */
  readonly requires?: Readonly<Record<string, string>>
  /** Plugins it uses when they are there. */
  readonly uses?: Readonly<Record<string, string>>
  /** JSON Schema of the options. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Only records; synchronous; the same list each time it is called. */
  readonly setup: (recorder: PluginRecorder, options: O) => void
}
