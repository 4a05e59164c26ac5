import { coreVersion } from './core-version.ts'
import type { Plugin, PluginDefinition } from './plugin.ts'

/** Shared by every copy of core in a process, so that a second copy can be told from something that is no plugin at all. */
const brand = Symbol.for('guanxi.plugin')

/** What a plugin is inside: its definition, and the options as the host gave them. */
export interface PluginBody {
  readonly definition: PluginDefinition<unknown>
  readonly options: unknown
}

const bodies = new WeakMap<object, PluginBody>()

/** Makes the plugin: without options, with options that may be left out, or with options that must be given. */
export type PluginFactory<Given> = [Given] extends [undefined]
  ? () => Plugin
  : Record<never, never> extends Given
    ? (options?: Given) => Plugin
    : (options: Given) => Plugin

/**
 * Defines a plugin. Nothing runs before a CRM collects it: not `setup`, not the check of the options.
 * `Given` differs from `Options` where the schema has defaults: what the host may leave out, `setup` still receives.
 */
export function definePlugin<Options = undefined, Given = Options>(definition: PluginDefinition<Options>): PluginFactory<Given> {
  const make = (options?: Given): Plugin => {
    const plugin = Object.freeze({ id: definition.id, version: definition.version, [brand]: coreVersion })
    bodies.set(plugin, { definition: definition as PluginDefinition<unknown>, options })
    return plugin
  }
  return make as PluginFactory<Given>
}

/** The inside of a plugin, or in words why this copy of core cannot use it. */
export function pluginBody(plugin: unknown): PluginBody | string {
  if (typeof plugin !== 'object' || plugin === null) return 'it is not a plugin; was its function called?'
  const body = bodies.get(plugin)
  if (body) return body
  const version = (plugin as Record<symbol, unknown>)[brand]
  if (version === undefined) return 'it was not made with definePlugin'
  return `it was made by another copy of @guanxi/core (${String(version)}; this one is ${coreVersion}); install one copy only`
}
