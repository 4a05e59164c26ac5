import { crmError } from '../error/crm-error.ts'
import { shapeOf, valuesShape } from '../expression/shape.ts'
import { kindOf } from '../kind/registry.ts'
import type { FieldDefinition } from '../object/definition.ts'
import type { AggregateQuery, AggregateRow } from '../record/records.ts'
import { authorise, type Scope, sessionOf } from '../scope/scope.ts'
import type { AggregatePlan, Measure, RawRow } from '../store/port.ts'
import type { RowValue } from '../store/predicate.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import { type ObjectRuntime, requireAbility } from '../tenant/object-runtime.ts'
import { type Tenant, withTenant } from '../tenant/tenants.ts'
import { asOfPlan } from './as-of.ts'
import { fieldValueOf, readableField } from './computed.ts'
import { type Conditions, lowerConditions } from './conditions.ts'
import { refuseStale, refuseUnknown } from './query.ts'

/** Bounds of an aggregate. */
export const aggregateLimits = { groups: 2, measures: 10, rows: 1_000, defaultRows: 500 } as const

const queryKeys = new Set(['where', 'search', 'group', 'measures', 'asOf', 'limit'])
const countKeys = new Set(['where', 'search'])

interface Figure {
  readonly name: string
  readonly fn: Exclude<Measure['fn'], 'countOf'>
  readonly field: FieldDefinition | null
}

/** Figures per group, under the same conditions as a page of the same records. */
export function aggregateRecords(scope: Scope, object: string, query: AggregateQuery): Promise<AggregateRow[]> {
  refuseUnknown(query, queryKeys)
  return withTenant(scope.kernel.tenants, scope, async (tenant) => {
    const runtime = readableRuntime(scope, tenant, object)
    const reach = authorise(scope, 'read', object)
    const groups = listOf(query.group, 'group', aggregateLimits.groups).map((name) => groupField(scope, tenant, runtime, name))
    const figures = listOf(query.measures ?? ['count'], 'measures', aggregateLimits.measures).map((name) =>
      figureOf(scope, tenant, runtime, name),
    )
    const limit = rowLimit(query.limit)
    const currency = currencyOf(figures)
    const { predicate, params } = lowerConditions(tenant, runtime, scope, { where: query.where, search: query.search, reach })
    const partOf = (field: FieldDefinition, part = 0): RowValue => fieldValueOf(scope, tenant, runtime, field, part, params)
    const operands = [...groups.map((field) => partOf(field)), ...(currency ? [partOf(currency, 1)] : [])]
    const measures = figures.map((figure, index) => measureOf(figure, index, partOf))
    const past = query.asOf === undefined ? null : asOfPlan(runtime, query, [...operands, ...measures.flatMap(measured)], predicate, params)
    const limitParam = params.add(limit + 1)
    const shape = `${past?.shape ?? ''}|${shapeOf(past?.predicate ?? predicate)}|${valuesShape(operands)}|${figures.map((figure) => figure.name).join(',')}${valuesShape(measures.flatMap(measured))}`
    const plan = runtime.aggregates.get(
      shape,
      (): AggregatePlan => ({
        table: runtime.definition.table,
        where: past?.predicate ?? predicate,
        ...(past && { asOf: past.asOf }),
        groups: operands,
        measures,
        limit: limitParam,
        revision: true,
      }),
    )
    const rows = await sessionOf(scope).aggregate(plan, params.values)
    refuseStale(rows[0], tenant.revision)
    if (rows.length > limit) throw crmError('LIMIT_EXCEEDED', { what: 'groups', limit }, { path: '/limit' })
    return rows.map((row) => aggregateRow(row, groups, currency, figures))
  })
}

/** How many records match. */
export function countRecords(scope: Scope, object: string, query: Pick<AggregateQuery, 'where' | 'search'>): Promise<number> {
  refuseUnknown(query, countKeys)
  return withTenant(scope.kernel.tenants, scope, (tenant) => {
    const reach = authorise(scope, 'read', object)
    return countMatches(scope, tenant, readableRuntime(scope, tenant, object), { ...query, reach })
  })
}

/** How many records match, under conditions already authorised. */
export async function countMatches(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, asked: Conditions): Promise<number> {
  const { predicate, params } = lowerConditions(tenant, runtime, scope, asked)
  const limit = params.add(1)
  const plan = runtime.aggregates.get(
    `count|${shapeOf(predicate)}`,
    (): AggregatePlan => ({
      table: runtime.definition.table,
      where: predicate,
      groups: [],
      measures: [{ as: 'm0', fn: 'count' }],
      limit,
      revision: true,
    }),
  )
  const [row] = await sessionOf(scope).aggregate(plan, params.values)
  refuseStale(row, tenant.revision)
  return Number(row?.m0 ?? 0)
}

const measured = (measure: Measure): RowValue[] => ('operand' in measure ? [measure.operand] : [])

function listOf(names: unknown, parameter: string, limit: number): readonly string[] {
  if (names === undefined) return []
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) {
    throw crmError('PARAMETER_INVALID', { name: parameter, reason: 'a list of names is expected' }, { path: `/${parameter}` })
  }
  if (names.length > limit) throw crmError('LIMIT_EXCEEDED', { what: parameter, limit }, { path: `/${parameter}` })
  return names
}

function rowLimit(limit: unknown): number {
  if (limit === undefined) return aggregateLimits.defaultRows
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= aggregateLimits.rows) return limit
  throw crmError(
    'PARAMETER_INVALID',
    { name: 'limit', reason: `it must be a whole number from 1 to ${aggregateLimits.rows}` },
    { path: '/limit' },
  )
}

function groupField(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, name: string): FieldDefinition {
  const field = readableField(scope, tenant, runtime, name, '/group')
  requireAbility(field, 'groupable', 'group')
  return field
}

const functions = new Set<string>(['sum', 'min', 'max', 'avg'])

function figureOf(scope: Scope, tenant: Tenant, runtime: ObjectRuntime, name: string): Figure {
  if (name === 'count') return { name, fn: 'count', field: null }
  const [fn = '', fieldName] = name.split(/:(.*)/s)
  if (!functions.has(fn))
    throw crmError('PARAMETER_INVALID', { name: 'measures', reason: `“${name.slice(0, 60)}” is not a measure` }, { path: '/measures' })
  const field = readableField(scope, tenant, runtime, fieldName, '/measures')
  requireAbility(field, fn === 'sum' || fn === 'avg' ? 'summable' : 'sortable', 'measures')
  return { name, fn: fn as 'sum', field }
}

/** The money field whose currency splits the groups; two of them would mix currencies. */
function currencyOf(figures: readonly Figure[]): FieldDefinition | null {
  const money = [...new Set(figures.flatMap(({ field }) => (field?.kind === 'money' ? [field] : [])))]
  if (money.length > 1)
    throw crmError('PARAMETER_INVALID', { name: 'measures', reason: 'only one money field at a time' }, { path: '/measures' })
  return money[0] ?? null
}

function measureOf({ fn, field }: Figure, index: number, partOf: (field: FieldDefinition) => RowValue): Measure {
  const as = `m${index}`
  if (fn === 'count' || field === null) return { as, fn: 'count' }
  return { as, fn, operand: partOf(field) }
}

function aggregateRow(
  row: RawRow,
  groups: readonly FieldDefinition[],
  currency: FieldDefinition | null,
  figures: readonly Figure[],
): AggregateRow {
  const group: Record<string, unknown> = {}
  groups.forEach((field, index) => {
    const raw = row[`g${index}`]
    group[field.name] = raw === null || raw === undefined ? null : kindOf(field.kind).decode([raw], field)
  })
  if (currency) group.currency = row[`g${groups.length}`] ?? null
  const values: Record<string, number | string | null> = {}
  figures.forEach((figure, index) => {
    values[figure.name] = figureValue(row[`m${index}`], figure)
  })
  return { group, values }
}

function figureValue(given: unknown, { fn, field }: Figure): number | string | null {
  if (given === null || given === undefined) return fn === 'count' ? 0 : null
  const raw = fn === 'sum' && field?.kind !== 'number' ? heldAt(Number(given)) : given
  if (fn === 'count' || fn === 'avg' || !field || field.kind === 'money') return scaled(Number(raw), fn, field)
  return kindOf(field.kind).decode([raw], field) as number | string
}

/** A sum of exact numbers stays one: beyond 2^53 - 1 it is held there, as in expressions. */
const heldAt = (sum: number): number => Math.min(Math.max(sum, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)

/** An average of stored units, in the field's own units. */
function scaled(value: number, fn: Figure['fn'], field: FieldDefinition | null): number {
  if (fn !== 'avg' || field?.kind !== 'decimal') return value
  return value / 10 ** (field.scale ?? 0)
}
