import type { DeciderAction } from '@guanxi/core/types'
import type { Words } from '../../client/types.ts'

/** What stands for a param on the screen; `kept` = nothing does, so it stays as it is. */
export type ParamControl =
  | ('words' | 'text' | 'number' | 'boolean' | 'choice' | 'choices' | 'lines' | 'date')
  | ('person' | 'team' | 'field' | 'object' | 'webhook' | 'fields' | 'values' | 'kept')

/** One thing that an action needs to know. */
export interface Param {
  readonly name: string
  readonly control: ParamControl
  readonly label: Words
  readonly help: Words | null
  readonly isRequired: boolean
  /** A field of the record may stand for it. */
  readonly isExpression: boolean
  /** Its texts may show values of the record. */
  readonly hasPlaces: boolean
  readonly mayBeNull: boolean
  /** Whose fields: `self`, or the param that names them. Null elsewhere. */
  readonly of: string | null
  readonly options: readonly { readonly value: unknown; readonly label: Words }[]
  readonly isWhole: boolean
  readonly minimum: number | null
  readonly maximum: number | null
  readonly maxLength: number
}

interface Schema {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly enum?: readonly unknown[]
  readonly oneOf?: readonly Readonly<Record<string, unknown>>[]
  readonly items?: Schema
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly [mark: `x-${string}`]: unknown
}

interface Params extends Schema {
  readonly required?: readonly string[]
  readonly anyOf?: readonly { readonly required?: readonly string[] }[]
}

const schemaOf = ({ params }: DeciderAction): Params => params as Params

/** What an action needs to know, in the order of its schema. */
export function paramsOf(action: DeciderAction): readonly Param[] {
  const { properties = {}, required = [] } = schemaOf(action)
  return Object.entries(properties).map(([name, schema]) => paramOf(name, schema, required.includes(name)))
}

/** Params of which one must be said; empty where all stand for themselves. */
export function eitherOf(action: DeciderAction): readonly string[] {
  const parts = schemaOf(action).anyOf ?? []
  return parts.every(({ required }) => required?.length === 1) ? parts.flatMap(({ required = [] }) => required) : []
}

/** What it is told unless somebody says otherwise. */
export function defaultsOf(action: DeciderAction): Record<string, unknown> {
  const { properties = {} } = schemaOf(action)
  return Object.fromEntries(Object.entries(properties).flatMap(([name, schema]) => ('default' in schema ? [[name, schema.default]] : [])))
}

/** Params whose values are said by name. */
export const rowsIn = (action: DeciderAction): readonly Param[] =>
  paramsOf(action).filter(({ control }) => control === 'fields' || control === 'values')

function paramOf(name: string, schema: Schema, isRequired: boolean): Param {
  const types = [schema.type ?? []].flat()
  return {
    ...{ name, control: controlOf(schema, types), isRequired, mayBeNull: types.includes('null') },
    ...{ isExpression: schema['x-expression'] === true, hasPlaces: schema['x-text'] === true },
    label: (schema['x-label'] as Words | undefined) ?? plain(schema.title ?? name),
    help: (schema['x-help'] as Words | undefined) ?? null,
    of: typeof schema['x-fields'] === 'string' ? schema['x-fields'] : typeof schema['x-field'] === 'string' ? schema['x-field'] : null,
    options: optionsOf(schema.items?.enum || schema.items?.oneOf ? (schema.items ?? {}) : schema),
    isWhole: types.includes('integer'),
    ...{ minimum: schema.minimum ?? null, maximum: schema.maximum ?? null, maxLength: schema.maxLength ?? 300 },
  }
}

const marks = [
  ['x-fields', 'fields'],
  ['x-expressions', 'values'],
  ['x-person', 'person'],
  ['x-team', 'team'],
  ['x-field', 'field'],
  ['x-object', 'object'],
  ['x-webhook', 'webhook'],
] as const

function controlOf(schema: Schema, types: readonly string[]): ParamControl {
  const marked = marks.find(([mark]) => schema[mark])
  if (marked) return marked[1]
  if (schema.enum || isConstants(schema.oneOf)) return 'choice'
  const [type, ...others] = types.filter((one) => one !== 'null')
  if (others.length > 0) return 'kept'
  if (type === 'string') return schema.format === 'date' ? 'date' : 'text'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean') return 'boolean'
  if (type === 'array')
    return schema.items?.enum || isConstants(schema.items?.oneOf) ? 'choices' : schema.items?.type === 'string' ? 'lines' : 'kept'
  return type === 'object' && isWords(schema.properties) ? 'words' : 'kept'
}

const isConstants = (parts: Schema['oneOf']): boolean => parts !== undefined && parts.length > 0 && parts.every((part) => 'const' in part)

function isWords(properties: Schema['properties']): boolean {
  const names = Object.keys(properties ?? {})
  return names.length === 2 && names.every((name) => name === 'zh-CN' || name === 'en')
}

function optionsOf({ enum: values, oneOf }: Schema): Param['options'] {
  if (values) return values.filter((value) => value !== null).map((value) => ({ value, label: plain(String(value)) }))
  if (!isConstants(oneOf)) return []
  return (oneOf ?? []).map((part) => ({ value: part.const, label: (part['x-label'] as Words) ?? plain(String(part.title ?? part.const)) }))
}

const plain = (text: string): Words => ({ 'zh-CN': text, en: text })
