import { Ajv2020 } from 'ajv/dist/2020.js'
import type { PluginBody } from './define-plugin.ts'

/** The options a plugin's `setup` gets: checked, defaults filled in, apart from the host's own object. Or what is wrong, in words. */
export type CheckedOptions = { readonly options: unknown } | { readonly problem: string }

/** Checks the options of one plugin against its own schema. */
export function checkOptions({ definition, options }: PluginBody): CheckedOptions {
  const { options: schema } = definition
  if (!schema) return options === undefined ? { options } : { problem: 'it takes no options, or declares no schema for them' }
  const given = plainCopy(options ?? {})
  const ajv = new Ajv2020({ allErrors: true, useDefaults: true, allowUnionTypes: true })
  try {
    const valid = ajv.validate(schema, given)
    return valid ? { options: given } : { problem: ajv.errorsText(ajv.errors, { dataVar: 'options' }) }
  } catch (cause) {
    return { problem: `the schema of its options is wrong: ${cause instanceof Error ? cause.message : String(cause)}` }
  }
}

/** Defaults are filled into a copy; functions and class instances of the host pass through as they are. */
function plainCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainCopy)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainCopy(member)]))
}
