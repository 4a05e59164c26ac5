import type { ColumnType, WritePlan } from '@guanxi/core/store'
import { quote, quoteAll } from '../sql/identifier.ts'
import { type Tables, typeOf } from '../sql/tables.ts'
import { changeColumns } from '../write/change-row.ts'
import { unrecorded } from '../write/recorded.ts'
import { compileCondition, compileGuards, type Placed } from './guards.ts'
import type { Statement } from './link.ts'
import { type CompiledSatellite, compileSatellite } from './satellites.ts'

/** A composed write as the statements of one transaction. */
export interface CompiledWrite {
  readonly plan: WritePlan
  /** Everything the write is judged by. Read first, or after {@link guarded} wrote nothing, to say why. */
  readonly guards: Placed
  /** Writes the row where all guards hold. Its own places come after the row's values. */
  readonly guarded: Placed
  /** Writes the row. */
  readonly plain: Statement
  readonly change: Statement
  readonly counters: Statement | null
  readonly satellites: readonly CompiledSatellite[]
  /** Insert: columns that every row has and the plan did not name. */
  readonly added: readonly ('tenant_id' | 'id')[]
  /** Insert: where the version stands in `set`, or -1. */
  readonly versionAt: number
  /** Update: the columns that may make a difference. */
  readonly recorded: readonly Recorded[]
  /** Update: the old row is needed, for the diff, for `ext` or for the row wanted back. */
  readonly needsOld: boolean
}

/** A column of `set` whose change goes into the change row. */
export interface Recorded {
  readonly column: string
  readonly type: ColumnType
  readonly at: number
}

export function compileWrite(tables: Tables, plan: WritePlan): CompiledWrite {
  tables.meet([plan.table, ...plan.satellites.map((satellite) => satellite.table)])
  const shared = {
    plan,
    change: changeStatement,
    counters: plan.counters > 0 ? countersStatement(plan.counters) : null,
    satellites: plan.satellites.map(compileSatellite),
    versionAt: plan.set.indexOf('version'),
  }
  return plan.op === 'insert' ? { ...shared, ...insertParts(tables, plan) } : { ...shared, ...updateParts(tables, plan) }
}

type Parts = Pick<CompiledWrite, 'guards' | 'guarded' | 'plain' | 'added' | 'recorded' | 'needsOld'>

function insertParts(tables: Tables, plan: WritePlan): Parts {
  const added = (['tenant_id', 'id'] as const).filter((column) => !plan.set.includes(column))
  const columns = [...plan.set, ...added]
  const places = columns.map(() => '?').join(', ')
  const head = `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)})`
  const condition = compileCondition(tables, plan)
  const label = `insert ${plan.table.name}`
  return {
    guards: compileGuards(tables, plan, []),
    guarded: { sql: `${head} SELECT ${places} WHERE ${condition.sql}`, slots: condition.slots, label },
    plain: { sql: `${head} VALUES (${places})`, label },
    added,
    recorded: [],
    needsOld: false,
  }
}

function updateParts(tables: Tables, plan: WritePlan): Parts {
  const recorded = plan.set
    .map((column, at) => ({ column, at, type: typeOf(plan.table, column) }))
    .filter(({ column }) => !unrecorded.has(column))
  const old = new Set(plan.returning)
  if (plan.diff === 'sql') for (const { column } of recorded) old.add(column)
  if (plan.mergeExt) old.add('ext')
  const assignments = plan.set.map((column) => `${quote(column)} = ?`)
  if (plan.mergeExt) assignments.push('"ext" = ?')
  assignments.push('"version" = "version" + 1')
  const head = `UPDATE ${quote(plan.table.name)} AS t0 SET ${assignments.join(', ')}`
  const condition = compileCondition(tables, plan)
  const label = `update ${plan.table.name}`
  return {
    guards: compileGuards(tables, plan, [...old]),
    guarded: { sql: `${head} WHERE ${condition.sql}`, slots: condition.slots, label },
    plain: { sql: `${head} WHERE "tenant_id" = ? AND "id" = ?`, label },
    added: [],
    recorded,
    needsOld: plan.diff === 'sql' || old.size > 0,
  }
}

const changeStatement: Statement = {
  sql: `INSERT INTO "crm_change" (${quoteAll(changeColumns)}) VALUES (${changeColumns.map(() => '?').join(', ')})`,
  label: 'insert crm_change',
}

function countersStatement(count: number): Statement {
  const rows = Array.from({ length: count }, () => '(?, ?, ?, ?)').join(', ')
  const conflict = 'ON CONFLICT ("tenant_id", "kind", "key") DO UPDATE SET "used" = "used" + excluded."used"'
  return { sql: `INSERT INTO "crm_balance" ("tenant_id", "kind", "key", "used") VALUES ${rows} ${conflict}`, label: 'take counters' }
}
