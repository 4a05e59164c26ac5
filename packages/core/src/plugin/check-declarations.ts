import satisfies from 'semver/functions/satisfies.js'
import valid from 'semver/functions/valid.js'
import validRange from 'semver/ranges/valid.js'
import { type CrmError, crmError } from '../error/crm-error.ts'
import type { PluginDefinition } from './plugin.ts'
import { clashes, invalid } from './problems.ts'

type Definition = PluginDefinition<unknown>

const idPattern = /^[a-z][a-z0-9-]{0,62}$/

/** Everything wrong with what the plugins say of themselves and of each other, before any of their code runs. */
export function* declarationProblems(definitions: readonly Definition[], coreVersion: string): Generator<CrmError> {
  for (const definition of definitions) yield* ownProblems(definition, coreVersion)
  yield* clashes(definitions.map(({ id }) => ({ plugin: id, what: `plugin ${id}` })))
  const byId = new Map(definitions.map((definition) => [definition.id, definition]))
  for (const definition of definitions) yield* needProblems(definition, byId)
}

function* ownProblems({ id, version, core, requires, uses, setup }: Definition, coreVersion: string): Generator<CrmError> {
  if (typeof id !== 'string' || !idPattern.test(id))
    yield invalid(String(id), 'its id must be lower-case letters, digits and hyphens, a letter first')
  if (!valid(version)) yield invalid(id, `“${version}” is not a semantic version`)
  if (!validRange(core)) yield invalid(id, `“${core}” is not a version range of @guanxi/core`)
  else if (!satisfies(coreVersion, core, { includePrerelease: true }))
    yield invalid(id, `it works with @guanxi/core ${core}, and this is ${coreVersion}`)
  if (typeof setup !== 'function') yield invalid(id, 'it has no setup function')
  for (const needed of Object.keys(requires ?? {})) {
    if (Object.hasOwn(uses ?? {}, needed)) yield invalid(id, `it names “${needed}” in requires and in uses`)
  }
}

function* needProblems({ id, requires = {}, uses = {} }: Definition, byId: ReadonlyMap<string, Definition>): Generator<CrmError> {
  for (const [needed, range] of Object.entries({ ...requires, ...uses })) {
    const found = byId.get(needed)
    if (!validRange(range)) yield invalid(id, `“${range}” is not a version range of “${needed}”`)
    else if (found && valid(found.version) && !satisfies(found.version, range, { includePrerelease: true }))
      yield crmError('PLUGIN_MISSING', { plugin: id, needed: `${needed} ${range} (found ${found.version})` })
    else if (!found && Object.hasOwn(requires, needed)) yield crmError('PLUGIN_MISSING', { plugin: id, needed: `${needed} ${range}` })
  }
}
