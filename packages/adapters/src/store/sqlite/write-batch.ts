import type { BatchRow, BatchValues, Guard, SatellitePlan, WriteOutcome, WritePlan } from '@guanxi/core/store'
import { Bindings, fill } from '../sql/bindings.ts'
import { quote } from '../sql/identifier.ts'
import { predicateSql } from '../sql/predicate.ts'
import { columnSql, type Scope } from '../sql/scope.ts'
import { revisionSql } from '../sql/select.ts'
import type { Tables } from '../sql/tables.ts'
import { type CreatedValues, createdValues } from '../write/created-text.ts'
import { refusedBy, written } from '../write/outcome.ts'
import { insertChanges } from './change-rows.ts'
import { encodeSqlite, sqliteDialect } from './dialect.ts'
import type { Placed } from './guards.ts'
import { type InsertRows, insertRows, runInsert } from './insert-rows.ts'
import type { SqliteLink } from './link.ts'
import { element, satelliteSql } from './satellites.ts'
import type { Statement } from './statement.ts'
import { runUpdates, type UpdateRows, updateRows } from './update-rows.ts'

/** A batch: guards over all records first, then rows and change rows, because a loop over one statement beats any other form where a statement is no trip. */
export interface CompiledBatch {
  readonly plan: WritePlan
  readonly guards: Placed
  /** New rows, or updates. */
  readonly rows: InsertRows | UpdateRows
  /** States what new rows hold; null where changes are given whole. */
  readonly created: CreatedValues | null
  /** One for the rows of all records together. */
  readonly satellites: readonly BatchSatellite[]
}

interface BatchSatellite extends Statement {
  /** Is the tenant a value of its own, ahead of the rows? */
  readonly hasTenant: boolean
}

export function compileBatch(tables: Tables, plan: WritePlan): CompiledBatch {
  tables.meet([plan.table, ...plan.satellites.map((satellite) => satellite.table)])
  return {
    plan,
    guards: compileGuards(tables, plan),
    rows: plan.op === 'insert' ? insertRows(plan.table.name, ['tenant_id', 'id', ...othersOf(plan)]) : updateRows(plan),
    created: createdValues(plan),
    satellites: plan.satellites.map(compileSatellite),
  }
}

const othersOf = ({ set }: WritePlan): readonly string[] => set.filter((column) => !isKey(column))

const isKey = (column: string): boolean => column === 'tenant_id' || column === 'id'

function compileSatellite(plan: SatellitePlan): BatchSatellite {
  const hasTenant = plan.op === 'delete' || !plan.columns.includes('tenant_id')
  return { sql: satelliteSql(plan, '?', '?'), label: `satellite ${plan.table.name}`, hasTenant }
}

/** The ids and versions of all records as one JSON text. */
const idsSource = -2

/** How many of the records fail each guard, in one read over all of them. */
function compileGuards(tables: Tables, plan: WritePlan): Placed {
  const bindings = new Bindings(sqliteDialect, 0)
  const scope: Scope = { dialect: sqliteDialect, bindings, tables, table: plan.table.name, depth: 0 }
  const label = `guards ${plan.table.name}`
  const parts = [`${revisionSql(bindings.tenant())} AS "revision"`]
  if (plan.op === 'insert' || plan.held) return { sql: `SELECT ${parts.join(', ')}`, slots: bindings.slots, label }
  const id = columnSql(scope, 'id')
  const deleted = columnSql(scope, 'deleted_at')
  const count = (failure: string): string => `coalesce(sum(${id} IS NOT NULL AND (${failure})), 0)`
  parts.push(`coalesce(sum(${id} IS NULL), 0) AS "found"`)
  parts.push(`${count(`${columnSql(scope, 'version')} <> ${element(1)} - 1`)} AS "version"`)
  if (plan.state !== 'any') parts.push(`${count(`${deleted} IS ${plan.state === 'live' ? 'NOT NULL' : 'NULL'}`)} AS "state"`)
  if (plan.policy) parts.push(`${count(`(${predicateSql(scope, plan.policy)}) IS NOT TRUE`)} AS "policy"`)
  const items = bindings.add(idsSource)
  const row = `${columnSql(scope, 'tenant_id')} = ${bindings.tenant()} AND ${id} = ${element(0)}`
  const sql = `SELECT ${parts.join(', ')} FROM json_each(${items}) item LEFT JOIN ${quote(plan.table.name)} t0 ON ${row}`
  return { sql, slots: bindings.slots, label }
}

const rowGuards: readonly Guard[] = ['found', 'state', 'version', 'policy']

/** Runs a batch inside a transaction. */
export async function runBatch(link: SqliteLink, compiled: CompiledBatch, values: BatchValues): Promise<WriteOutcome> {
  const refused = await judge(link, compiled, values)
  if (refused.length > 0) return refusedBy(refused)
  await writeRows(link, compiled, values)
  await insertChanges(link, values, compiled.created)
  for (const [index, satellite] of compiled.satellites.entries()) {
    const rows = values.satellites[index]
    if (rows && rows.length > 0)
      await link.run(satellite, satellite.hasTenant ? [values.tenant, JSON.stringify(rows)] : [JSON.stringify(rows)])
  }
  return written
}

function writeRows(link: SqliteLink, { plan, rows: statement }: CompiledBatch, { tenant, rows }: BatchValues): Promise<void> {
  if (!('columns' in statement)) return runUpdates(link, statement, tenant, rows)
  const own = plan.set.flatMap((column, index) => (isKey(column) ? [] : [index]))
  const values: unknown[] = new Array(own.length + 2)
  return runInsert(link, statement, rows.length, (index) => {
    const { id, set } = rows[index] as BatchRow
    values[0] = tenant
    values[1] = id
    for (let at = 0; at < own.length; at++) values[at + 2] = encodeSqlite(set[own[at] as number])
    return values
  })
}

async function judge(link: SqliteLink, { plan, guards }: CompiledBatch, values: BatchValues): Promise<Guard[]> {
  const ids = plan.held || plan.op === 'insert' ? '' : JSON.stringify(values.rows.map((row) => [row.id, row.version]))
  const places: unknown[] = new Array(guards.slots.length)
  fill(sqliteDialect, guards.slots, [values.tenant, ids], values.policy ?? [], places, 0)
  const [row = {}] = await link.all(guards, places)
  const refused: Guard[] = []
  if (values.revision !== null && row.revision !== values.revision) refused.push('revision')
  return refused.concat(rowGuards.filter((guard) => Number(row[guard] ?? 0) > 0))
}
