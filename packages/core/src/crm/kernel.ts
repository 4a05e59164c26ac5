import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Access } from '../access/access.ts'
import type { Identity } from '../access/actor.ts'
import type { Directory } from '../directory/create-directory.ts'
import type { Form } from '../expression/check/checker.ts'
import type { OperatorView } from '../expression/define-operator.ts'
import type { HookRunner } from '../hook/run-hooks.ts'
import type { KindContext } from '../kind/kind.ts'
import type { MessageChannel } from '../message/channel.ts'
import type { MessageSender } from '../message/message.ts'
import type { MessageSettings } from '../message/settings.ts'
import type { Contributions } from '../plugin/collect.ts'
import type { Container } from '../plugin/container.ts'
import type { Records } from '../record/records.ts'
import type { Scope } from '../scope/scope.ts'
import type { SettingCatalogue } from '../settings/catalogue.ts'
import type { Setting } from '../settings/setting.ts'
import type { SettingsReader } from '../settings/settings.ts'
import type { Store } from '../store/port.ts'
import type { Tenant, Tenants } from '../tenant/tenants.ts'
import type { WebhookSetup } from '../webhook/setup.ts'
import type { SaveRules } from '../write/save-rules.ts'
import type { Calendars } from './calendars.ts'
import type { CrmOptions, Session } from './crm.ts'

/** The parts of one CRM instance, joined once. Nothing here is shared with another instance. */
export interface Kernel {
  readonly store: Store
  /** Connects the store, once. */
  readonly connect: () => Promise<void>
  readonly contributions: Contributions
  readonly hooks: HookRunner
  readonly access: Access
  /** What administrators' rules do when records are saved. */
  readonly rules: SaveRules
  readonly tenants: Tenants
  readonly directory: Directory
  /** The one door to data, for calls made from inside a write. */
  readonly records: (scope: Scope, object: string) => Records
  /** The whole of the CRM for one call, for work that runs by itself. */
  readonly session: (scope: Scope, identity: Identity) => Session
  readonly settings: SettingCatalogue
  /** Settings for calls made from inside a write. */
  readonly settingsReader: (scope: Scope) => SettingsReader
  readonly calendars: Calendars
  /** Ways out of the system, by id. */
  readonly channels: ReadonlyMap<string, MessageChannel>
  readonly messageSettings: MessageSettings
  /** Messages for calls made from inside a write. */
  readonly messageSender: (scope: Scope) => MessageSender
  /** Null where the host has set none up. */
  readonly webhooks: WebhookSetup | null
  readonly recordUrl: CrmOptions['recordUrl']
  /** The zone of a person's calendar. */
  readonly calendarZone: Setting<string>
  readonly container: Container
  readonly clock: () => number
  readonly kinds: KindContext
  /** Operators of expressions, the core's and the plugins'. */
  readonly operators: ReadonlyMap<string, Form>
  /** What clients are told of the plugins'. */
  readonly operatorViews: readonly OperatorView[]
  /** IANA zone of schedules that name none: one schedule is for all tenants. */
  readonly timeZone: string
  /** IANA zone of days and months in a tenant's expressions. */
  readonly zoneOf: (tenant: Tenant) => string
  readonly log: NonNullable<CrmOptions['log']>
  /** Set while code of ours runs inside a transaction: an outside session used there would wait for itself. */
  readonly unitOfWork: AsyncLocalStorage<true>
  /** Signs page cursors; the same on every process of the database. */
  readonly cursorKey: () => string
}
