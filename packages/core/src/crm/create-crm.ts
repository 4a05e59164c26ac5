import { AsyncLocalStorage } from 'node:async_hooks'
import type { Actor } from '../access/actor.ts'
import { createAccess } from '../access/create-access.ts'
import { checkFieldGrants } from '../access/field-rules.ts'
import { personalAccess } from '../access/personal-access.ts'
import { toActor } from '../access/to-actor.ts'
import { changeTail } from '../change/tail.ts'
import { createDirectory } from '../directory/create-directory.ts'
import { crmError } from '../error/crm-error.ts'
import { formsWith, operatorView } from '../expression/define-operator.ts'
import { createHookRunner } from '../hook/run-hooks.ts'
import { inboundJob } from '../inbound/inbound-job.ts'
import { receive } from '../inbound/receive.ts'
import { messageChannels } from '../message/channels.ts'
import { sendMessage } from '../message/send.ts'
import { sendJob } from '../message/send-job.ts'
import { listSettings, messageSettings, textSetting } from '../message/settings.ts'
import { snakeCase } from '../object/names.ts'
import { readHealth } from '../operation/read-health.ts'
import { resumeRestored } from '../operation/restore.ts'
import { byId } from '../order/topological.ts'
import { type Contributions, collectPlugins } from '../plugin/collect.ts'
import { createContainer } from '../plugin/container.ts'
import { coreVersion } from '../plugin/core-version.ts'
import { reviveReason } from '../reason/revive-reason.ts'
import { createRecords } from '../record/create-records.ts'
import { saveRules } from '../rule/at-save.ts'
import type { Scope } from '../scope/scope.ts'
import { systemScope } from '../scope/system-scope.ts'
import { calendarSettings } from '../settings/calendar-settings.ts'
import { SettingCatalogue } from '../settings/catalogue.ts'
import { standard } from '../standard/index.ts'
import type { Store } from '../store/port.ts'
import type { TableSpec } from '../store/schema.ts'
import { systemTables } from '../store/system-tables.ts'
import { createTenants } from '../tenant/create-tenants.ts'
import { ObjectRuntimes } from '../tenant/load-tenant.ts'
import { requireZone } from '../time/zone.ts'
import { disabledNotice } from '../webhook/disabled-notice.ts'
import { webhookSetup } from '../webhook/setup.ts'
import { webhookWork } from '../webhook/webhook-work.ts'
import { Background } from './background.ts'
import { createCalendars } from './calendars.ts'
import { checkOptions } from './check-options.ts'
import { connectStore } from './connect-store.ts'
import type { Crm, CrmOptions } from './crm.ts'
import type { Kernel } from './kernel.ts'
import { prepareTables, readCursorKey } from './open-database.ts'
import { planCrm } from './plan-crm.ts'
import { noteFormulas, recomputeAll } from './recompute.ts'
import { runMigrations } from './run-migrations.ts'
import { createSession } from './session.ts'
import { createSettingsReader } from './settings.ts'

/**
 * Makes a CRM to embed in a host. Nothing happens yet: plugins are collected and checked, the database is first touched by `open()`.
 * Throws OPTION_INVALID; PLUGIN_… and DEFINITION_INVALID with all that is wrong.
 */
export function createCrm<Request = unknown>(options: CrmOptions<Request>): Crm<Request> {
  checkOptions(options)
  const { store, plugins = [], migrate = 'apply', clock = Date.now } = options
  const collected = collectPlugins(options.standard === false ? plugins : [standard(), ...plugins], coreVersion)
  const sending = { ...sendJob(), plugin: 'core' } as unknown as Contributions['jobs'][number]
  const contributions = withWebhooks(
    { ...collected, jobs: [...collected.jobs, sending].sort(byId) },
    options.webhooks ? (tenant) => systemScope(kernel, tenant) : null,
  )
  const runtimes = new ObjectRuntimes(contributions, { country: options.country ?? 'CN' })
  checkFieldGrants(
    options.access,
    runtimes.names().map((name) => runtimes.of(name, '').definition),
  )
  const tables = tablesOf(runtimes)
  let cursorKey: string | null = null
  let isClosed = false
  const kernel = createKernel(options, contributions, runtimes, () => cursorKey ?? notOpen())
  const background = new Background(kernel, options.concurrency)

  return {
    plan: () => planCrm(kernel, runtimes, tables),
    async open() {
      if (isClosed) notOpen()
      await kernel.connect()
      await prepareTables(store, tables, migrate)
      cursorKey = await readCursorKey(store)
      if (migrate !== 'off') await runMigrations(kernel)
      if (migrate !== 'off') await noteFormulas(kernel, runtimes)
      await background.prepare()
    },
    run: async (how) => {
      if (cursorKey === null) notOpen()
      return background.start(how)
    },
    recompute: async () => {
      if (cursorKey === null) notOpen()
      return recomputeAll(kernel, runtimes)
    },
    flush: () => background.flush(),
    health: async () => {
      const health = await readHealth(kernel, null, background.isRunning)
      return background.isHeld ? { ...health, ok: false, held: true } : health
    },
    resumeRestored: (choice) => resumeRestored(kernel, choice),
    changes: changeTail(() => store),
    async close() {
      await background.stop()
      for (const channel of kernel.channels.values()) await channel.close?.()
      await kernel.container.close()
      await store.close()
      cursorKey = null
      isClosed = true
    },
    as: (identity) => {
      if (cursorKey === null) notOpen()
      return createSession(scopeOf(kernel, toActor(identity, options.tenant)), identity)
    },
    async identify(request) {
      const identity = await options.identify?.(request)
      if (!identity) throw crmError('UNAUTHENTICATED')
      const actor = toActor(identity, options.tenant)
      await kernel.directory.ensure(actor)
      return identity
    },
    receive: async ({ hook, tenant, header, body }) => {
      if (cursorKey === null) notOpen()
      const actor = toActor({ id: hook, kind: 'integration', ...(tenant !== undefined && { tenant }) }, options.tenant)
      return receive({ ...systemScope(kernel, actor.tenant), actor }, { hook, header, body })
    },
    directory: {
      put: async (input) => {
        const tenant = toActor({ id: 'directory', kind: 'system', tenant: input.tenant }, options.tenant).tenant
        await kernel.directory.put(tenant, input)
      },
    },
    service: (ref) => kernel.container.resolve(ref),
    reason: (stored) => reviveReason(contributions.reasons, stored),
    contributions: { endpoints: contributions.endpoints, commands: contributions.commands, errors: contributions.errors },
    now: clock,
  }
}

function createKernel(options: CrmOptions<never>, contributions: Contributions, runtimes: ObjectRuntimes, cursorKey: () => string): Kernel {
  const { store, clock = Date.now, log = () => {}, country = 'CN' } = options
  const timeZone = requireZone(options.timeZone ?? (country === 'CN' ? 'Asia/Shanghai' : 'UTC'))
  const calendar = calendarSettings({ country, zone: timeZone })
  const channels = messageChannels(options.channels ?? [])
  const messaging = messageSettings([...channels.values()], country)
  return {
    store,
    connect: connectOnce(store),
    contributions,
    hooks: createHookRunner(contributions.hooks, { errors: contributions.errors, log }),
    rules: saveRules,
    access: personalAccess(createAccess(options.access), sharingColumns(contributions)),
    tenants: createTenants(runtimes, contributions.provisions, async ({ run }, scope) => {
      await run({ records: (object) => createRecords(scope, object.name) })
    }),
    directory: createDirectory(store, clock),
    records: createRecords,
    session: createSession,
    settings: new SettingCatalogue([
      ...[...Object.values(calendar), ...listSettings(messaging)].map((setting) => ({ setting, plugin: 'core' })),
      ...[...contributions.messages.values()].map(({ template, plugin }) => ({ setting: textSetting(template), plugin })),
      ...contributions.settings,
    ]),
    settingsReader: createSettingsReader,
    calendars: createCalendars(calendar),
    channels,
    messageSettings: messaging,
    messageSender: (scope) => ({ send: (message) => sendMessage(scope, message) }),
    webhooks: options.webhooks ? webhookSetup(options.webhooks) : null,
    recordUrl: options.recordUrl,
    calendarZone: calendar.zone,
    timeZone,
    zoneOf: ({ settings }) => settings.value(calendar.zone, wholeOrganisation),
    container: createContainer(contributions),
    clock,
    kinds: { country },
    operators: formsWith(contributions.operators),
    operatorViews: contributions.operators.map(operatorView),
    log,
    unitOfWork: new AsyncLocalStorage(),
    cursorKey,
  }
}

/** Days and months of filters and formulas are the same for everybody. */
const wholeOrganisation = { person: null, roles: [], teams: [], places: [] }

/** Objects whose records belong to their owner, with the column that says one is shared. */
function sharingColumns({ objects }: Contributions): ReadonlyMap<string, string> {
  return new Map(
    objects.flatMap(({ handle: { name, options } }) =>
      options.sharedBy === undefined ? [] : [[name, snakeCase(options.sharedBy)] as const],
    ),
  )
}

/** The core's own part in webhooks stands beside that of the plugins. */
function withWebhooks(contributions: Contributions, systemOf: ((tenant: string) => Scope) | null): Contributions {
  if (!systemOf) return contributions
  const work = webhookWork(systemOf)
  const inbound = contributions.inbounds.map((hook) => ({ ...inboundJob(hook), plugin: hook.plugin }))
  const core = <T extends object>(list: readonly T[]) => list.map((one) => ({ ...one, plugin: 'core' }))
  return {
    ...contributions,
    consumers: [...core(work.consumers), ...contributions.consumers],
    jobs: [...contributions.jobs, ...core(work.jobs), ...(inbound as unknown as Contributions['jobs'])].sort(byId),
    schedules: [...core(work.schedules), ...contributions.schedules],
    messages: new Map([[disabledNotice.key, { template: disabledNotice, plugin: 'core' }], ...contributions.messages]),
  }
}

/** Plans may connect before `open` does; a failed attempt may be repeated. */
function connectOnce(store: Store): () => Promise<void> {
  let connected: Promise<void> | null = null
  return () => {
    connected ??= connectStore(store).catch((error: unknown) => {
      connected = null
      throw error
    })
    return connected
  }
}

/** A call that is not part of a transaction. */
function scopeOf(kernel: Kernel, actor: Actor): Scope {
  return { kernel, actor, unit: null, now: null, privileged: false, chain: [] }
}

function tablesOf(runtimes: ObjectRuntimes): readonly TableSpec[] {
  const definitions = runtimes.names().map((name) => runtimes.of(name, '').definition)
  const links = definitions.flatMap(({ fields }) => fields.flatMap(({ storage }) => (storage.at === 'links' ? [storage.table] : [])))
  return [...systemTables, ...definitions.map(({ table }) => table), ...links]
}

function notOpen(): never {
  throw crmError('NOT_OPEN')
}
