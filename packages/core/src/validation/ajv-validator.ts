import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonSchema } from '../kind/kind.ts'
import type { Fault, Validator } from './validator.ts'

const none: readonly Fault[] = []

let shared: Ajv2020 | undefined

/** The meta-schema is left out: schemas come from kinds, and `strict` still refuses what ajv does not know. */
function ajv(): Ajv2020 {
  shared ??= new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, meta: false, validateSchema: false, logger: false })
  return shared
}

/** A validator by ajv, compiled at its first use. */
export function ajvValidator(schema: JsonSchema): Validator {
  let compiled: ReturnType<Ajv2020['compile']> | undefined
  const compile = () => {
    const validate = ajv().compile(schema)
    ajv().removeSchema(schema)
    return validate
  }
  return {
    check(value) {
      compiled ??= compile()
      if (compiled(value)) return none
      return (compiled.errors ?? []).map(({ instancePath, keyword, params }) => ({ path: instancePath, keyword, params }))
    },
  }
}
