import { type ColumnType, StoreFailure, type SweepOutcome, type SweepPlan, type SweepValues } from '@guanxi/core/store'
import { Bindings, fill, type Slot } from '../sql/bindings.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import { predicateSql } from '../sql/predicate.ts'
import type { Scope } from '../sql/scope.ts'
import { factsSql, newValueSql, ruleSql } from '../sql/sweep.ts'
import { type Tables, typeOf } from '../sql/tables.ts'
import { changeColumns } from '../write/change-row.ts'
import { postgresDialect } from './dialect.ts'
import { columnDifference } from './diff.ts'
import { revisionGuard } from './guards.ts'
import type { PostgresLink } from './link.ts'
import { type Statement, statement } from './prepared-names.ts'

/** A sweep as one statement. */
export interface CompiledSweep {
  readonly statement: Statement
  readonly slots: readonly Slot[]
}

const place = { expected: '$3', object: '$4', at: '$5', recordedAt: '$6', actorKind: '$7', actorId: '$8', cause: '$9', idStart: '$10' }
const beforeSlots = 10

/** Rows are locked and judged in `due`; the rows written, their number and the revision hang on one verdict. */
export function compileSweep(tables: Tables, plan: SweepPlan): CompiledSweep {
  tables.meet([plan.table])
  const bindings = new Bindings(postgresDialect, beforeSlots)
  const scope: Scope = { dialect: postgresDialect, bindings, tables, table: plan.table.name, depth: 0 }
  const expressions = [
    `due AS MATERIALIZED (${dueSql(scope, plan)})`,
    `verdict AS MATERIALIZED (SELECT ${revisionGuard.sql} AS "__revision", count(*) AS reached FROM due)`,
    `go AS MATERIALIZED (SELECT 1 FROM verdict WHERE "__revision" AND (${place.expected}::bigint IS NULL OR reached = ${place.expected}))`,
    `written AS (${updateSql(plan)})`,
    `change AS (${changeSql(plan)})`,
  ]
  const sql = `WITH ${expressions.join(', ')} SELECT "__revision", reached, (SELECT id FROM due ORDER BY id DESC LIMIT 1) AS last FROM verdict`
  return { statement: statement(sql, `sweep ${plan.table.name}`), slots: bindings.slots }
}

/** Locked in the order of their ids, so that sweeps and batches cannot block each other. */
function dueSql(scope: Scope, plan: SweepPlan): string {
  const parts = ['t0."id" AS id', 't0."version" + 1 AS version', `${ruleSql(scope, plan)} AS rule`]
  plan.columns.forEach((column, index) => {
    parts.push(`t0.${quote(column)} AS "o${index}"`, `${newValueSql(scope, plan, index)} AS "n${index}"`)
  })
  parts.push(`${factsSql(scope, plan, (pairs) => `json_build_object(${pairs.join(', ')})::text`)} AS facts`)
  const where = [`t0."tenant_id" = $1`, predicateSql(scope, plan.where)]
  const { page } = plan
  if (page) where.push(`t0."id" > ${typed(scope.bindings.add(page.after), 'uuid')}`)
  const most = page ? ` LIMIT ${typed(scope.bindings.add(page.limit), 'integer')}` : ''
  return `SELECT ${parts.join(', ')} FROM ${quote(plan.table.name)} t0 WHERE ${where.join(' AND ')} ORDER BY t0."id"${most} FOR UPDATE OF t0`
}

function updateSql(plan: SweepPlan): string {
  const assignments = plan.columns.map((column, index) => `${quote(column)} = d."n${index}"`)
  assignments.push('"version" = d.version', `"updated_at" = ${place.at}::bigint`, `"updated_by" = ${place.actorId}::text`)
  return `UPDATE ${quote(plan.table.name)} AS t0 SET ${assignments.join(', ')} FROM go, due d WHERE t0."tenant_id" = $1 AND t0."id" = d.id`
}

/** The salt is random; ids begin with the time, as all ids here do. */
function changeSql(plan: SweepPlan): string {
  const differences = plan.columns.map((column, index) =>
    columnDifference(column, `d."o${index}"`, `d."n${index}"`, typeOf(plan.table, column)),
  )
  const rows =
    `SELECT d.id, d.version, ${place.cause}::text || ',"rule":' || d.rule || ',"facts":' || d.facts || '}' AS cause, ` +
    `'{' || array_to_string(ARRAY[${differences.join(', ')}]::text[], ',') || '}' AS "text", ` +
    `replace(gen_random_uuid()::text, '-', '') AS salt FROM go, due d OFFSET 0`
  const own: Readonly<Record<string, string>> = {
    tenant_id: '$1',
    id: `(overlay(overlay(gen_random_uuid()::text PLACING ${place.idStart}::text FROM 1) PLACING '7' FROM 15))::uuid`,
    record_id: 'r.id',
    object: typed(place.object, 'text'),
    version: 'r.version',
    op: `'update'`,
    at: typed(place.at, 'integer'),
    recorded_at: typed(place.recordedAt, 'integer'),
    actor_kind: typed(place.actorKind, 'text'),
    actor_id: typed(place.actorId, 'text'),
    cause: 'r.cause::json',
    authors: 'NULL::json',
    values: 'r."text"::json',
    salt: 'r.salt',
    digest: `encode(sha256(convert_to(r.salt || r."text", 'UTF8')), 'hex')`,
  }
  return `INSERT INTO "crm_change" (${quoteAll(changeColumns)}) SELECT ${changeColumns.map((name) => own[name]).join(', ')} FROM (${rows}) r`
}

const typed = (text: string, type: ColumnType): string => postgresDialect.typed(text, type)

export async function runSweep(link: PostgresLink, compiled: CompiledSweep, values: SweepValues): Promise<SweepOutcome> {
  const { change, params } = values
  const places: unknown[] = [params[0], values.revision, values.expected, change.object, change.at, change.recordedAt]
  places.push(change.actorKind, change.actorId, values.cause, idStart(Date.now()))
  fill(postgresDialect, compiled.slots, [params[0]], params, places, beforeSlots)
  const { rows } = await link.query(compiled.statement, places)
  const [verdict] = rows
  if (!verdict) throw new StoreFailure('A sweep gave no verdict.', false)
  const reached = Number(verdict.reached)
  const refused: SweepOutcome['refused'][number][] = verdict.__revision === false ? ['revision'] : []
  if (values.expected !== null && reached !== values.expected) refused.push('expected')
  return { reached, last: verdict.last === null ? null : String(verdict.last), refused }
}

/** The time in front of an id. */
function idStart(at: number): string {
  const hex = Math.max(at, 0).toString(16).padStart(12, '0').slice(-12)
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
