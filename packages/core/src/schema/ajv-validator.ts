import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonSchema } from '../kind/kind.ts'
import type { Fault, Validator } from './validator.ts'

const none: readonly Fault[] = []

/**
 * The meta-schema is left out: schemas come from kinds, and `strict` still refuses what ajv does not know. Each validator has an
 * instance of its own, because an instance never forgets what it compiled, and definitions come and go with every change of an admin.
 */
const options = { strict: true, allErrors: true, allowUnionTypes: true, meta: false, validateSchema: false, logger: false } as const

/** A validator by ajv, compiled at its first use. */
export function ajvValidator(schema: JsonSchema): Validator {
  let compiled: ReturnType<Ajv2020['compile']> | undefined
  return {
    check(value) {
      compiled ??= new Ajv2020(options).compile(schema)
      if (compiled(value)) return none
      return (compiled.errors ?? []).map(({ instancePath, keyword, params }) => ({ path: instancePath, keyword, params }))
    },
  }
}
