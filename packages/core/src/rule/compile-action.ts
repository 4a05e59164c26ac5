import type { ActionCall } from '../decider/save-rule.ts'
import { crmError } from '../error/crm-error.ts'
import type { CompiledExpression } from '../expression/compile-expression.ts'
import type { RelationNeeded } from '../expression/facts.ts'
import { directoryObject } from '../expression/people.ts'
import type { Words } from '../locale/locale.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import { adminName } from '../object/ext-codec.ts'
import type { Scope } from '../scope/scope.ts'
import type { Check } from '../sweep/check.ts'
import { type CompiledSet, type CompiledValue, compileSet, compileValue, isExpression } from '../sweep/compile-set.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { fieldOf, type ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { Action } from './action.ts'
import { type ParamMarks, paramsOf } from './params.ts'

/** A param as it is found for each record. */
export type CompiledParam =
  | { readonly is: 'constant'; readonly value: unknown }
  | { readonly is: 'expression'; readonly expression: CompiledExpression }
  | { readonly is: 'text'; readonly value: unknown }
  | { readonly is: 'values'; readonly values: ReadonlyMap<string, CompiledParam> }
  | { readonly is: 'fields'; readonly values: readonly CompiledValue[]; readonly isText: boolean }

/** One action of a rule, checked against the fields of the tenant. */
export interface CompiledAction {
  readonly action: Action
  readonly params: ReadonlyMap<string, CompiledParam>
  /** What it sets in the record itself. */
  readonly sets: readonly CompiledSet[]
  readonly points: CompiledParam | null
  readonly refusal: { readonly path: string; readonly message: Words } | null
  /** People and teams that its params lead to; known only once the record is written. */
  readonly people: readonly RelationNeeded[]
  /** What it writes elsewhere. */
  readonly target: { readonly object: string; readonly runtime: ObjectRuntime; readonly fields: readonly string[] } | null
}

/** What the actions of one rule are checked with. */
export interface ActionCheck {
  readonly scope: Scope
  readonly tenant: Tenant
  readonly definition: ObjectDefinition
  readonly check: Check
  /** Names of the values of the rule's sentence. */
  readonly facts: ReadonlySet<string>
}

/** Checks one action of a rule. Errors point into the rule. */
export function compileAction(given: ActionCheck, action: Action, { params }: ActionCall, path: string): CompiledAction {
  const target = targetOf(given, action, params, path)
  const compiled = new Map(
    Object.entries(params).map(([name, value]) => {
      const marks = paramsOf(action)[name] ?? {}
      if (marks['x-text']) requirePlaces(action.id, value, given.facts, `${path}/${name}`)
      return [name, compileParam(given, marks, value, target, `${path}/${name}`)] as const
    }),
  )
  return {
    action,
    params: compiled,
    sets: setsOf(given, action.id, params, path),
    points: action.id === 'points' ? (compiled.get('points') ?? null) : null,
    refusal: action.id === 'reject' ? refusalOf(given, params, path) : null,
    people: action.phase === 'after' ? [...compiled.values()].flatMap(peopleIn) : [],
    target:
      target === null
        ? null
        : { object: target, runtime: given.tenant.runtime(target), fields: Object.keys((params.values ?? {}) as object) },
  }
}

/** Expressions of a param. */
export function expressionsIn(param: CompiledParam): readonly CompiledExpression[] {
  if (param.is === 'expression') return [param.expression]
  if (param.is === 'values') return [...param.values.values()].flatMap(expressionsIn)
  return param.is === 'fields' ? param.values.flatMap(({ expression }) => expression ?? []) : []
}

const peopleIn = (param: CompiledParam): readonly RelationNeeded[] =>
  expressionsIn(param).flatMap(({ relationsNeeded }) => relationsNeeded.filter(({ object }) => directoryObject(object)))

function compileParam(given: ActionCheck, marks: ParamMarks, value: unknown, target: string | null, path: string): CompiledParam {
  const { scope, tenant, check } = given
  if (marks['x-fields'] !== undefined && marks['x-fields'] !== 'self') {
    const { definition } = readableRuntime(scope, tenant, target ?? '')
    const values = Object.entries(value as object).map(([name, one]) =>
      compileValue(scope, definition, check, name, one, `${path}/${name}`),
    )
    return { is: 'fields', values, isText: marks['x-text'] === true }
  }
  if (marks['x-expressions']) {
    const each = Object.entries(value as object).map(
      ([name, one]) => [name, compileParam(given, { 'x-expression': true }, one, target, `${path}/${name}`)] as const,
    )
    return { is: 'values', values: new Map(each) }
  }
  if (marks['x-expression'] && isExpression(value)) return { is: 'expression', expression: check.value(value, path) }
  return { is: marks['x-text'] ? 'text' : 'constant', value }
}

/** A place in a text stands for a value of the rule's sentence. */
function requirePlaces(action: string, text: unknown, facts: ReadonlySet<string>, path: string): void {
  if (typeof text === 'string') {
    for (const [, name = ''] of text.matchAll(/\{(\w+)\}/g))
      if (!facts.has(name)) throw crmError('ACTION_INVALID', { action, reason: `it has a place {${name}} without a value` }, { path })
  } else if (typeof text === 'object' && text !== null)
    for (const [key, part] of Object.entries(text)) if (!isExpression(part)) requirePlaces(action, part, facts, `${path}/${key}`)
}

function setsOf({ scope, definition, check }: ActionCheck, id: string, params: ActionCall['params'], path: string): readonly CompiledSet[] {
  const set = (name: string, value: unknown, at: string) => compileSet(scope, definition, check, name, value, `${path}/${at}`)
  if (id === 'set') return Object.entries(params.values as object).map(([name, value]) => set(name, value, `values/${name}`))
  if (id !== 'assign') return []
  return [set('ownerId', params.owner, 'owner'), ...(params.team === undefined ? [] : [set('teamId', params.team, 'team')])]
}

function refusalOf({ definition }: ActionCheck, { message, field }: ActionCall['params'], path: string): CompiledAction['refusal'] {
  if (field === undefined) return { path: '', message: message as Words }
  const found = fieldOf(definition, field, `${path}/field`)
  const admin = adminName(found)
  return { path: admin === null ? `/${found.name}` : `/custom/${admin}`, message: message as Words }
}

/** The object of records that it writes besides; null where there are none. */
function targetOf({ scope, tenant, definition }: ActionCheck, { id }: Action, params: ActionCall['params'], path: string): string | null {
  if (id === 'related') {
    const field = fieldOf(definition, params.through, `${path}/through`)
    if (field.kind === 'reference' && field.to) return field.to
    throw crmError('ACTION_INVALID', { action: id, reason: `“${field.name}” points to no record` }, { path: `${path}/through` })
  }
  if (id !== 'create') return null
  return readableRuntime(scope, tenant, String(params.object)).definition.name
}
