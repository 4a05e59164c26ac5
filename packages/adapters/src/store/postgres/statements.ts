import type { AggregatePlan, ColumnType, Predicate, RowsPlan, SelectPlan, SweepPlan, TableSpec, WritePlan } from '@guanxi/core/store'
import { compileAggregate } from '../sql/aggregate.ts'
import type { Slot } from '../sql/bindings.ts'
import { compileOnce } from '../sql/compile-once.ts'
import { compileDelete, compileSet } from '../sql/conditional.ts'
import { type CompiledRead, compileSelect } from '../sql/select.ts'
import type { Tables } from '../sql/tables.ts'
import { tenantsSql } from '../sql/tenants.ts'
import { compileWrite } from './compile-write.ts'
import { postgresDialect } from './dialect.ts'
import { type Statement, statement } from './prepared-names.ts'
import { compilePut } from './put.ts'
import { compileSweep } from './sweep.ts'
import { compileBatch } from './write-batch.ts'

export type PostgresStatements = ReturnType<typeof postgresStatements>

/** A statement whose values are the tenant and then the slots. */
export interface PlacedStatement {
  readonly statement: Statement
  readonly slots: readonly Slot[]
  /** The parameters stand in the order of the places already, and can be sent as they are. */
  readonly isAsGiven: boolean
}

/** Everything a session runs, compiled once per plan. */
export function postgresStatements(tables: Tables) {
  const deletes = compileOnce((table: TableSpec) => {
    return compileOnce((where: Predicate) => placed(compileDelete(postgresDialect, tables, table, where)))
  })
  const sets = compileOnce((plan: RowsPlan) => {
    return compileOnce((where: Predicate) => placed(compileSet(postgresDialect, tables, plan, where)))
  })
  return {
    select: compileOnce((plan: SelectPlan) => placed(compileSelect(postgresDialect, tables, plan))),
    records: compileOnce((plan: SelectPlan) => compileRecords(tables, plan)),
    aggregate: compileOnce((plan: AggregatePlan) => placed(compileAggregate(postgresDialect, tables, plan))),
    write: compileOnce((plan: WritePlan) => compileWrite(tables, plan)),
    sweep: compileOnce((plan: SweepPlan) => compileSweep(tables, plan)),
    batch: compileOnce((plan: WritePlan) => compileBatch(tables, plan)),
    put: compileOnce((plan: RowsPlan) => compilePut(plan)),
    tenants: compileOnce((table: TableSpec) => statement(tenantsSql(table), `tenants ${table.name}`)),
    delete: (table: TableSpec, where: Predicate) => deletes(table)(where),
    set: (plan: RowsPlan, where: Predicate) => sets(plan)(where),
  }
}

/** Each row as one text, a page of them as one text in all; and the types of their columns. */
function compileRecords(tables: Tables, plan: SelectPlan): { readonly read: PlacedStatement; readonly types: readonly ColumnType[] } {
  const { sql, label, slots } = compileSelect(postgresDialect, tables, plan, 'record')
  const typeOf = new Map(plan.table.columns.map(({ name, type }) => [name, type]))
  const types = plan.columns.map((name) => typeOf.get(name) ?? 'text')
  for (const value of plan.values ?? []) types.push('column' in value ? (typeOf.get(value.column) ?? 'text') : value.type)
  if (plan.revision) types.push('integer')
  // What is locked cannot be summed up.
  const isPage = plan.limit !== undefined && !plan.lock
  return { read: placed({ sql: isPage ? `SELECT string_agg(page."record", '') FROM (${sql}) page` : sql, label, slots }), types }
}

function placed({ sql, label, slots }: CompiledRead): PlacedStatement {
  const isAsGiven = slots.every((slot, index) => slot.from === index + 1 && slot.as !== 'prefixEnd')
  return { statement: statement(sql, label), slots, isAsGiven }
}
