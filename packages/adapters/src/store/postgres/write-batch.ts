import { type BatchValues, changeTable, type Guard, StoreFailure, type WriteOutcome, type WritePlan } from '@guanxi/core/store'
import { Bindings, fill, type Slot } from '../sql/bindings.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import { predicateSql } from '../sql/predicate.ts'
import { type Tables, typeOf } from '../sql/tables.ts'
import { changeColumns } from '../write/change-row.ts'
import { refusedBy, written } from '../write/outcome.ts'
import { batchTexts, headColumns } from './batch-values.ts'
import { postgresDialect, typeName } from './dialect.ts'
import { type GuardColumn, revisionGuard } from './guards.ts'
import type { PostgresLink } from './link.ts'
import { type Statement, statement } from './prepared-names.ts'
import { fromItem, satelliteSql } from './satellites.ts'

/** A batch as one statement: its records travel as a few JSON texts, and so does each satellite. */
export interface CompiledBatch {
  readonly plan: WritePlan
  readonly statement: Statement
  readonly policySlots: readonly Slot[]
}

const place = { sets: '$3', records: '$4', values: '$5', heads: '$6' } as const
const beforePolicy = 6

export function compileBatch(tables: Tables, plan: WritePlan): CompiledBatch {
  tables.meet([plan.table, ...plan.satellites.map((satellite) => satellite.table)])
  const policy = new Bindings(postgresDialect, beforePolicy)
  const scope = { dialect: postgresDialect, bindings: policy, tables, table: plan.table.name, depth: 0 }
  const policySql = plan.policy ? predicateSql(scope, plan.policy) : null
  const satellites = plan.satellites.map((satellite, index) => {
    return `satellite${index} AS (${satelliteSql(satellite, `$${beforePolicy + policy.slots.length + index + 1}`)})`
  })
  const isInsert = plan.op === 'insert'
  const guards = isInsert ? [revisionGuard] : [revisionGuard, ...rowGuards(plan)]
  const names = guards.map(({ name }) => `"${name}"`)
  const judged = guards.map(({ name, sql }) => `${sql} AS "${name}"`).join(', ')
  const expressions = [
    `input AS MATERIALIZED (${inputSql})`,
    ...(isInsert ? [] : [`row_ AS MATERIALIZED (${lockedRows(plan, policySql)})`]),
    `verdict AS MATERIALIZED (SELECT ${judged}${isInsert ? '' : ' FROM input LEFT JOIN row_ r ON r."id" = input.id'})`,
    `go AS MATERIALIZED (SELECT 1 FROM verdict WHERE ${names.join(' AND ')})`,
    `written AS (${isInsert ? insertSql(plan) : updateSql(plan)})`,
    `change AS (${changesSql()})`,
    ...satellites,
  ]
  const sql = `WITH ${expressions.join(', ')} SELECT ${names.join(', ')} FROM verdict`
  return { plan, statement: statement(sql, `${plan.op} batch ${plan.table.name}`), policySlots: policy.slots }
}

/** The JSON texts side by side again. `values` is json, not jsonb: its digest was taken over these very letters. */
const inputSql =
  'SELECT (record ->> 0)::uuid AS id, (record ->> 1)::bigint AS version, record, item, "values" FROM ' +
  `ROWS FROM (jsonb_array_elements(${place.records}::jsonb), jsonb_array_elements(${place.sets}::jsonb), ` +
  `json_array_elements(${place.values}::json)) AS given (record, item, "values")`

/** The rows of an update, locked in the order of their ids so that two batches cannot block each other. */
function lockedRows(plan: WritePlan, policy: string | null): string {
  const parts = ['t0."id"', 't0."version"']
  if (plan.state !== 'any') parts.push(`t0."deleted_at" IS ${plan.state === 'live' ? 'NULL' : 'NOT NULL'} AS "__state"`)
  if (policy) parts.push(`(${policy}) IS TRUE AS "__policy"`)
  const where = 't0."tenant_id" = $1 AND t0."id" IN (SELECT id FROM input)'
  return `SELECT ${parts.join(', ')} FROM ${quote(plan.table.name)} t0 WHERE ${where} ORDER BY t0."id" FOR UPDATE OF t0`
}

function rowGuards(plan: WritePlan): GuardColumn[] {
  const every = (condition: string): string => `coalesce(bool_and(r."id" IS NULL OR ${condition}), true)`
  const guards: GuardColumn[] = [{ name: '__found', sql: 'coalesce(bool_and(r."id" IS NOT NULL), true)' }]
  if (plan.state !== 'any') guards.push({ name: '__state', sql: every('r."__state"') })
  guards.push({ name: '__version', sql: every('r."version" = input.version - 1') })
  if (plan.policy) guards.push({ name: '__policy', sql: every('r."__policy"') })
  return guards
}

function insertSql(plan: WritePlan): string {
  const columns = [...plan.set]
  const values = plan.set.map((column, index) => fromItem(plan, column, index))
  for (const [column, value] of [
    ['tenant_id', '$1'],
    ['id', 'input.id'],
  ] as const) {
    if (plan.set.includes(column)) continue
    columns.push(column)
    values.push(value)
  }
  return `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) SELECT ${values.join(', ')} FROM go, input`
}

function updateSql(plan: WritePlan): string {
  const assignments = plan.set.map((column, index) => `${quote(column)} = ${fromItem(plan, column, index)}`)
  assignments.push('"version" = input.version')
  const where = 't0."tenant_id" = $1 AND t0."id" = input.id'
  return `UPDATE ${quote(plan.table.name)} AS t0 SET ${assignments.join(', ')} FROM go, input WHERE ${where}`
}

function changesSql(): string {
  const own: Readonly<Record<string, string>> = {
    tenant_id: '$1',
    id: '(record ->> 2)::uuid',
    record_id: 'input.id',
    version: 'input.version',
    values: `CASE WHEN json_typeof("values") <> 'null' THEN "values" END`,
    salt: 'record ->> 3',
    digest: 'record ->> 4',
  }
  const headOf = (column: string): string => {
    const index = headColumns.indexOf(column)
    return `(${place.heads}::jsonb -> (record ->> 5)::int ->> ${index})::${typeName[typeOf(changeTable, column)]}`
  }
  const values = changeColumns.map((column) => own[column] ?? headOf(column))
  return `INSERT INTO "crm_change" (${quoteAll(changeColumns)}) SELECT ${values.join(', ')} FROM go, input`
}

const namedGuards: readonly Guard[] = ['revision', 'found', 'state', 'version', 'policy']

export async function runBatch(link: PostgresLink, compiled: CompiledBatch, values: BatchValues): Promise<WriteOutcome> {
  const { tenant } = values
  const texts = batchTexts(values.rows)
  const places: unknown[] = [tenant, values.revision, texts.sets, texts.records, texts.values, texts.heads]
  fill(postgresDialect, compiled.policySlots, [tenant], values.policy ?? [], places, places.length)
  for (let index = 0; index < compiled.plan.satellites.length; index++) places.push(JSON.stringify(values.satellites[index] ?? []))
  const answer = await link.query(compiled.statement, places)
  const [verdict] = answer.rows
  if (!verdict) throw new StoreFailure('A batch gave no verdict.', false)
  const refused = namedGuards.filter((guard) => verdict[`__${guard}`] === false)
  return refused.length > 0 ? refusedBy(refused) : written
}
