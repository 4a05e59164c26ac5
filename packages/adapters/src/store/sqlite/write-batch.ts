import type { BatchValues, Guard, WriteOutcome, WritePlan } from '@guanxi/core/store'
import { Bindings, fill } from '../sql/bindings.ts'
import { quote } from '../sql/identifier.ts'
import { predicateSql } from '../sql/predicate.ts'
import { columnSql, type Scope } from '../sql/scope.ts'
import { revisionSql } from '../sql/select.ts'
import type { Tables } from '../sql/tables.ts'
import { changeRow } from '../write/change-row.ts'
import { refusedBy, written } from '../write/outcome.ts'
import type { CompiledWrite } from './compile-write.ts'
import { encodeSqlite, sqliteDialect } from './dialect.ts'
import type { Placed } from './guards.ts'
import type { SqliteLink } from './link.ts'
import { writeSatellite } from './satellites.ts'

/** The ids and versions of all rows as one JSON text. */
const idsSource = -2

/** How many of a batch's records fail each guard, in one read over all of them. */
export function compileBatchGuards(tables: Tables, plan: WritePlan): Placed {
  const bindings = new Bindings(sqliteDialect, 0)
  const scope: Scope = { dialect: sqliteDialect, bindings, tables, table: plan.table.name, depth: 0 }
  const label = `guards ${plan.table.name}`
  const parts = [`${revisionSql(bindings.tenant())} AS "revision"`]
  if (plan.op === 'insert') return { sql: `SELECT ${parts.join(', ')}`, slots: bindings.slots, label }
  const id = columnSql(scope, 'id')
  const deleted = columnSql(scope, 'deleted_at')
  const count = (failure: string): string => `coalesce(sum(${id} IS NOT NULL AND (${failure})), 0)`
  parts.push(`coalesce(sum(${id} IS NULL), 0) AS "found"`)
  parts.push(`${count(`${columnSql(scope, 'version')} <> json_extract(item.value, '$[1]') - 1`)} AS "version"`)
  if (plan.state !== 'any') parts.push(`${count(`${deleted} IS ${plan.state === 'live' ? 'NOT NULL' : 'NULL'}`)} AS "state"`)
  if (plan.policy) parts.push(`${count(`(${predicateSql(scope, plan.policy)}) IS NOT TRUE`)} AS "policy"`)
  const items = bindings.add(idsSource)
  const row = `${columnSql(scope, 'tenant_id')} = ${bindings.tenant()} AND ${id} = json_extract(item.value, '$[0]')`
  const sql = `SELECT ${parts.join(', ')} FROM json_each(${items}) item LEFT JOIN ${quote(plan.table.name)} t0 ON ${row}`
  return { sql, slots: bindings.slots, label }
}

const rowGuards: readonly Guard[] = ['found', 'state', 'version', 'policy']

/** Runs a batch inside a transaction. A loop over cached statements beats any other form on SQLite. */
export async function runBatch(link: SqliteLink, compiled: CompiledWrite, guards: Placed, values: BatchValues): Promise<WriteOutcome> {
  const refused = await judge(link, guards, values)
  if (refused.length > 0) return refusedBy(refused)
  for (const record of values.rows) {
    await link.run(compiled.plain, rowValues(compiled, values.tenant, record))
    const { change } = record
    await link.run(compiled.change, changeRow(values.tenant, record.id, record.version, change, change.values, change.digest))
  }
  for (let index = 0; index < compiled.satellites.length; index++) {
    const satellite = compiled.satellites[index]
    if (satellite) await writeSatellite(link, satellite, values.tenant, values.satellites[index] ?? [])
  }
  return written
}

async function judge(link: SqliteLink, guards: Placed, values: BatchValues): Promise<Guard[]> {
  const ids = JSON.stringify(values.rows.map((row) => [row.id, row.version]))
  const places: unknown[] = new Array(guards.slots.length)
  fill(sqliteDialect, guards.slots, [values.tenant, ids], values.policy ?? [], places, 0)
  const [row = {}] = await link.all(guards, places)
  const refused: Guard[] = []
  if (values.revision !== null && row.revision !== values.revision) refused.push('revision')
  return refused.concat(rowGuards.filter((guard) => Number(row[guard] ?? 0) > 0))
}

function rowValues(compiled: CompiledWrite, tenant: string, record: BatchValues['rows'][number]): unknown[] {
  const row = record.set.map(encodeSqlite)
  if (compiled.plan.op === 'insert') {
    for (const column of compiled.added) row.push(column === 'id' ? record.id : tenant)
  } else {
    row.push(tenant, record.id)
  }
  return row
}
