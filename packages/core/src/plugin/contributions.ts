import type { Command } from '../command/command.ts'
import type { Consumer } from '../consumer/consumer.ts'
import type { Decider } from '../decider/define-decider.ts'
import type { ErrorEntry } from '../error/crm-error.ts'
import type { OperatorDefinition } from '../expression/define-operator.ts'
import { type OrderedHooks, orderHooks } from '../hook/ordered-hook.ts'
import type { Inbound } from '../inbound/inbound.ts'
import { coreJobs } from '../job/housekeeping.ts'
import type { Job } from '../job/job.ts'
import type { Schedule } from '../job/schedule.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ContactSource, MessageGate } from '../message/contact.ts'
import type { ObjectHandle } from '../object/handle.ts'
import { byId } from '../order/topological.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import type { ReasonTable } from '../reason/define-reasons.ts'
import { messageReasons } from '../reason/message-reasons.ts'
import type { Action } from '../rule/action.ts'
import type { Setting } from '../settings/setting.ts'
import type { MessageTemplate } from '../template/define-message.ts'
import type { Endpoint, PluginError } from './plugin.ts'
import type { NamedRun, ProvidedService, Recording } from './recording.ts'

/** A plugin of the CRM, in plugin order. */
interface CollectedPlugin {
  readonly id: string
  readonly version: string
  readonly requires: readonly string[]
  /** Those of its optional plugins that are there. */
  readonly uses: readonly string[]
}

/** What all plugins of a CRM add to it, checked as a whole. Always in plugin order. */
export interface Contributions {
  readonly plugins: readonly CollectedPlugin[]
  readonly objects: readonly { readonly handle: ObjectHandle; readonly author: string }[]
  readonly extensions: readonly { readonly handle: ObjectHandle; readonly author: string }[]
  readonly hooks: OrderedHooks
  readonly services: readonly (ProvidedService & { readonly author: string })[]
  readonly endpoints: readonly (Endpoint & { readonly plugin: string })[]
  readonly operators: readonly OperatorDefinition[]
  readonly errors: ReadonlyMap<string, ErrorEntry>
  /** Reasons by code, those of the core included. */
  readonly reasons: ReasonTable
  readonly settings: readonly { readonly setting: Setting; readonly plugin: string }[]
  readonly commands: readonly (Command & { readonly plugin: string })[]
  readonly ledgers: readonly (Ledger & { readonly plugin: string })[]
  readonly jobs: readonly (Job & { readonly plugin: string })[]
  readonly schedules: readonly (Schedule & { readonly plugin: string })[]
  readonly consumers: readonly (Consumer & { readonly plugin: string })[]
  readonly inbounds: readonly (Inbound & { readonly plugin: string })[]
  /** Messages by key. */
  readonly messages: ReadonlyMap<string, { readonly template: MessageTemplate; readonly plugin: string }>
  /** How objects are reached, by object. */
  readonly contacts: ReadonlyMap<string, ContactSource>
  readonly gates: readonly MessageGate[]
  /** By id. */
  readonly deciders: readonly (Decider & { readonly plugin: string })[]
  /** What rules on save can do besides what the core's actions do; by id. */
  readonly actions: readonly (Action & { readonly plugin: string })[]
  readonly provisions: readonly (NamedRun & { readonly plugin: string })[]
  /** By id within each plugin. */
  readonly migrations: readonly (NamedRun & { readonly plugin: string })[]
}

/** A plugin with what its `setup` recorded. */
export interface RecordedPlugin {
  readonly id: string
  readonly version: string
  readonly requires: ReadonlySet<string>
  readonly uses: ReadonlySet<string>
  readonly recording: Recording
}

/** Joins recordings that fit together. What is meant for an object of an optional plugin that is not there is left out. */
export function contributionsOf(recorded: readonly RecordedPlugin[]): Contributions {
  const present = new Set(recorded.map(({ id }) => id))
  const objects = every(recorded, 'objects').map(({ plugin, item }) => ({ handle: item, author: plugin }))
  const own = coreJobs(every(recorded, 'ledgers').map(({ item }) => item))
  const defined = new Set(objects.map(({ handle }) => handle.name))
  return {
    plugins: recorded.map(({ id, version, requires, uses }) => ({
      id,
      version,
      requires: [...requires].sort(),
      uses: [...uses].filter((used) => present.has(used)).sort(),
    })),
    objects,
    extensions: every(recorded, 'extensions')
      .filter(({ item }) => defined.has(item.name))
      .map(({ plugin, item }) => ({ handle: item, author: plugin })),
    hooks: orderHooks(
      every(recorded, 'hooks')
        .filter(({ item }) => defined.has(item.object))
        .map(({ plugin, item }) => ({ plugin, hook: item })),
    ),
    services: every(recorded, 'services').map(({ plugin, item }) => ({ ...item, author: plugin })),
    endpoints: every(recorded, 'endpoints').map(({ plugin, item }) => ({ ...item, plugin })),
    operators: every(recorded, 'operators').map(({ item }) => item),
    errors: new Map(every(recorded, 'errors').flatMap(({ item }) => Object.entries(item).map(([code, error]) => [code, entryOf(error)]))),
    reasons: Object.assign(
      {},
      coreReasons.table,
      messageReasons.table,
      ...every(recorded, 'reasons').map(({ item }) => item.table),
    ) as ReasonTable,
    settings: every(recorded, 'settings').map(({ plugin, item }) => ({ setting: item, plugin })),
    commands: every(recorded, 'commands').map(({ plugin, item }) => ({ ...item, plugin })),
    ledgers: every(recorded, 'ledgers').map(({ plugin, item }) => ({ ...item, plugin })),
    jobs: [
      ...own.jobs.map((job) => ({ ...job, plugin: 'core' })),
      ...every(recorded, 'jobs').map(({ plugin, item }) => ({ ...item, plugin })),
    ],
    schedules: [
      ...own.schedules.map((schedule) => ({ ...schedule, plugin: 'core' })),
      ...every(recorded, 'schedules').map(({ plugin, item }) => ({ ...item, plugin })),
    ],
    consumers: every(recorded, 'consumers').map(({ plugin, item }) => ({ ...item, plugin })),
    inbounds: every(recorded, 'inbounds').map(({ plugin, item }) => ({ ...item, plugin })),
    messages: new Map(every(recorded, 'messages').map(({ plugin, item }) => [item.key, { template: item, plugin }])),
    contacts: new Map(every(recorded, 'contacts').map(({ item }) => [item.object, item])),
    gates: every(recorded, 'gates').map(({ item }) => item),
    deciders: every(recorded, 'deciders')
      .filter(({ item }) => defined.has(item.object))
      .map(({ plugin, item }) => ({ ...item, plugin }))
      .sort(byId),
    actions: every(recorded, 'actions')
      .map(({ plugin, item }) => ({ ...item, plugin }))
      .sort(byId),
    provisions: every(recorded, 'provisions').map(({ plugin, item }) => ({ ...item, plugin })),
    migrations: recorded.flatMap(({ id, recording }) =>
      [...recording.migrations].sort(byId).map((migration) => ({ ...migration, plugin: id })),
    ),
  }
}

function every<K extends keyof Recording>(recorded: readonly RecordedPlugin[], list: K): { plugin: string; item: Recording[K][number] }[] {
  return recorded.flatMap(({ id, recording }) => (recording[list] as readonly Recording[K][number][]).map((item) => ({ plugin: id, item })))
}

function entryOf({ status, message, hint }: PluginError): ErrorEntry {
  return { status: status ?? 422, message, hint: hint ?? null }
}
