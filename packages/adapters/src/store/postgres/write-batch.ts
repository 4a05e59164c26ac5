import { type BatchValues, changeTable, type Guard, StoreFailure, type WriteOutcome, type WritePlan } from '@guanxi/core/store'
import { Bindings, fill, type Slot } from '../sql/bindings.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import { predicateSql } from '../sql/predicate.ts'
import { type Tables, typeOf } from '../sql/tables.ts'
import { changeColumns } from '../write/change-row.ts'
import { refusedBy, written } from '../write/outcome.ts'
import { columnText, onceSql } from './array-text.ts'
import { alikeColumns, ownColumns, placeGiven, placeRecords, recordColumns, sharedColumns } from './batch-values.ts'
import { postgresDialect, typeName } from './dialect.ts'
import { createdSql } from './diff.ts'
import { type GuardColumn, revisionGuard } from './guards.ts'
import type { PostgresLink } from './link.ts'
import { type Statement, statement } from './prepared-names.ts'
import { batchSatelliteSql } from './satellites.ts'

/** A batch as one statement: its records and the rows of its satellites travel column by column, as arrays. */
export interface CompiledBatch {
  readonly plan: WritePlan
  readonly statement: Statement
  readonly policySlots: readonly Slot[]
  /** Where in `set` the columns stand whose values are sent. */
  readonly own: readonly number[]
}

/** Tenant and revision come first, then what the change rows share, then the arrays. */
const beforeShared = 2
const beforeArrays = beforeShared + sharedColumns.length

export function compileBatch(tables: Tables, plan: WritePlan): CompiledBatch {
  tables.meet([plan.table, ...plan.satellites.map((satellite) => satellite.table)])
  const own = ownColumns(plan)
  const beforePolicy = beforeArrays + recordColumns.length + own.length + (plan.diff === 'given' ? 2 : 0)
  const policy = new Bindings(postgresDialect, beforePolicy)
  const scope = { dialect: postgresDialect, bindings: policy, tables, table: plan.table.name, depth: 0 }
  const policySql = plan.policy ? predicateSql(scope, plan.policy) : null
  let used = beforePolicy + policy.slots.length
  const satellites = plan.satellites.map((satellite, index) => {
    const places = satellite.columns.map(() => `$${++used}`)
    return `satellite${index} AS (${batchSatelliteSql(satellite, places)})`
  })
  const isUnjudged = plan.op === 'insert' || plan.held === true
  const guards = isUnjudged ? [revisionGuard] : [revisionGuard, ...rowGuards(plan)]
  const names = guards.map(({ name }) => `"${name}"`)
  const judged = guards.map(({ name, sql }) => `${sql} AS "${name}"`).join(', ')
  const expressions = [
    `input AS MATERIALIZED (${inputSql(plan, own)})`,
    ...(isUnjudged ? [] : [`row_ AS MATERIALIZED (${lockedRows(plan, policySql)})`]),
    `verdict AS MATERIALIZED (SELECT ${judged}${isUnjudged ? '' : ' FROM input LEFT JOIN row_ r ON r."id" = input.id'})`,
    `go AS MATERIALIZED (SELECT 1 FROM verdict WHERE ${names.join(' AND ')})`,
    `written AS (${plan.op === 'insert' ? insertSql(plan, own) : updateSql(plan, own)})`,
    `change AS (${changesSql(plan)})`,
    ...satellites,
  ]
  const sql = `WITH ${expressions.join(', ')} SELECT ${names.join(', ')} FROM verdict`
  return { plan, statement: statement(sql, `${plan.op} batch ${plan.table.name}`), policySlots: policy.slots, own }
}

/**
 * The arrays side by side again, and the differences: made here for new records, else as they were given. Those are json, not jsonb:
 * their digests were taken over these very letters.
 */
function inputSql(plan: WritePlan, own: readonly number[]): string {
  const isGiven = plan.diff === 'given'
  const columns: Sent[] = [
    ...recordColumns.map(([name, type]) => ({ name, type, column: name })),
    ...own.map((index) => setColumn(plan, index)),
    ...(isGiven ? [{ name: 'digest', type: 'text', column: 'digest' }] : []),
  ]
  const arrays = columns.map(({ type }, index) => `$${beforeArrays + index + 1}::${type}[]`)
  const values = columns.map(({ name, column }, index) =>
    alikeColumns.has(column) ? onceSql(arrays[index] ?? '', `given.${name}`) : `given.${name}`,
  )
  const names = columns.map(({ name }) => name)
  const list = values.map((value, index) => `${value} AS ${names[index]}`).join(', ')
  if (!isGiven) {
    const created = createdSql(plan, (index) => values[names.indexOf(`s${index}`)] ?? '')
    return `SELECT ${list}, ${created} AS "values" FROM unnest(${arrays.join(', ')}) AS given (${names.join(', ')})`
  }
  const differences = `json_array_elements($${beforeArrays + columns.length + 1}::json)`
  const source = `ROWS FROM (unnest(${arrays.join(', ')}), ${differences}) AS given (${names.join(', ')}, "values")`
  return `SELECT ${list}, given."values" FROM ${source}`
}

/** A column of `input`: what it is called there, its type, and whose values it holds. */
interface Sent {
  readonly name: string
  readonly type: string
  readonly column: string
}

function setColumn({ table, set }: WritePlan, index: number): Sent {
  const column = set[index] ?? ''
  return { name: `s${index}`, type: typeName[typeOf(table, column)], column }
}

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

function insertSql(plan: WritePlan, own: readonly number[]): string {
  const columns = ['tenant_id', 'id', ...own.map((index) => plan.set[index] ?? '')]
  const values = ['$1', 'input.id', ...own.map((index) => `input.s${index}`)]
  return `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) SELECT ${values.join(', ')} FROM go, input`
}

function updateSql(plan: WritePlan, own: readonly number[]): string {
  const assignments = own.map((index) => `${quote(plan.set[index] ?? '')} = input.s${index}`)
  assignments.push('"version" = input.version')
  const where = 't0."tenant_id" = $1 AND t0."id" = input.id'
  return `UPDATE ${quote(plan.table.name)} AS t0 SET ${assignments.join(', ')} FROM go, input WHERE ${where}`
}

function changesSql(plan: WritePlan): string {
  const own: Record<string, string> = {
    tenant_id: '$1',
    id: 'input.change_id',
    record_id: 'input.id',
    version: 'input.version',
    at: 'input.at',
    recorded_at: 'input.recorded_at',
    cause: 'input.cause::json',
    authors: 'input.authors::json',
    salt: 'input.salt',
  }
  sharedColumns.forEach((column, index) => {
    own[column] = `$${beforeShared + index + 1}::${typeName[typeOf(changeTable, column)]}`
  })
  if (plan.diff === 'given') {
    own.values = `CASE WHEN json_typeof(input."values") <> 'null' THEN input."values" END`
    own.digest = 'input.digest'
  } else {
    own.values = 'input."values"::json'
    own.digest = `encode(sha256(convert_to(input.salt || input."values", 'UTF8')), 'hex')`
  }
  return `INSERT INTO "crm_change" (${quoteAll(changeColumns)}) SELECT ${changeColumns.map((column) => own[column]).join(', ')} FROM go, input`
}

const namedGuards: readonly Guard[] = ['revision', 'found', 'state', 'version', 'policy']

export async function runBatch(link: PostgresLink, compiled: CompiledBatch, values: BatchValues): Promise<WriteOutcome> {
  const { plan } = compiled
  const { tenant, rows } = values
  const places: unknown[] = [tenant, values.revision]
  placeRecords(rows, plan, compiled.own, places)
  if (plan.diff === 'given') placeGiven(rows, places)
  fill(postgresDialect, compiled.policySlots, [tenant], values.policy ?? [], places, places.length)
  plan.satellites.forEach(({ columns }, satellite) => {
    const given = values.satellites[satellite] ?? []
    columns.forEach((_, index) => {
      places.push(columnText(given, index))
    })
  })
  const answer = await link.query(compiled.statement, places)
  const [verdict] = answer.rows
  if (!verdict) throw new StoreFailure('A batch gave no verdict.', false)
  const refused = namedGuards.filter((guard) => verdict[`__${guard}`] === false)
  return refused.length > 0 ? refusedBy(refused) : written
}
