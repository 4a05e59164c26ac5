import type { Decider } from '../decider/define-decider.ts'
import { type CrmError, crmError } from '../error/crm-error.ts'
import type { Hook } from '../hook/hook.ts'
import { inboundJobId } from '../inbound/inbound-job.ts'
import type { Schedule } from '../job/schedule.ts'
import { systemFields } from '../object/system-fields.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import { messageReasons } from '../reason/message-reasons.ts'
import { systemTables } from '../store/system-tables.ts'
import type { RecordedPlugin } from './contributions.ts'
import { Claims, clash, clashes, invalid } from './problems.ts'
import type { ProvidedService } from './recording.ts'

const systemFieldNames: readonly string[] = [...systemFields('').map(({ name }) => name), 'custom']

/** What the plugins of a CRM define together, for checking one against the others. */
interface Whole {
  readonly plugins: ReadonlyMap<string, RecordedPlugin>
  /** Object → plugin that defines it. */
  readonly owners: ReadonlyMap<string, string>
  /** Object → its fields, extensions included. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>
  readonly services: ReadonlySet<string>
  readonly jobs: ReadonlySet<string>
}

/** Everything wrong between plugins: what two define, what one needs and nobody gives, what one may not reach. In plugin order. */
export function* togetherProblems(plugins: readonly RecordedPlugin[]): Generator<CrmError> {
  yield* clashes(plugins.flatMap(claimsOf))
  yield* fieldClashes(plugins)
  const whole = wholeOf(plugins)
  for (const plugin of plugins) {
    yield* coreClashes(plugin)
    for (const { name } of plugin.recording.extensions) yield* extensionProblems(plugin, name, whole)
    for (const hook of plugin.recording.hooks) yield* hookProblems(plugin, hook, whole)
    for (const schedule of plugin.recording.schedules) yield* scheduleReach(plugin, schedule, whole)
    for (const decider of plugin.recording.deciders) yield* deciderProblems(plugin, decider, whole)
    for (const service of plugin.recording.services) yield* serviceProblems(plugin, service, whole)
  }
}

/** True where the plugin can use one that is not there: what it adds to objects nobody defines is then left out. */
function lacksOptional({ requires, uses }: RecordedPlugin, plugins: ReadonlyMap<string, RecordedPlugin>): boolean {
  return [...uses].some((id) => !plugins.has(id) && !requires.has(id))
}

function wholeOf(plugins: readonly RecordedPlugin[]): Whole {
  const handles = plugins.flatMap(({ recording }) => [...recording.objects, ...recording.extensions])
  const byObject = Map.groupBy(handles, ({ name }) => name)
  return {
    plugins: new Map(plugins.map((plugin) => [plugin.id, plugin])),
    owners: new Map(plugins.flatMap(({ id, recording }) => recording.objects.map(({ name }) => [name, id]))),
    fields: new Map(
      [...byObject].map(([name, parts]) => [
        name,
        new Set([...systemFieldNames, ...parts.flatMap(({ schema }) => Object.keys(schema.properties))]),
      ]),
    ),
    jobs: new Set(plugins.flatMap(({ recording }) => recording.jobs.map(({ id }) => id))),
    services: new Set(plugins.flatMap(({ recording }) => recording.services.map(({ id }) => id))),
  }
}

function claimsOf({ id: plugin, recording }: RecordedPlugin): { plugin: string; what: string }[] {
  const { objects, hooks, services, endpoints, errors, reasons, settings, commands, ledgers } = recording
  const { messages, gates, deciders, actions, jobs, schedules, consumers, inbounds, provisions, migrations } = recording
  return [
    ...objects.map(({ name }) => `object ${name}`),
    ...hooks.map(({ options }) => `hook ${plugin}:${options.id}`),
    ...services.map(({ id }) => `service ${id}`),
    ...endpoints.map(({ method, path }) => `route ${method} /${plugin}/${path}`),
    ...errors.flatMap((table) => Object.keys(table)).map((code) => `error ${code}`),
    ...reasons.flatMap(({ table }) => Object.keys(table)).map((code) => `reason ${code}`),
    ...settings.map(({ key }) => `setting ${key}`),
    ...commands.map(({ id }) => `command ${id}`),
    ...ledgers.map(({ name }) => `ledger ${name}`),
    ...jobs.map(({ id }) => `job ${id}`),
    ...schedules.map(({ id }) => `schedule ${id}`),
    ...consumers.map(({ id }) => `consumer ${id}`),
    ...inbounds.flatMap(({ id }) => [`inbound hook ${id}`, `job ${inboundJobId(id)}`]),
    ...messages.map(({ key }) => `message ${key}`),
    ...gates.map(({ id }) => `gate ${id}`),
    ...deciders.map(({ id }) => `decider ${id}`),
    ...actions.map(({ id }) => `action ${id}`),
    ...provisions.map(({ id }) => `provision ${plugin}:${id}`),
    ...migrations.map(({ id }) => `migration ${plugin}:${id}`),
  ].map((what) => ({ plugin, what }))
}

/** An object's own fields come first, then the extensions in plugin order. */
function* fieldClashes(plugins: readonly RecordedPlugin[]): Generator<CrmError> {
  const claims = new Claims()
  const fieldsOf = (list: 'objects' | 'extensions') =>
    plugins.flatMap(({ id, recording }) =>
      recording[list].flatMap(({ name, schema }) =>
        Object.keys(schema.properties).map((field) => ({ plugin: id, field: `${name}.${field}` })),
      ),
    )
  for (const { plugin, field } of fieldsOf('objects')) claims.claim(field, plugin)
  for (const { plugin, field } of fieldsOf('extensions')) {
    const holder = claims.claim(field, plugin)
    if (holder !== undefined) yield clash(holder, plugin, `field ${field}`)
  }
}

function* coreClashes({ id, recording }: RecordedPlugin): Generator<CrmError> {
  const taken = new Set(systemTables.map(({ name }) => name))
  for (const code of recording.reasons.flatMap(({ table }) => Object.keys(table)))
    if (Object.hasOwn(coreReasons.table, code) || Object.hasOwn(messageReasons.table, code)) yield clash('core', id, `reason ${code}`)
  for (const { name } of recording.objects) if (taken.has(`crm_${name}`)) yield clash('core', id, `table crm_${name}`)
}

function* extensionProblems(plugin: RecordedPlugin, object: string, { owners, plugins }: Whole): Generator<CrmError> {
  const owner = owners.get(object)
  if (owner !== undefined) yield* reachProblems(plugin, owner, { object })
  else if (!lacksOptional(plugin, plugins)) yield invalid(plugin.id, `it extends the object “${object}”, which no plugin defines`)
}

/** A misspelt object or field would make a hook that never runs. */
function* hookProblems(plugin: RecordedPlugin, { object, options }: Hook, { fields, owners, plugins }: Whole): Generator<CrmError> {
  if (lacksOptional(plugin, plugins)) return
  const known = owners.has(object) ? fields.get(object) : undefined
  if (!known) return yield invalid(plugin.id, `the hook “${options.id}” listens to the object “${object}”, which no plugin defines`)
  for (const field of [...(options.fields ?? []), ...(options.reads ?? [])]) {
    if (!known.has(field) && !field.startsWith('custom.'))
      yield invalid(plugin.id, `the hook “${options.id}” names the field “${field}”, which “${object}” does not have`)
  }
}

/** A schedule may run a job of another plugin that it requires or uses. */
function* scheduleReach(plugin: RecordedPlugin, { id, job }: Schedule, { jobs }: Whole): Generator<CrmError> {
  const problems = [...reachProblems(plugin, job.id.slice(0, Math.max(job.id.indexOf('.'), 0)), { schedule: id })]
  yield* problems
  if (problems.length === 0 && !jobs.has(job.id))
    yield invalid(plugin.id, `the schedule “${id}” runs the job “${job.id}”, which no plugin has`)
}

/** Fields are checked in each tenant, whose admins may have added some; the object and the settings must be there. */
function* deciderProblems(plugin: RecordedPlugin, { id, object, settings }: Decider, { owners, plugins }: Whole): Generator<CrmError> {
  if (lacksOptional(plugin, plugins)) return
  if (!owners.has(object)) yield invalid(plugin.id, `the decider “${id}” is about the object “${object}”, which no plugin defines`)
  const known = new Set([...plugins.values()].flatMap(({ recording }) => recording.settings.map(({ key }) => key)))
  for (const { key } of Object.values(settings))
    if (!known.has(key)) yield invalid(plugin.id, `the decider “${id}” reads the setting “${key}”, which no plugin records`)
}

function* serviceProblems(plugin: RecordedPlugin, { needs }: ProvidedService, { services, plugins }: Whole): Generator<CrmError> {
  for (const { id } of Object.values(needs)) {
    const owner = id.slice(0, Math.max(id.indexOf('.'), 0))
    const problems = [...reachProblems(plugin, owner, { service: id })]
    yield* problems
    const optional = plugin.uses.has(owner) && !plugins.has(owner)
    if (problems.length === 0 && !optional && !services.has(id))
      yield crmError('SERVICE_UNKNOWN', { service: id }, { details: { plugin: plugin.id } })
  }
}

function* reachProblems(
  { id, requires, uses }: RecordedPlugin,
  target: string,
  details: Readonly<Record<string, string>>,
): Generator<CrmError> {
  if (target !== id && !requires.has(target) && !uses.has(target)) yield crmError('PLUGIN_REACH', { plugin: id, target }, { details })
}
