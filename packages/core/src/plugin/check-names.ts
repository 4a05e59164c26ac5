import { commandProblems } from '../command/check-command.ts'
import { consumerProblems } from '../consumer/consumer.ts'
import { deciderProblems } from '../decider/define-decider.ts'
import type { CrmError } from '../error/crm-error.ts'
import { errorTable } from '../error/table.ts'
import { operatorProblems } from '../expression/define-operator.ts'
import type { Hook } from '../hook/hook.ts'
import { hookOperations, phases } from '../hook/ordered-hook.ts'
import { inboundProblems } from '../inbound/inbound.ts'
import { jobProblems } from '../job/check-job.ts'
import { scheduleProblems } from '../job/schedule.ts'
import { ledgerProblems } from '../ledger/ledger.ts'
import { reasonProblems } from '../reason/define-reasons.ts'
import { settingProblems } from '../settings/check-settings.ts'
import { messageProblems } from '../template/define-message.ts'
import type { Endpoint, PluginError } from './plugin.ts'
import { clash, invalid } from './problems.ts'
import type { Recording } from './recording.ts'

const hookIdPattern = /^[a-z][a-z0-9-]*$/
const runIdPattern = /^[a-z0-9][a-z0-9-]*$/
const pathPattern = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/
const codePattern = /^[A-Z][A-Z0-9_]*$/

/** Everything wrong with the names and forms of what one plugin recorded, looked at by itself. */
export function* nameProblems(plugin: string, recording: Recording): Generator<CrmError> {
  for (const { name, extends: extending } of recording.objects)
    if (extending) yield invalid(plugin, `“${name}” extends an object; use extend for it`)
  for (const { name, extends: extending } of recording.extensions)
    if (!extending) yield invalid(plugin, `“${name}” is a whole object; use object for it`)
  for (const hook of recording.hooks) yield* hookProblems(plugin, hook)
  for (const { id } of recording.services)
    if (!hasPrefix(id, `${plugin}.`)) yield invalid(plugin, `the service “${id}” must start with “${plugin}.”`)
  for (const endpoint of recording.endpoints) yield* endpointProblems(plugin, endpoint)
  for (const operator of recording.operators) {
    const foreign = hasPrefix(operator.name, `${plugin}.`) ? [] : [`its name must start with “${plugin}.”`]
    for (const problem of [...foreign, ...operatorProblems(operator)]) yield invalid(plugin, `the operator “${operator.name}”: ${problem}`)
  }
  for (const table of recording.errors) yield* errorProblems(plugin, table)
  const inWords = [
    ...recording.reasons.flatMap(({ table }) => Object.entries(table).flatMap(([code, reason]) => reasonProblems(code, reason))),
    ...recording.settings.flatMap((setting) => settingProblems(plugin, setting)),
    ...recording.commands.flatMap((command) => commandProblems(plugin, command)),
    ...recording.ledgers.flatMap((ledger) => ledgerProblems(plugin, ledger)),
    ...recording.jobs.flatMap((job) => jobProblems(plugin, job)),
    ...recording.schedules.flatMap((schedule) => scheduleProblems(plugin, schedule)),
    ...recording.consumers.flatMap((consumer) => consumerProblems(plugin, consumer)),
    ...recording.inbounds.flatMap((inbound) => inboundProblems(plugin, inbound)),
    ...recording.messages.flatMap((message) => messageProblems(plugin, message)),
    ...recording.gates.flatMap(({ id }) => (hasPrefix(id, `${plugin}.`) ? [] : [`the gate “${id}” must start with “${plugin}.”`])),
    ...recording.contacts.flatMap(({ object }) =>
      recording.objects.some(({ name }) => name === object) ? [] : [`it says how “${object}” is reached, which is not its own`],
    ),
    ...recording.actions.flatMap(({ id }) => (hasPrefix(id, `${plugin}.`) ? [] : [`the action “${id}” must start with “${plugin}.”`])),
    ...recording.deciders.flatMap((decider) => [
      ...(hasPrefix(decider.id, `${plugin}.`) ? [] : [`the decider “${decider.id}” must start with “${plugin}.”`]),
      ...deciderProblems(decider).map((problem) => `the decider “${decider.id}”: ${problem}`),
    ]),
  ]
  for (const problem of inWords) yield invalid(plugin, problem)
  for (const { id } of [...recording.provisions, ...recording.migrations]) {
    if (!runIdPattern.test(id)) yield invalid(plugin, `“${id}” is no id; use lower-case letters, digits and hyphens`)
  }
}

function* hookProblems(plugin: string, { phase, options }: Hook): Generator<CrmError> {
  const { id, on, fields } = options
  const refuse = (reason: string): CrmError => invalid(plugin, `the hook “${id}” ${reason}`)
  if (!hookIdPattern.test(id)) yield refuse('needs an id of lower-case letters, digits and hyphens')
  if (!phases.includes(phase)) yield refuse(`has the unknown phase “${phase}”`)
  if (on && (on.length === 0 || on.some((operation) => !hookOperations.includes(operation))))
    yield refuse(`cannot listen to “${on.join(', ')}”`)
  if (fields && fields.length === 0) yield refuse('listens to no field at all')
}

function* endpointProblems(plugin: string, { method, path, roles, input, output }: Endpoint): Generator<CrmError> {
  const refuse = (reason: string): CrmError => invalid(plugin, `the route “${method} ${path}” ${reason}`)
  if (method !== 'GET' && method !== 'POST') yield refuse('must be GET or POST')
  if (!pathPattern.test(path)) yield refuse('must be segments of lower-case letters, digits and hyphens')
  if (roles !== '*' && !(Array.isArray(roles) && roles.length > 0)) yield refuse('names no roles; write roles: "*" for everyone identified')
  if (!isObject(input) || !isObject(output)) yield refuse('needs a schema of its input and of its output')
}

function* errorProblems(plugin: string, table: Readonly<Record<string, PluginError>>): Generator<CrmError> {
  const prefix = `${plugin.toUpperCase().replaceAll('-', '_')}_`
  for (const [code, { status, message }] of Object.entries(table)) {
    if (!codePattern.test(code) || !hasPrefix(code, prefix))
      yield invalid(plugin, `the error code “${code}” must be upper case and start with “${prefix}”`)
    if (Object.hasOwn(errorTable, code)) yield clash('core', plugin, `error ${code}`)
    if (status !== undefined && !(Number.isInteger(status) && status >= 400 && status <= 599))
      yield invalid(plugin, `“${code}” has the status ${status}; use 400 to 599`)
    if (!message?.['zh-CN'] || !message.en) yield invalid(plugin, `“${code}” needs its sentence in zh-CN and en`)
  }
}

function hasPrefix(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && name.length > prefix.length
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
