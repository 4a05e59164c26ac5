import { Ajv2020 } from 'ajv/dist/2020.js'
import { crmError } from '../error/crm-error.ts'
import type { Action } from './action.ts'

/** What the schema of one param says besides JSON Schema. */
export interface ParamMarks {
  readonly 'x-expression'?: boolean
  readonly 'x-text'?: boolean
  /** Name → value or expression. */
  readonly 'x-expressions'?: boolean
  /** `self`, or the param that names the reference or the object. */
  readonly 'x-fields'?: string
}

type Properties = Readonly<Record<string, ParamMarks>>

/** The params of an action with their marks. */
export const paramsOf = ({ params }: Action): Properties => (params.properties ?? {}) as Properties

/** Checks params against the schema of their action, in which an expression may stand for the value of a param that is marked so. */
export function checkParams(action: Action, params: unknown, path: string): void {
  const ajv = new Ajv2020({ strict: false, allErrors: true, allowUnionTypes: true, logger: false })
  if (ajv.validate(withExpressions(action), params)) return
  const [first] = ajv.errors ?? []
  const reason = `${first?.instancePath || '/'} ${first?.message ?? 'it does not fit'}`
  throw crmError('ACTION_INVALID', { action: action.id, reason }, { path: path + (first?.instancePath ?? '') })
}

function withExpressions(action: Action): object {
  const properties = Object.entries(paramsOf(action)).map(([name, schema]) => [
    name,
    schema['x-expression'] ? { anyOf: [schema, { type: 'object' }] } : schema,
  ])
  return { ...action.params, properties: Object.fromEntries(properties) }
}
