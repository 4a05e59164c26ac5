import type { WritePlan } from '@guanxi/core/store'
import { quote, quoteAll } from '../sql/identifier.ts'
import { type Tables, typeOf } from '../sql/tables.ts'
import { changeColumns } from '../write/change-row.ts'
import { type CompleteChange, completeChange } from '../write/created-text.ts'
import { type WritePlaces, writePlaces } from '../write/places.ts'
import { counterParts } from './counters.ts'
import { postgresDialect } from './dialect.ts'
import { diffColumns, diffSql, mergedExt } from './diff.ts'
import { type GuardColumn, lockedRow, referenceGuards, revisionGuard, rowGuards } from './guards.ts'
import { packedPlaces } from './packed-insert.ts'
import { type Statement, statement } from './prepared-names.ts'
import { satelliteSql } from './satellites.ts'

/** A composed write as one statement. */
export interface CompiledWrite {
  readonly plan: WritePlan
  readonly statement: Statement
  readonly places: WritePlaces
  /** The statement answers with rows; else the count of change rows says all there is to say. */
  readonly answers: boolean
  /** Insert: makes the change whole. Of a single record that is cheaper here than in the statement. */
  readonly complete: CompleteChange
}

/**
 * All guards are locked and judged first, in `verdict`; every part that writes hangs on `go`, which has its one row only when all of
 * them hold. The answer is the verdict, so that a refusal names its reasons.
 */
export function compileWrite(tables: Tables, asked: WritePlan): CompiledWrite {
  tables.meet([asked.table, ...asked.satellites.map((satellite) => satellite.table)])
  const complete = completeChange(asked)
  const plan: WritePlan = asked.op === 'insert' ? { ...asked, diff: 'given' } : asked
  if (plan.op === 'insert' && plan.counters === 0 && plan.references.length === 0) return silentInsert(plan, complete)
  const places = writePlaces(postgresDialect, tables, plan)
  const parts = plan.op === 'insert' ? insertParts(plan, places) : updateParts(plan, places)
  const sql = `WITH ${parts.expressions.join(', ')} SELECT ${parts.answer}`
  return { plan, statement: statement(sql, `${plan.op} ${plan.table.name}`), places, answers: true, complete }
}

/** An insert with no guard but the revision: when it wrote nothing, that was why, and no answer needs to be read. */
function silentInsert(plan: WritePlan, complete: CompleteChange): CompiledWrite {
  const places = packedPlaces(plan)
  const versionAt = plan.set.indexOf('version')
  const version = versionAt < 0 ? '1' : `${places.set[versionAt]}::bigint`
  const [change = '', ...satellites] = restSql(plan, places)
  const expressions = [
    `go AS MATERIALIZED (SELECT ${version} AS "version" WHERE ${revisionGuard.sql})`,
    `written AS (${insertSql(plan, places)})`,
    ...satellites,
  ]
  const sql = `WITH ${expressions.join(', ')} ${change}`
  return { plan, statement: statement(sql, `${plan.op} ${plan.table.name}`), places, answers: false, complete }
}

interface Parts {
  readonly expressions: readonly string[]
  readonly answer: string
}

function insertParts(plan: WritePlan, places: WritePlaces): Parts {
  const counters = counterParts(plan, places)
  const guards = [revisionGuard, ...counters.guards, ...referenceGuards(plan, places)]
  const versionAt = plan.set.indexOf('version')
  const version = versionAt < 0 ? '1' : `${places.set[versionAt]}::bigint`
  const expressions = [
    ...counters.judging,
    `verdict AS MATERIALIZED (SELECT ${columnsOf(guards)})`,
    `go AS MATERIALIZED (SELECT ${version} AS "version" FROM verdict WHERE ${allOf(guards)})`,
    `written AS (${insertSql(plan, places)})`,
    ...counters.taking,
    ...rest(plan, places),
  ]
  return { expressions, answer: `${namesOf(guards)} FROM verdict` }
}

function updateParts(plan: WritePlan, places: WritePlaces): Parts {
  const isDiffed = plan.diff === 'sql'
  const counters = counterParts(plan, places)
  const guards = [revisionGuard, ...rowGuards(plan, places), ...counters.guards, ...referenceGuards(plan, places)]
  const old = isDiffed ? [...new Set([...plan.returning, ...diffColumns(plan)])] : []
  const differs: GuardColumn[] = isDiffed ? [{ name: '__differs', sql: `(d."text" <> '{}')` }] : []
  const text = isDiffed ? ', d."text"' : ''
  const expressions = [
    `row_ AS MATERIALIZED (${lockedRow(plan, places, old)})`,
    ...(isDiffed ? [`diff AS MATERIALIZED (${diffSql(plan, places)})`] : []),
    ...counters.judging,
    `verdict AS MATERIALIZED (SELECT ${columnsOf([...guards, ...differs])}, r."__version" + 1 AS "version"${text} ` +
      `FROM (SELECT 1) one LEFT JOIN row_ r ON true${isDiffed ? ' LEFT JOIN diff d ON true' : ''})`,
    `go AS MATERIALIZED (SELECT "version"${isDiffed ? ', "text"' : ''} FROM verdict WHERE ${allOf([...guards, ...differs])})`,
    `written AS (${updateSql(plan, places)})`,
    ...counters.taking,
    ...rest(plan, places),
  ]
  return { expressions, answer: updateAnswer(plan, [...guards, ...differs]) }
}

/** The verdict, and the row: as written, or as it is where nothing differed. */
function updateAnswer(plan: WritePlan, guards: readonly GuardColumn[]): string {
  if (plan.returning.length === 0) return `${namesOf(guards)} FROM verdict`
  const columns = quoteAll(plan.returning)
  const asItIs = plan.diff === 'sql' ? ` UNION ALL SELECT ${columns} FROM row_ WHERE NOT EXISTS (SELECT 1 FROM go)` : ''
  return `${namesOf(guards)}, after_.* FROM verdict LEFT JOIN (SELECT ${columns} FROM written${asItIs}) after_ ON true`
}

function insertSql(plan: WritePlan, places: WritePlaces): string {
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
  return `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) SELECT ${values.join(', ')} FROM go`
}

function updateSql(plan: WritePlan, places: WritePlaces): string {
  const assignments = plan.set.map((column, index) => {
    return `${quote(column)} = ${postgresDialect.typed(places.set[index] ?? '', typeOf(plan.table, column))}`
  })
  if (plan.mergeExt) assignments.push(`"ext" = ${mergedExt('t0."ext"', places.ext)}`)
  assignments.push('"version" = go."version"')
  const returning = plan.returning.length > 0 ? ` RETURNING ${plan.returning.map((column) => `t0.${quote(column)}`).join(', ')}` : ''
  const where = `t0."tenant_id" = $1 AND t0."id" = ${places.id}`
  return `UPDATE ${quote(plan.table.name)} AS t0 SET ${assignments.join(', ')} FROM go WHERE ${where}${returning}`
}

function rest(plan: WritePlan, places: WritePlaces): string[] {
  const [change = '', ...satellites] = restSql(plan, places)
  return [`change AS (${change})`, ...satellites]
}

/** The change row's statement, and the satellites as parts of one. */
function restSql(plan: WritePlan, places: WritePlaces): string[] {
  const satellites = plan.satellites.map(
    (satellite, index) => `satellite${index} AS (${satelliteSql(satellite, places.satellites[index] ?? '')})`,
  )
  return [changeSql(plan, places), ...satellites]
}

function changeSql(plan: WritePlan, places: WritePlaces): string {
  const [id, object, op, at, recordedAt, actorKind, actorId, cause, authors, salt] = places.change
  const values = plan.diff === 'given' ? `${places.values}::json` : 'go."text"::json'
  const digest = plan.diff === 'given' ? `${places.digest}::text` : `encode(sha256(convert_to(${salt}::text || go."text", 'UTF8')), 'hex')`
  const row = ['$1', `${id}::uuid`, `${object}::text`, `${places.id}::uuid`, 'go."version"', `${op}::text`, `${at}::bigint`]
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
  return `INSERT INTO "crm_change" (${quoteAll(changeColumns)}) SELECT ${row.join(', ')} FROM go`
}

function columnsOf(guards: readonly GuardColumn[]): string {
  return guards.map(({ name, sql }) => `${sql} AS "${name}"`).join(', ')
}

function namesOf(guards: readonly GuardColumn[]): string {
  return guards.map(({ name }) => `"${name}"`).join(', ')
}

function allOf(guards: readonly GuardColumn[]): string {
  return namesOf(guards).replaceAll(', ', ' AND ')
}
