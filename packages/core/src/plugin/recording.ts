import type { Command } from '../command/command.ts'
import type { Consumer } from '../consumer/consumer.ts'
import type { Decider } from '../decider/define-decider.ts'
import type { OperatorDefinition } from '../expression/define-operator.ts'
import type { Hook } from '../hook/hook.ts'
import type { Inbound } from '../inbound/inbound.ts'
import type { Job } from '../job/job.ts'
import type { Schedule } from '../job/schedule.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ContactSource, MessageGate } from '../message/contact.ts'
import type { ObjectHandle } from '../object/handle.ts'
import type { Reasons } from '../reason/define-reasons.ts'
import type { Records } from '../record/records.ts'
import type { Action } from '../rule/action.ts'
import type { Setting } from '../settings/setting.ts'
import type { MessageTemplate } from '../template/define-message.ts'
import type { Endpoint, PluginError, PluginRecorder } from './plugin.ts'
import type { Service } from './service.ts'

/** A service as a plugin offers it: made from other services, once, when somebody first asks for it. */
export interface ProvidedService {
  readonly id: string
  readonly needs: Readonly<Record<string, Service<unknown>>>
  readonly make: (services: Readonly<Record<string, unknown>>) => unknown
}

/** Work on records with a name of its own: a provision or a migration. */
export interface NamedRun {
  readonly id: string
  readonly run: (tools: { records<T extends object>(object: ObjectHandle<T>): Records<T> }) => Promise<void>
}

/** What one `setup` recorded, in its order. */
export interface Recording {
  readonly objects: readonly ObjectHandle[]
  readonly extensions: readonly ObjectHandle[]
  readonly hooks: readonly Hook[]
  readonly services: readonly ProvidedService[]
  readonly endpoints: readonly Endpoint[]
  readonly operators: readonly OperatorDefinition[]
  readonly errors: readonly Readonly<Record<string, PluginError>>[]
  readonly reasons: readonly Pick<Reasons, 'table'>[]
  readonly settings: readonly Setting[]
  readonly commands: readonly Command[]
  readonly ledgers: readonly Ledger[]
  readonly jobs: readonly Job[]
  readonly schedules: readonly Schedule[]
  readonly consumers: readonly Consumer[]
  readonly inbounds: readonly Inbound[]
  readonly messages: readonly MessageTemplate[]
  readonly contacts: readonly ContactSource[]
  readonly gates: readonly MessageGate[]
  readonly deciders: readonly Decider[]
  readonly actions: readonly Action[]
  readonly provisions: readonly NamedRun[]
  readonly migrations: readonly NamedRun[]
}

/** Runs `setup` with a recorder that is dead afterwards. Throws an Error whose message says in words what was wrong. */
export function record(setup: (recorder: PluginRecorder) => unknown): Recording {
  const lists = emptyLists()
  const state = { open: true }
  const answer = setup(recorder(lists, state))
  state.open = false
  if (!isThenable(answer)) return lists
  answer.then(undefined, () => {})
  throw new Error('setup must be synchronous, but it returned a promise')
}

/** The list as text: equal when `setup` recorded the same. */
export function outline(recording: Recording): string {
  const {
    objects,
    extensions,
    hooks,
    services,
    endpoints,
    operators,
    errors,
    reasons,
    settings,
    commands,
    ledgers,
    jobs,
    schedules,
    consumers,
    inbounds,
    messages,
    contacts,
    gates,
    deciders,
    actions,
    provisions,
    migrations,
  } = recording
  const schema = ({ name, schema }: ObjectHandle) => [name, schema]
  const hook = ({ phase, object, options }: Hook) => [phase, object, options]
  return JSON.stringify({
    objects: objects.map(schema),
    extensions: extensions.map(schema),
    hooks: hooks.map(hook),
    services: services.map(({ id, needs }) => [id, needs]),
    endpoints: endpoints.map(({ handle: _, ...described }) => described),
    errors,
    reasons: reasons.map(({ table }) => table),
    settings,
    commands,
    ledgers,
    jobs,
    schedules: schedules.map(({ id, job, input, times }) => [id, job?.id, input, times]),
    consumers: consumers.map(({ objects, ...consumer }) => [objects?.map(nameOf), consumer]),
    inbounds,
    messages,
    contacts: contacts.map(({ object }) => object),
    gates: gates.map(({ id }) => id),
    deciders,
    actions: actions.map(({ id, objects, params }) => [id, objects, params]),
    operators: operators.map(({ name, takes, gives }) => [name, takes, gives]),
    provisions: provisions.map(({ id }) => id),
    migrations: migrations.map(({ id }) => id),
  })
}

type Lists = { readonly [K in keyof Recording]: Recording[K][number][] }

function emptyLists(): Lists {
  const records = { objects: [], extensions: [], hooks: [], services: [], endpoints: [], operators: [], errors: [] }
  return {
    ...records,
    reasons: [],
    settings: [],
    commands: [],
    ledgers: [],
    jobs: [],
    schedules: [],
    consumers: [],
    inbounds: [],
    messages: [],
    contacts: [],
    gates: [],
    deciders: [],
    actions: [],
    provisions: [],
    migrations: [],
  }
}

function recorder(lists: Lists, state: { readonly open: boolean }): PluginRecorder {
  const requireOpen = (): void => {
    if (!state.open) throw new Error('the recorder was used after setup had returned')
  }
  const add = <T>(list: T[], item: T): (() => void) => {
    requireOpen()
    list.push(item)
    return () => {
      requireOpen()
      const index = list.indexOf(item)
      if (index >= 0) list.splice(index, 1)
    }
  }
  return {
    object: (handle) => add(lists.objects, handle as ObjectHandle),
    extend: (handle) => add(lists.extensions, handle as ObjectHandle),
    hook: (hook) => add(lists.hooks, hook),
    provide: (ref, needs, make) => add(lists.services, { id: ref.id, needs, make: make as ProvidedService['make'] }),
    endpoint: (endpoint) => add(lists.endpoints, endpoint),
    operator: (operator) => add(lists.operators, operator),
    errors: (table) => add(lists.errors, table),
    reasons: (reasons) => add(lists.reasons, reasons),
    setting: (setting) => add(lists.settings, setting),
    command: (command) => add(lists.commands, command as unknown as Command),
    ledger: (ledger) => add(lists.ledgers, ledger),
    job: (job) => add(lists.jobs, job as unknown as Job),
    schedule: (schedule) => add(lists.schedules, schedule as unknown as Schedule),
    consumer: (consumer) => add(lists.consumers, consumer),
    inbound: (inbound) => add(lists.inbounds, inbound),
    message: (template) => add(lists.messages, template as unknown as MessageTemplate),
    contact: (source) => add(lists.contacts, source),
    gate: (gate) => add(lists.gates, gate),
    decider: (decider) => add(lists.deciders, decider),
    action: (action) => add(lists.actions, action),
    provision: (id, run) => add(lists.provisions, { id, run }),
    migrate: (id, run) => add(lists.migrations, { id, run }),
  }
}

const nameOf = (object: { readonly name: string } | string): string => (typeof object === 'string' ? object : object.name)

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function'
}
