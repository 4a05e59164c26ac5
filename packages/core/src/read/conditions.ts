import type { Reached } from '../access/access.ts'
import { crmError } from '../error/crm-error.ts'
import { allOf, Params } from '../expression/shape.ts'
import type { Scope } from '../scope/scope.ts'
import type { Predicate } from '../store/predicate.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { queryTokens } from '../text/query-tokens.ts'
import { searchedFields } from '../text/search-tokens.ts'
import { policyPredicate } from './policy.ts'
import { lowerWhere } from './where.ts'

/** What a read asks of its rows, before it becomes a condition. */
export interface Conditions {
  readonly where?: unknown
  readonly search?: string
  readonly ids?: readonly string[]
  readonly deleted?: 'exclude' | 'only'
  readonly reach: Reached
}

const searchLimit = 200

/** A search for punctuation only finds nothing. */
const nothing: Predicate = { op: 'or', of: [] }

/** Tenant first, then policy, then what the caller asked: all of it in one condition, inside the statement. */
export function lowerConditions(
  tenant: Tenant,
  runtime: ObjectRuntime,
  scope: Scope,
  asked: Conditions,
): { predicate: Predicate; params: Params } {
  const params = new Params(scope.actor.tenant)
  const { definition } = runtime
  const deleted: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }
  const parts: (Predicate | undefined)[] = [
    asked.deleted === 'only' ? { op: 'not', of: deleted } : deleted,
    policyPredicate(asked.reach, scope, params),
    asked.ids && { op: 'in', operand: { column: 'id', nullable: false }, param: params.add(asked.ids) },
    asked.where === undefined ? undefined : lowerWhere(asked.where, tenant, runtime, scope, params),
    lowerSearch(asked.search),
  ]
  return { predicate: allOf(parts) ?? deleted, params }

  function lowerSearch(search: string | undefined): Predicate | undefined {
    if (search === undefined) return undefined
    if (typeof search !== 'string') throw crmError('PARAMETER_INVALID', { name: 'search', reason: 'it must be text' }, { path: '/search' })
    if (search.length > searchLimit)
      throw crmError('LIMIT_EXCEEDED', { what: 'search characters', limit: searchLimit }, { path: '/search' })
    if (search.trim() === '') return undefined
    const ranges = queryTokens(search)
    if (ranges.length === 0) return nothing
    const object = params.add(definition.name)
    const fields = params.add(searchedFields(definition).map((field) => field.name))
    return allOf(ranges.map(({ from, to }) => ({ op: 'token', object, from: params.add(from), to: params.add(to), fields })))
  }
}
