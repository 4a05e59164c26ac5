import { createHash } from 'node:crypto'
import type { ColumnType, WritePlan } from '@guanxi/core/store'
import { quote, quoteAll } from '../sql/identifier.ts'
import { type Tables, typeOf } from '../sql/tables.ts'
import { changeColumns } from '../write/change-row.ts'
import { type CompleteChange, completeChange } from '../write/created-text.ts'
import { type WritePlaces, writePlaces } from '../write/places.ts'
import { unrecorded } from '../write/recorded.ts'
import { conditionSql } from './condition.ts'
import { composedDialect } from './dialect.ts'
import { refusalText } from './errors.ts'
import { compileGuards, type Placed } from './guards.ts'
import { placedSatelliteSql } from './satellites.ts'
import type { Statement } from './statement.ts'

/**
 * A composed write as one statement: an insert into a temporary view, whose trigger judges the guards and then writes every part.
 * SQLite has no writing sub-selects; without the view each part would be a call of its own, between BEGIN and COMMIT.
 */
export interface CompiledWrite {
  /** As the caller made it. */
  readonly plan: WritePlan
  /** As the statement carries it out: with the diff given, whoever made it. */
  readonly carried: WritePlan
  readonly statement: Statement
  readonly places: WritePlaces
  /** Reads everything the write is judged by, to say why it was refused, and the old row where it is needed first. */
  readonly guards: Placed
  /** Update: the old row is needed, for the diff, for `ext` or for the row wanted back. */
  readonly needsOld: boolean
  /** Update: the columns that may make a difference. */
  readonly recorded: readonly Recorded[]
  /** Insert: makes the change whole where the store makes its values. */
  readonly complete: CompleteChange
}

/** A column of `set` whose change goes into the change row. */
export interface Recorded {
  readonly column: string
  readonly type: ColumnType
  readonly at: number
}

export function compileWrite(tables: Tables, plan: WritePlan): CompiledWrite {
  tables.meet([plan.table, ...plan.satellites.map((satellite) => satellite.table)])
  const carried: WritePlan = { ...plan, diff: 'given' }
  const places = writePlaces(composedDialect, tables, carried)
  const isUpdate = plan.op === 'update'
  const recorded = isUpdate ? recordedColumns(plan) : []
  const old = isUpdate ? oldColumns(plan, recorded) : []
  const statement = throughView(`${plan.op} ${plan.table.name}`, places.count, [
    `SELECT RAISE(ABORT, '${refusalText}') WHERE NOT (${conditionSql(carried, places)})`,
    isUpdate ? updateSql(carried, places) : insertSql(carried, places),
    ...countersSql(places),
    changeSql(carried, places),
    ...carried.satellites.map((satellite, index) => placedSatelliteSql(satellite, places.satellites[index] ?? { rows: [] }, places.tenant)),
  ])
  const guards = compileGuards(tables, plan, old)
  return {
    plan,
    carried,
    statement,
    places,
    guards,
    needsOld: isUpdate && (plan.diff === 'sql' || old.length > 0),
    recorded,
    complete: completeChange(plan),
  }
}

function recordedColumns(plan: WritePlan): Recorded[] {
  const columns = plan.set.map((column, at) => ({ column, at, type: typeOf(plan.table, column) }))
  return columns.filter(({ column }) => !unrecorded.has(column))
}

function oldColumns(plan: WritePlan, recorded: readonly Recorded[]): string[] {
  const old = new Set(plan.returning)
  if (plan.diff === 'sql') for (const { column } of recorded) old.add(column)
  if (plan.mergeExt) old.add('ext')
  return [...old]
}

function throughView(label: string, count: number, steps: readonly string[]): Statement {
  const body = steps.join('; ')
  const name = `guanxi_${createHash('sha256').update(`${count} ${body}`).digest('hex').slice(0, 24)}`
  const columns = Array.from({ length: count }, (_, index) => `NULL AS "p${index + 1}"`)
  const values = columns.map(() => '?')
  return {
    sql: `INSERT INTO temp."${name}" VALUES (${values.join(', ')})`,
    label,
    view: {
      name,
      create: [
        // Looks at the database first: while a trigger is compiled, SQLite does not notice that another connection changed the schema.
        'SELECT 1 FROM "crm_change" LIMIT 0',
        `CREATE TEMP VIEW IF NOT EXISTS "${name}" AS SELECT ${columns.join(', ')}`,
        `CREATE TEMP TRIGGER IF NOT EXISTS "${name}_write" INSTEAD OF INSERT ON "${name}" BEGIN ${body}; END`,
      ],
    },
  }
}

function insertSql(plan: WritePlan, places: WritePlaces): string {
  const columns = [...plan.set]
  const values = [...places.set]
  for (const [column, place] of [
    ['tenant_id', places.tenant],
    ['id', places.id],
  ] as const) {
    if (plan.set.includes(column)) continue
    columns.push(column)
    values.push(place)
  }
  return `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) VALUES (${values.join(', ')})`
}

function updateSql(plan: WritePlan, places: WritePlaces): string {
  const assignments = plan.set.map((column, index) => `${quote(column)} = ${places.set[index]}`)
  if (plan.mergeExt) assignments.push(`"ext" = ${places.ext}`)
  assignments.push('"version" = "version" + 1')
  return `UPDATE ${quote(plan.table.name)} SET ${assignments.join(', ')} WHERE "tenant_id" = ${places.tenant} AND "id" = ${places.id}`
}

function countersSql({ tenant, counters }: WritePlaces): string[] {
  if (counters.length === 0) return []
  const rows = counters.map(({ kind, key, amount }) => `(${tenant}, ${kind}, ${key}, ${amount})`)
  const conflict = 'ON CONFLICT ("tenant_id", "kind", "key") DO UPDATE SET "used" = "used" + excluded."used"'
  return [`INSERT INTO "crm_balance" ("tenant_id", "kind", "key", "used") VALUES ${rows.join(', ')} ${conflict}`]
}

function changeSql(plan: WritePlan, places: WritePlaces): string {
  const [id, object, op, at, recordedAt, actorKind, actorId, cause, authors, salt] = places.change
  const row = [places.tenant, id, object, places.id, versionSql(plan, places), op, at, recordedAt, actorKind, actorId, cause, authors]
  row.push(places.values, salt, places.digest)
  return `INSERT INTO "crm_change" (${quoteAll(changeColumns)}) VALUES (${row.join(', ')})`
}

/** The version after the write, which has happened by now. */
function versionSql(plan: WritePlan, places: WritePlaces): string {
  if (plan.op === 'insert') return places.set[plan.set.indexOf('version')] ?? '1'
  return `(SELECT "version" FROM ${quote(plan.table.name)} WHERE "tenant_id" = ${places.tenant} AND "id" = ${places.id})`
}
