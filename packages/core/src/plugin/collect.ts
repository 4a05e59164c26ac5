import { type CrmError, crmError } from '../error/crm-error.ts'
import { byId, OrderCycle, topological } from '../order/topological.ts'
import { declarationProblems } from './check-declarations.ts'
import { nameProblems } from './check-names.ts'
import { togetherProblems } from './check-together.ts'
import { type Contributions, contributionsOf, type RecordedPlugin } from './contributions.ts'
import { type PluginBody, pluginBody } from './define-plugin.ts'
import type { Plugin } from './plugin.ts'
import { checkOptions } from './plugin-options.ts'
import { invalid, throwAll } from './problems.ts'
import { outline, type Recording, record } from './recording.ts'

export type { Contributions } from './contributions.ts'

/**
 * Collects what the plugins add: declarations are checked before any `setup` runs, then each recording by itself, then all together.
 * Each step looks for all problems before it throws one error with `details.problems`.
 */
export function collectPlugins(plugins: readonly Plugin[], coreVersion: string): Contributions {
  const bodies = bodiesOf(plugins).sort((a, b) => byId(a.definition, b.definition))
  throwAll([
    ...declarationProblems(
      bodies.map(({ definition }) => definition),
      coreVersion,
    ),
  ])
  const recorded = recordAll(inOrder(bodies))
  throwAll(recorded.flatMap(({ id, recording }) => [...nameProblems(id, recording)]))
  throwAll([...togetherProblems(recorded)])
  requireNoServiceCycle(recorded)
  return withCycleError(() => contributionsOf(recorded))
}

function bodiesOf(plugins: readonly Plugin[]): PluginBody[] {
  const found = plugins.map((plugin) => ({ plugin, body: pluginBody(plugin) }))
  throwAll(found.flatMap(({ plugin, body }) => (typeof body === 'string' ? invalid(nameOf(plugin), body) : [])))
  return found.flatMap(({ body }) => (typeof body === 'string' ? [] : body))
}

function nameOf(plugin: unknown): string {
  return typeof plugin === 'object' && plugin !== null && 'id' in plugin ? String(plugin.id) : String(plugin).slice(0, 100)
}

function inOrder(bodies: readonly PluginBody[]): PluginBody[] {
  const items = bodies.map((body) => ({
    id: body.definition.id,
    after: Object.keys({ ...body.definition.requires, ...body.definition.uses }),
    body,
  }))
  return withCycleError(() => topological(items).map(({ body }) => body))
}

function recordAll(bodies: readonly PluginBody[]): RecordedPlugin[] {
  const problems: CrmError[] = []
  const recorded = bodies.flatMap((body) => {
    const result = recordOne(body)
    if ('recording' in result) return result
    problems.push(result)
    return []
  })
  throwAll(problems)
  return recorded
}

function recordOne(body: PluginBody): RecordedPlugin | CrmError {
  const { id, version, requires = {}, uses = {} } = body.definition
  const checked = checkOptions(body)
  if ('problem' in checked) return invalid(id, checked.problem)
  try {
    return {
      id,
      version,
      requires: new Set(Object.keys(requires)),
      uses: new Set(Object.keys(uses)),
      recording: recordTwice(body, checked.options),
    }
  } catch (cause) {
    return invalid(id, `setup failed: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}

/** A `setup` that records something else the second time depends on more than its options, and no plan of it could be trusted. */
function recordTwice(body: PluginBody, options: unknown): Recording {
  const recording = record((recorder) => body.definition.setup(recorder, options))
  const again = record((recorder) => body.definition.setup(recorder, options))
  if (outline(recording) !== outline(again)) throw new Error('it records something else each time it is called')
  return recording
}

function requireNoServiceCycle(plugins: readonly RecordedPlugin[]): void {
  const services = plugins.flatMap(({ recording }) => recording.services)
  withCycleError(() => topological(services.map(({ id, needs }) => ({ id, after: Object.values(needs).map((need) => need.id) }))))
}

function withCycleError<T>(order: () => T): T {
  try {
    return order()
  } catch (error) {
    if (error instanceof OrderCycle)
      throw crmError('PLUGIN_CYCLE', { path: error.message }, { details: { path: error.path, problems: [error.message] } })
    throw error
  }
}
