import type { WritePlan } from '@guanxi/core/store'
import { quoteAll } from '../sql/identifier.ts'
import type { Tables } from '../sql/tables.ts'
import { type CompleteChange, completeChange } from '../write/created-text.ts'
import { type WritePlaces, writePlaces } from '../write/places.ts'
import { counterParts } from './counters.ts'
import { postgresDialect } from './dialect.ts'
import { diffColumns, diffSql } from './diff.ts'
import { type GuardColumn, lockedRow, referenceGuards, revisionGuard, rowGuards } from './guards.ts'
import { packedPlaces } from './packed-insert.ts'
import { type Statement, statement } from './prepared-names.ts'
import { silentInsert } from './silent-insert.ts'
import { insertSql, restSql, updateSql } from './write-parts.ts'

/** A composed write as one statement. */
export interface CompiledWrite {
  readonly plan: WritePlan
  /** Answers with the verdict. */
  readonly judged: Statement
  /** The same without an answer, where that is cheaper: the count of change rows says whether it wrote. */
  readonly silent: Statement | null
  readonly places: WritePlaces
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
  const isInsert = asked.op === 'insert'
  const plan: WritePlan = isInsert ? { ...asked, diff: 'given' } : asked
  const places = isInsert ? packedPlaces(plan) : writePlaces(postgresDialect, tables, plan)
  const parts = isInsert ? insertParts(plan, places) : updateParts(plan, places)
  const sql = `WITH ${parts.expressions.join(', ')} SELECT ${parts.answer}`
  const judged = statement(sql, `${plan.op} ${plan.table.name}`)
  return { plan, judged, silent: isInsert ? silentInsert(plan, places) : null, places, complete }
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
    `written AS (${insertSql(plan, places, 'go')})`,
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

function rest(plan: WritePlan, places: WritePlaces): string[] {
  const [change = '', ...satellites] = restSql(plan, places, 'go')
  return [`change AS (${change})`, ...satellites]
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
