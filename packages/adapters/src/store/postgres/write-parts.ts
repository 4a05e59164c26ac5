import type { WritePlan } from '@guanxi/core/store'
import { quote, quoteAll } from '../sql/identifier.ts'
import { typeOf } from '../sql/tables.ts'
import { changeColumns } from '../write/change-row.ts'
import type { WritePlaces } from '../write/places.ts'
import { postgresDialect } from './dialect.ts'
import { mergedExt } from './diff.ts'
import { satelliteSql } from './satellites.ts'

/*
 * The parts of a composed write that write. Each hangs on `go`, the common table expression that has its one row only when all guards hold.
 */

/** The row of an insert, where `go` has its one row. */
export function insertSql(plan: WritePlan, places: WritePlaces, go: string): string {
  const columns = [...plan.set]
  const values = plan.set.map((column, index) => postgresDialect.typed(places.set[index] ?? '', typeOf(plan.table, column)))
  for (const [column, place] of [
    ['tenant_id', '$1'],
    ['id', places.id],
  ] as const) {
    if (plan.set.includes(column)) continue
    columns.push(column)
    values.push(postgresDialect.typed(place, typeOf(plan.table, column)))
  }
  return `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) SELECT ${values.join(', ')} FROM ${go}`
}

/** The row of an update, which has been locked and judged. */
export function updateSql(plan: WritePlan, places: WritePlaces): string {
  const assignments = plan.set.map((column, index) => {
    return `${quote(column)} = ${postgresDialect.typed(places.set[index] ?? '', typeOf(plan.table, column))}`
  })
  if (plan.mergeExt) assignments.push(`"ext" = ${mergedExt('t0."ext"', places.ext)}`)
  assignments.push('"version" = go."version"')
  const returning = plan.returning.length > 0 ? ` RETURNING ${plan.returning.map((column) => `t0.${quote(column)}`).join(', ')}` : ''
  const where = `t0."tenant_id" = $1 AND t0."id" = ${places.id}`
  return `UPDATE ${quote(plan.table.name)} AS t0 SET ${assignments.join(', ')} FROM go WHERE ${where}${returning}`
}

/** The change row's statement, and the satellites as parts of one. */
export function restSql(plan: WritePlan, places: WritePlaces, go: string): string[] {
  const satellites = plan.satellites.map(
    (satellite, index) => `satellite${index} AS (${satelliteSql(satellite, places.satellites[index] ?? { rows: [] }, go)})`,
  )
  return [changeSql(plan, places, go), ...satellites]
}

function changeSql(plan: WritePlan, places: WritePlaces, go: string): string {
  const [id, object, op, at, recordedAt, actorKind, actorId, cause, authors, salt] = places.change
  const values = plan.diff === 'given' ? `${places.values}::json` : `${go}."text"::json`
  const digest =
    plan.diff === 'given' ? `${places.digest}::text` : `encode(sha256(convert_to(${salt}::text || ${go}."text", 'UTF8')), 'hex')`
  const row = ['$1', `${id}::uuid`, `${object}::text`, `${places.id}::uuid`, `${go}."version"`, `${op}::text`, `${at}::bigint`]
  row.push(
    `${recordedAt}::bigint`,
    `${actorKind}::text`,
    `${actorId}::text`,
    `${cause}::json`,
    `${authors}::json`,
    values,
    `${salt}::text`,
    digest,
  )
  return `INSERT INTO "crm_change" (${quoteAll(changeColumns)}) SELECT ${row.join(', ')} FROM ${go}`
}
