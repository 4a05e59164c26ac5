import { hash } from 'node:crypto'
import { crmError } from '../error/crm-error.ts'
import { type Params, shapeOf, valuesShape } from '../expression/shape.ts'
import type { Page, Query } from '../record/records.ts'
import { authorise, type Scope, sessionOf } from '../scope/scope.ts'
import type { Order, RowValues, SelectPlan } from '../store/port.ts'
import type { RowValue } from '../store/predicate.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { type ObjectRuntime, requireAbility } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { countMatches } from './aggregate.ts'
import { computedValues, fieldValueOf, readableField } from './computed.ts'
import { lowerConditions } from './conditions.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { expandRecords } from './expand.ts'
import { fieldNames, pageLimits, refuseStaleValues, refuseUnknown } from './query.ts'

const queryKeys = new Set(['where', 'search', 'sort', 'limit', 'cursor', 'skip', 'fields', 'expand', 'count', 'deleted'])

interface Stored {
  readonly id: string
}

/** One page: plan → authorise → compile → run. */
export function findRecords(scope: Scope, object: string, query: Query): Promise<Page<Stored>> {
  refuseUnknown(query, queryKeys)
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const runtime = readableRuntime(scope, tenant, object)
    const reach = authorise(scope, query.deleted === 'only' ? 'restore' : 'read', object)
    const limit = pageLimit(query.limit)
    const { predicate, params } = lowerConditions(tenant, runtime, scope, {
      where: query.where,
      search: query.search,
      deleted: deletedOf(query),
      reach,
    })
    const fields = query.fields && fieldNames(scope, tenant, runtime, query.fields)
    const codec = runtime.codecFor(fields)
    const sort = sortOf(scope, tenant, runtime, query.sort, params)
    const computed = computedValues(scope, tenant, runtime, codec.computed, params)
    const values = [...computed, ...sort.order.flatMap(({ operand }) => (isAmong(codec.columns, operand) ? [] : [operand]))]
    const binding = bindingOf(scope, object, query)
    const position = query.cursor === undefined ? null : openCursor(query.cursor, binding, scope.kernel.cursorKey(), sort.order.length)
    const after = position?.map((value) => params.add(value))
    const limitParam = params.add(limit + 1)
    const skip = skipped(query)
    const offset = skip === 0 ? undefined : params.add(skip)
    const shape = `${shapeOf(predicate)}|${sort.shape}|${after ? 'after' : ''}${offset === undefined ? '' : 'skip'}|${codec.shape}${valuesShape(values)}`
    const plan = runtime.selects.get(
      shape,
      (): SelectPlan => ({
        table: runtime.definition.table,
        columns: codec.columns,
        ...(values.length > 0 && { values }),
        where: predicate,
        order: sort.order,
        ...(after && { after }),
        limit: limitParam,
        ...(offset !== undefined && { offset }),
        revision: true,
      }),
    )
    const rows = await sessionOf(scope).selectValues(plan, params.values)
    refuseStaleValues(rows[0], tenant.revision)
    const shown = rows.length > limit ? rows.slice(0, limit) : rows
    const records = shown.map((values) => codec.decodeValues(values)) as unknown as Stored[]
    if (query.expand?.length) await expandRecords(scope, tenant, runtime, records, query.expand)
    const last = shown.at(-1)
    const cursor = rows.length > limit && last ? sealCursor(positionOf(last, plan), binding, scope.kernel.cursorKey()) : null
    if (!query.count) return { records, cursor }
    return {
      records,
      cursor,
      total: await countMatches(scope, tenant, runtime, { where: query.where, search: query.search, deleted: deletedOf(query), reach }),
    }
  })
}

const isAmong = (columns: readonly string[], value: RowValue) => 'column' in value && columns.includes(value.column)

function pageLimit(limit: unknown): number {
  if (limit === undefined) return pageLimits.default
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= pageLimits.max) return limit
  throw crmError(
    'PARAMETER_INVALID',
    { name: 'limit', reason: `it must be a whole number from 1 to ${pageLimits.max}` },
    { path: '/limit' },
  )
}

/** How many records a page leaves out before its first. */
function skipped({ skip = 0, cursor }: Query): number {
  if (!Number.isInteger(skip) || skip < 0 || skip > pageLimits.skip)
    throw crmError(
      'PARAMETER_INVALID',
      { name: 'skip', reason: `it must be a whole number from 0 to ${pageLimits.skip}` },
      { path: '/skip' },
    )
  if (skip > 0 && cursor !== undefined)
    throw crmError(
      'PARAMETER_INVALID',
      { name: 'skip', reason: 'a page begins at a cursor or at a number, not at both' },
      { path: '/skip' },
    )
  return skip
}

function deletedOf(query: Query): 'exclude' | 'only' {
  const { deleted = 'exclude' } = query
  if (deleted === 'exclude' || deleted === 'only') return deleted
  throw crmError('PARAMETER_INVALID', { name: 'deleted', reason: 'it is “exclude” or “only”' }, { path: '/deleted' })
}

function sortOf(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  sort: readonly string[] | undefined,
  params: Params,
): { order: readonly Order[]; shape: string } {
  const terms = sort ?? ['-createdAt']
  if (!Array.isArray(terms))
    throw crmError(
      'PARAMETER_INVALID',
      { name: 'sort', reason: "expected a list of fields, such as ['name', '-createdAt']" },
      { path: '/sort' },
    )
  if (terms.length > pageLimits.sort) throw crmError('LIMIT_EXCEEDED', { what: 'sort fields', limit: pageLimits.sort }, { path: '/sort' })
  const order = terms.flatMap((term: unknown) => ordersOf(scope, tenant, runtime, term, params))
  const descending = order.at(-1)?.descending ?? false
  return { order: [...order, { operand: { column: 'id', nullable: false }, descending }], shape: terms.join(',') }
}

/** Amounts sort within their currency. */
function ordersOf(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, term: unknown, params: Params): Order[] {
  const text = typeof term === 'string' ? term : ''
  const descending = text.startsWith('-')
  const field = readableField(scope, tenant, runtime, descending ? text.slice(1) : text, '/sort')
  if (field.name !== 'id') requireAbility(field, 'sortable', 'sort')
  // Names sort as people expect (pinyin among Latin); everything else by its value.
  if (field.name === runtime.definition.nameField) return [{ operand: { column: 'name_sort', nullable: false }, descending }]
  const part = (index: number): RowValue => fieldValueOf(scope, tenant, runtime, field, index, params)
  const order = { operand: part(0), descending }
  return field.kind === 'money' ? [{ operand: part(1), descending: false }, order] : [order]
}

/** Where a row stands in the order, in values that survive JSON. */
function positionOf(row: RowValues, { columns, order, values = [] }: SelectPlan): unknown[] {
  return order.map(({ operand }) => {
    const at = 'column' in operand ? columns.indexOf(operand.column) : -1
    return row[at >= 0 ? at : columns.length + values.indexOf(operand)] ?? null
  })
}

/** A cursor belongs to a reader, an object and a question. */
function bindingOf(scope: Scope, object: string, query: Query): string {
  const { where, search, sort, deleted } = query
  const question = hash('sha256', JSON.stringify([where ?? null, search ?? null, sort ?? null, deleted ?? null]), 'base64url')
  return `${scope.actor.tenant}\0${scope.actor.id}\0${object}\0${question}`
}
