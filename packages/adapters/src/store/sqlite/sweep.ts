import { randomBytes } from 'node:crypto'
import { newId } from '@guanxi/core'
import type { SweepOutcome, SweepPlan, SweepValues } from '@guanxi/core/store'
import { Bindings, fill } from '../sql/bindings.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import { predicateSql } from '../sql/predicate.ts'
import { columnSql, type Scope } from '../sql/scope.ts'
import { revisionSql } from '../sql/select.ts'
import { factsSql, newValueSql, ruleSql } from '../sql/sweep.ts'
import { type Tables, typeOf } from '../sql/tables.ts'
import { changeColumns } from '../write/change-row.ts'
import { diffText, digestOf } from '../write/diff.ts'
import { sqliteDialect } from './dialect.ts'
import { givenRowsSql } from './given-rows.ts'
import type { Placed } from './guards.ts'
import type { SqliteLink } from './link.ts'
import { element } from './satellites.ts'
import type { Statement } from './statement.ts'

/** A sweep: rows are read some thousands at a time with what they will hold, then written and logged as one JSON text each. */
export interface CompiledSweep {
  readonly plan: SweepPlan
  readonly due: Placed
  readonly update: Statement
  readonly log: Statement
  readonly revision: Statement
}

const chunk = 2_000
/** Rows that are kept between counting and writing; of more the database is asked twice. */
const remembered = 50_000
/** Own values of the call behind the tenant: the last id read, how many to read. */
const afterId = -2
const limit = -3

export function compileSweep(tables: Tables, plan: SweepPlan): CompiledSweep {
  tables.meet([plan.table])
  const { name } = plan.table
  const label = `sweep ${name}`
  return {
    plan,
    due: compileDue(tables, plan),
    update: { sql: givenRowsSql(name, ['version', ...plan.columns], ['"updated_at" = ?', '"updated_by" = ?']), label },
    log: {
      sql: `INSERT INTO "crm_change" (${quoteAll(changeColumns)}) SELECT ${changeColumns.map((column) => perRow[column] ?? '?').join(', ')} FROM json_each(?) item WHERE true`,
      label,
    },
    revision: { sql: `SELECT ${revisionSql('?')} AS revision`, label },
  }
}

/** What differs from one change row of a sweep to the next. */
const perRow: Readonly<Record<string, string>> = {
  record_id: element(0),
  version: element(1),
  id: element(2),
  cause: element(3),
  values: element(4),
  salt: element(5),
  digest: element(6),
}

function compileDue(tables: Tables, plan: SweepPlan): Placed {
  const bindings = new Bindings(sqliteDialect, 0)
  const scope: Scope = { dialect: sqliteDialect, bindings, tables, table: plan.table.name, depth: 0 }
  const exact = (column: string, text: string): string => (typeOf(plan.table, column) === 'real' ? sqliteDialect.exact(text) : text)
  const parts = [columnSql(scope, 'id'), columnSql(scope, 'version'), ruleSql(scope, plan)]
  plan.columns.forEach((column, index) => {
    const next = newValueSql(scope, plan, index)
    parts.push(exact(column, columnSql(scope, column)), exactOnce(plan, column, next))
  })
  parts.push(factsSql(scope, plan, (pairs) => `json_object(${pairs.join(', ')})`))
  const where = `${columnSql(scope, 'tenant_id')} = ${bindings.tenant()} AND ${predicateSql(scope, plan.where)}`
  const page = `AND ${columnSql(scope, 'id')} > ${bindings.add(afterId)} ORDER BY ${columnSql(scope, 'id')} LIMIT ${bindings.add(limit)}`
  const sql = `SELECT json_array(${parts.join(', ')}) AS due FROM ${quote(plan.table.name)} t0 WHERE ${where} ${page}`
  return { sql, slots: bindings.slots, label: `sweep ${plan.table.name}` }
}

/** A computed fraction to its last digit, its text standing once because its places have no numbers. */
function exactOnce(plan: SweepPlan, column: string, text: string): string {
  return typeOf(plan.table, column) === 'real' ? `(SELECT ${sqliteDialect.exact('v')} FROM (SELECT ${text} AS v))` : text
}

/** Runs a sweep inside a transaction. */
export async function runSweep(link: SqliteLink, compiled: CompiledSweep, values: SweepValues): Promise<SweepOutcome> {
  const { params, revision, expected } = values
  if (revision !== null) {
    const [row] = await link.all(compiled.revision, [params[0]])
    if (Number(row?.revision) !== revision) return { reached: 0, last: null, refused: ['revision'] }
  }
  const write = (rows: readonly Due[]) => writeRows(link, compiled, values, rows)
  if (expected === null) return { ...(await each(link, compiled, values, write)), refused: [] }
  const isMuch = expected > remembered
  const pages: (readonly Due[])[] = []
  const counted = await each(link, compiled, values, async (rows) => void (isMuch || pages.push(rows)))
  if (counted.reached !== expected) return { ...counted, refused: ['expected'] }
  if (isMuch) await each(link, compiled, values, write)
  for (const rows of pages) await write(rows)
  return { ...counted, refused: [] }
}

type Due = readonly unknown[]

async function each(
  link: SqliteLink,
  { due, plan }: CompiledSweep,
  { params }: SweepValues,
  work: (rows: readonly Due[]) => Promise<void>,
): Promise<Pick<SweepOutcome, 'reached' | 'last'>> {
  const { page } = plan
  let last = page ? String(params[page.after]) : ''
  const most = page ? Number(params[page.limit]) : Number.MAX_SAFE_INTEGER
  for (let reached = 0; ; ) {
    const wanted = Math.min(chunk, most - reached)
    const places: unknown[] = new Array(due.slots.length)
    fill(sqliteDialect, due.slots, [params[0], last, wanted], params, places, 0)
    const rows = (await link.all(due, places)).map((row) => JSON.parse(String(row.due)) as Due)
    if (rows.length > 0) await work(rows)
    reached += rows.length
    last = String(rows.at(-1)?.[0] ?? last)
    if (rows.length < chunk || reached === most) return { reached, last: reached > 0 ? last : null }
  }
}

async function writeRows(link: SqliteLink, compiled: CompiledSweep, values: SweepValues, rows: readonly Due[]): Promise<void> {
  const { plan } = compiled
  const { change, params } = values
  const updates: unknown[][] = []
  const logs: unknown[][] = []
  for (const row of rows) {
    const [id, before, rule] = row
    const version = Number(before) + 1
    const next = plan.columns.map((_, index) => row[4 + 2 * index])
    const text = diffText(
      plan.columns.map((column, index) => ({
        key: column,
        type: typeOf(plan.table, column),
        before: row[3 + 2 * index],
        after: next[index],
      })),
    )
    const salt = randomBytes(16).toString('hex')
    const facts = JSON.stringify(row[3 + 2 * plan.columns.length])
    updates.push([id, version, ...next])
    logs.push([id, version, newId(), `${values.cause},"rule":${rule},"facts":${facts}}`, text, salt, digestOf(salt, text)])
  }
  await link.run(compiled.update, [JSON.stringify(updates), params[0], change.at, change.actorId])
  const shared: Readonly<Record<string, unknown>> = {
    tenant_id: params[0],
    object: change.object,
    op: 'update',
    at: change.at,
    recorded_at: change.recordedAt,
    actor_kind: change.actorKind,
    actor_id: change.actorId,
    authors: null,
  }
  const places = changeColumns.filter((column) => !(column in perRow)).map((column) => shared[column])
  await link.run(compiled.log, [...places, JSON.stringify(logs)])
}
