import type { AggregatePlan, Predicate, RowsPlan, SelectPlan, SweepPlan, TableSpec, WritePlan } from '@guanxi/core/store'
import { compileAggregate } from '../sql/aggregate.ts'
import { compileOnce } from '../sql/compile-once.ts'
import { compileDelete, compileSet } from '../sql/conditional.ts'
import { compileSelect } from '../sql/select.ts'
import type { Tables } from '../sql/tables.ts'
import { tenantsSql } from '../sql/tenants.ts'
import { compileWrite } from './compile-write.ts'
import { sqliteDialect } from './dialect.ts'
import { compilePut } from './put.ts'
import { compileSweep } from './sweep.ts'
import { compileBatch } from './write-batch.ts'

export type SqliteStatements = ReturnType<typeof sqliteStatements>

/** Everything a session runs, compiled once per plan. */
export function sqliteStatements(tables: Tables) {
  const deletes = compileOnce((table: TableSpec) => compileOnce((where: Predicate) => compileDelete(sqliteDialect, tables, table, where)))
  const sets = compileOnce((plan: RowsPlan) => compileOnce((where: Predicate) => compileSet(sqliteDialect, tables, plan, where)))
  return {
    select: compileOnce((plan: SelectPlan) => compileSelect(sqliteDialect, tables, plan)),
    packed: compileOnce((plan: SelectPlan) => compileSelect(sqliteDialect, tables, plan, 'json')),
    aggregate: compileOnce((plan: AggregatePlan) => compileAggregate(sqliteDialect, tables, plan)),
    write: compileOnce((plan: WritePlan) => compileWrite(tables, plan)),
    sweep: compileOnce((plan: SweepPlan) => compileSweep(tables, plan)),
    batch: compileOnce((plan: WritePlan) => compileBatch(tables, plan)),
    put: compileOnce((plan: RowsPlan) => {
      tables.meet([plan.table])
      return compilePut(plan)
    }),
    tenants: compileOnce((table: TableSpec) => ({ sql: tenantsSql(table), label: `tenants ${table.name}` })),
    delete: (table: TableSpec, where: Predicate) => deletes(table)(where),
    set: (plan: RowsPlan, where: Predicate) => sets(plan)(where),
  }
}
