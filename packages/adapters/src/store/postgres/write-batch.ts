import { type BatchValues, changeTable, type Guard, StoreFailure, type WriteOutcome, type WritePlan } from '@guanxi/core/store'
import { Bindings, fill, type Slot } from '../sql/bindings.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import { predicateSql } from '../sql/predicate.ts'
import type { Tables } from '../sql/tables.ts'
import { changeColumns, changeRow } from '../write/change-row.ts'
import { refusedBy, written } from '../write/outcome.ts'
import { postgresDialect } from './dialect.ts'
import { type GuardColumn, revisionGuard } from './guards.ts'
import type { PostgresLink } from './link.ts'
import { type Statement, statement } from './prepared-names.ts'
import { fromItem, satelliteSql } from './satellites.ts'

/** A batch as one statement: rows, change rows and each satellite travel as one JSON text each. */
export interface CompiledBatch {
  readonly plan: WritePlan
  readonly statement: Statement
  readonly policySlots: readonly Slot[]
}

const rowsPlace = '$3'
const changesPlace = '$4'
const beforePolicy = 4

export function compileBatch(tables: Tables, plan: WritePlan): CompiledBatch {
  tables.meet([plan.table, ...plan.satellites.map((satellite) => satellite.table)])
  const policy = new Bindings(postgresDialect, beforePolicy)
  const scope = { dialect: postgresDialect, bindings: policy, tables, table: plan.table.name, depth: 0 }
  const policySql = plan.policy ? predicateSql(scope, plan.policy) : null
  const satellites = plan.satellites.map((satellite, index) => {
    return `satellite${index} AS (${satelliteSql(satellite, `$${beforePolicy + policy.slots.length + index + 1}`)})`
  })
  const guards = plan.op === 'insert' ? [revisionGuard] : [revisionGuard, ...rowGuards(plan)]
  const names = guards.map(({ name }) => `"${name}"`)
  const expressions = [
    ...(plan.op === 'insert' ? [] : lockedRows(plan, policySql)),
    `verdict AS MATERIALIZED (SELECT ${guards.map(({ name, sql }) => `${sql} AS "${name}"`).join(', ')}${plan.op === 'insert' ? '' : judgedFrom})`,
    `go AS MATERIALIZED (SELECT 1 FROM verdict WHERE ${names.join(' AND ')})`,
    `written AS (${plan.op === 'insert' ? insertSql(plan) : updateSql(plan)})`,
    `change AS (${changesSql()})`,
    ...satellites,
  ]
  const sql = `WITH ${expressions.join(', ')} SELECT ${names.join(', ')} FROM verdict`
  return { plan, statement: statement(sql, `${plan.op} batch ${plan.table.name}`), policySlots: policy.slots }
}

const judgedFrom = ' FROM input LEFT JOIN row_ r ON r."id" = input.id'

/** The rows of an update, locked in the order of their ids so that two batches cannot block each other. */
function lockedRows(plan: WritePlan, policy: string | null): string[] {
  const parts = ['t0."id"', 't0."version"']
  if (plan.state !== 'any') parts.push(`t0."deleted_at" IS ${plan.state === 'live' ? 'NULL' : 'NOT NULL'} AS "__state"`)
  if (policy) parts.push(`(${policy}) IS TRUE AS "__policy"`)
  const input = `SELECT (item ->> 0)::uuid AS id, (item ->> 1)::bigint AS version, item FROM jsonb_array_elements(${rowsPlace}::jsonb) item`
  const where = 't0."tenant_id" = $1 AND t0."id" IN (SELECT id FROM input)'
  return [
    `input AS MATERIALIZED (${input})`,
    `row_ AS MATERIALIZED (SELECT ${parts.join(', ')} FROM ${quote(plan.table.name)} t0 WHERE ${where} ORDER BY t0."id" FOR UPDATE OF t0)`,
  ]
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
  const values = plan.set.map((column, index) => fromItem(plan, column, index + 2))
  const columns = [...plan.set]
  if (!plan.set.includes('tenant_id')) {
    columns.push('tenant_id')
    values.push('$1')
  }
  if (!plan.set.includes('id')) {
    columns.push('id')
    values.push(fromItem(plan, 'id', 0))
  }
  const rows = `FROM go, jsonb_array_elements(${rowsPlace}::jsonb) item`
  return `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) SELECT ${values.join(', ')} ${rows}`
}

function updateSql(plan: WritePlan): string {
  const assignments = plan.set.map((column, index) => `${quote(column)} = ${fromItem(plan, column, index + 2)}`)
  assignments.push('"version" = input.version')
  const where = 't0."tenant_id" = $1 AND t0."id" = input.id'
  return `UPDATE ${quote(plan.table.name)} AS t0 SET ${assignments.join(', ')} FROM go, input WHERE ${where}`
}

function changesSql(): string {
  const values = changeColumns.map((column, index) => fromItem({ table: changeTable }, column, index))
  const rows = `FROM go, jsonb_array_elements(${changesPlace}::jsonb) item`
  return `INSERT INTO "crm_change" (${quoteAll(changeColumns)}) SELECT ${values.join(', ')} ${rows}`
}

const namedGuards: readonly Guard[] = ['revision', 'found', 'state', 'version', 'policy']

export async function runBatch(link: PostgresLink, compiled: CompiledBatch, values: BatchValues): Promise<WriteOutcome> {
  const { tenant } = values
  const rows = values.rows.map((row) => [row.id, row.version, ...row.set])
  const changes = values.rows.map(({ id, version, change }) => changeRow(tenant, id, version, change, change.values, change.digest))
  const places: unknown[] = [tenant, values.revision, JSON.stringify(rows), JSON.stringify(changes)]
  fill(postgresDialect, compiled.policySlots, [tenant], values.policy ?? [], places, places.length)
  for (let index = 0; index < compiled.plan.satellites.length; index++) places.push(JSON.stringify(values.satellites[index] ?? []))
  const answer = await link.query(compiled.statement, places)
  const [verdict] = answer.rows
  if (!verdict) throw new StoreFailure('A batch gave no verdict.', false)
  const refused = namedGuards.filter((guard) => verdict[`__${guard}`] === false)
  return refused.length > 0 ? refusedBy(refused) : written
}
