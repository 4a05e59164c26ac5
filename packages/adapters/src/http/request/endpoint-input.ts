import { type CrmError, crmError } from '@guanxi/core'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { readQuery } from './query.ts'
import { pointer } from './shape.ts'

type Schema = Readonly<Record<string, unknown>>

/** Schemas here are written by plugins, which are the host's own code; texts of a query become the numbers and booleans that it asks for. */
const options = { allErrors: true, strict: false, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } } as const
const validatorOf = compiler({})
const coercerOf = compiler({ coerceTypes: true })

/** The input of a GET: its schema's properties, each at most once. */
export function readInput(schema: Schema, query: string): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>
  const asked: Record<string, unknown> = { ...readQuery(query, Object.keys(properties)) }
  for (const [name, value] of Object.entries(asked)) {
    if (properties[name]?.type === 'array') asked[name] = String(value).split(',')
  }
  coercerOf(schema)(asked)
  return asked
}

/** Throws VALIDATION_FAILED with everything that is wrong with an endpoint's input. */
export function checkInput(schema: Schema, input: unknown): void {
  const validate = validatorOf(schema)
  if (validate(input)) return
  const byPath = new Map((validate.errors ?? []).map((error) => issueOf(error)).map((issue) => [issue.path, issue]))
  const issues = [...byPath.values()]
  throw crmError('VALIDATION_FAILED', { count: issues.length }, { details: { issues } })
}

/** Compiles each schema once. */
function compiler(more: { readonly coerceTypes?: boolean }): (schema: Schema) => ValidateFunction {
  const compiled = new WeakMap<Schema, ValidateFunction>()
  return (schema) => {
    const known = compiled.get(schema) ?? new Ajv2020({ ...options, ...more }).compile(schema)
    compiled.set(schema, known)
    return known
  }
}

function issueOf({ keyword, instancePath: path, params }: ErrorObject): CrmError {
  const limit = Number(params.limit)
  switch (keyword) {
    case 'required':
      return crmError('VALUE_REQUIRED', {}, { path: `${path}/${pointer(String(params.missingProperty))}` })
    case 'additionalProperties':
      return crmError(
        'PARAMETER_UNKNOWN',
        { name: String(params.additionalProperty) },
        { path: `${path}/${pointer(String(params.additionalProperty))}` },
      )
    case 'maxLength':
      return crmError('VALUE_TOO_LONG', { limit }, { path })
    case 'minLength':
      return crmError('VALUE_TOO_SHORT', { limit }, { path })
    case 'maximum':
      return crmError('VALUE_TOO_LARGE', { limit }, { path })
    case 'minimum':
      return crmError('VALUE_TOO_SMALL', { limit }, { path })
    case 'maxItems':
      return crmError('VALUE_TOO_MANY', { limit }, { path })
    case 'enum':
    case 'const':
      return crmError('VALUE_OPTION', {}, { path })
    case 'format':
      return crmError('VALUE_DATE', {}, { path })
    default:
      return crmError('VALUE_TYPE', { expected: String(params.type ?? keyword) }, { path })
  }
}
