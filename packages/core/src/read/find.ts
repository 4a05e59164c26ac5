import { hash } from 'node:crypto'
import { crmError } from '../error/crm-error.ts'
import { columnOperand, fieldOperand } from '../expression/operand.ts'
import { shapeOf } from '../expression/shape.ts'
import type { FieldDefinition } from '../object/definition.ts'
import type { Page, Query } from '../record/records.ts'
import { authorise, type Scope, sessionOf } from '../scope/scope.ts'
import type { Order, RowValues, SelectPlan } from '../store/port.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { fieldOf, type ObjectRuntime, requireAbility } from '../tenant/object-runtime.ts'
import { withTenant } from '../tenant/tenants.ts'
import { countMatches } from './aggregate.ts'
import { lowerConditions } from './conditions.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { expandRecords } from './expand.ts'
import { fieldNames, pageLimits, refuseStaleValues, refuseUnknown } from './query.ts'

const queryKeys = new Set(['where', 'search', 'sort', 'limit', 'cursor', 'fields', 'expand', 'count', 'deleted'])

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
    const sort = sortOf(runtime, query.sort)
    const codec = runtime.codecFor(query.fields && fieldNames(runtime, query.fields))
    const binding = bindingOf(scope, object, query)
    const position = query.cursor === undefined ? null : openCursor(query.cursor, binding, scope.kernel.cursorKey(), sort.order.length)
    const after = position?.map((value) => params.add(value))
    const limitParam = params.add(limit + 1)
    const shape = `${shapeOf(predicate)}|${sort.shape}|${after ? 'after' : ''}|${codec.columns.join(',')}`
    const plan = runtime.selects.get(
      shape,
      (): SelectPlan => ({
        table: runtime.definition.table,
        columns: withSortColumns(codec.columns, sort.order),
        where: predicate,
        order: sort.order,
        ...(after && { after }),
        limit: limitParam,
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

function pageLimit(limit: unknown): number {
  if (limit === undefined) return pageLimits.default
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= pageLimits.max) return limit
  throw crmError(
    'PARAMETER_INVALID',
    { name: 'limit', reason: `it must be a whole number from 1 to ${pageLimits.max}` },
    { path: '/limit' },
  )
}

function deletedOf(query: Query): 'exclude' | 'only' {
  const { deleted = 'exclude' } = query
  if (deleted === 'exclude' || deleted === 'only') return deleted
  throw crmError('PARAMETER_INVALID', { name: 'deleted', reason: 'it is “exclude” or “only”' }, { path: '/deleted' })
}

function sortOf(runtime: ObjectRuntime, sort: readonly string[] | undefined): { order: readonly Order[]; shape: string } {
  const terms = sort ?? ['-createdAt']
  if (!Array.isArray(terms) || terms.length > pageLimits.sort)
    throw crmError('LIMIT_EXCEEDED', { what: 'sort fields', limit: pageLimits.sort }, { path: '/sort' })
  const order = terms.flatMap((term: unknown) => ordersOf(runtime, term))
  const descending = order.at(-1)?.descending ?? false
  return { order: [...order, { operand: { column: 'id', nullable: false }, descending }], shape: terms.join(',') }
}

/** Amounts sort within their currency. */
function ordersOf(runtime: ObjectRuntime, term: unknown): Order[] {
  const text = typeof term === 'string' ? term : ''
  const descending = text.startsWith('-')
  const field = fieldOf(runtime.definition, descending ? text.slice(1) : text, '/sort')
  if (field.name !== 'id') requireAbility(field, 'sortable', 'sort')
  const order = { operand: sortOperand(runtime, field), descending }
  return field.kind === 'money' ? [{ operand: columnOperand(field, 1), descending: false }, order] : [order]
}

/** Names sort as people expect (pinyin among Latin); everything else by its value. */
function sortOperand(runtime: ObjectRuntime, field: FieldDefinition): Order['operand'] {
  if (field.name === runtime.definition.nameField) return { column: 'name_sort', nullable: false }
  return fieldOperand(field)
}

function withSortColumns(columns: readonly string[], order: readonly Order[]): readonly string[] {
  const needed = order.map(({ operand }) => ('column' in operand ? operand.column : 'ext'))
  return [...new Set([...columns, ...needed])]
}

/** Where a row stands in the order, in values that survive JSON. */
function positionOf(values: RowValues, { columns, order }: SelectPlan): unknown[] {
  const stored = (column: string) => values[columns.indexOf(column)]
  return order.map(({ operand }) => {
    const raw = 'column' in operand ? stored(operand.column) : extValue(stored('ext'), operand.ext)
    return raw === undefined ? null : raw
  })
}

function extValue(ext: unknown, key: string): unknown {
  const document: unknown = typeof ext === 'string' ? JSON.parse(ext) : ext
  return typeof document === 'object' && document !== null ? (document as Record<string, unknown>)[key] : null
}

/** A cursor belongs to a reader, an object and a question. */
function bindingOf(scope: Scope, object: string, query: Query): string {
  const { where, search, sort, deleted } = query
  const question = hash('sha256', JSON.stringify([where ?? null, search ?? null, sort ?? null, deleted ?? null]), 'base64url')
  return `${scope.actor.tenant}\0${scope.actor.id}\0${object}\0${question}`
}
