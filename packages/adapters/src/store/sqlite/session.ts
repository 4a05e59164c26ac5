import {
  type AggregatePlan,
  type BatchValues,
  type Predicate,
  type RawRow,
  type RowsPlan,
  type RowValues,
  type SelectPlan,
  StoreFailure,
  type StoreSession,
  type SweepOutcome,
  type SweepPlan,
  type SweepValues,
  type TableSpec,
  type WriteOutcome,
  type WritePlan,
  type WriteValues,
} from '@guanxi/core/store'
import type { Access } from '../session/access.ts'
import { fill } from '../sql/bindings.ts'
import type { Conflict } from '../sql/conflict.ts'
import type { CompiledRead } from '../sql/select.ts'
import { checkBatch } from '../write/check-values.ts'
import { readChanges } from './changes.ts'
import { sqliteDialect } from './dialect.ts'
import type { SqliteLink } from './link.ts'
import type { Statement } from './statement.ts'
import type { SqliteStatements } from './statements.ts'
import { runSweep } from './sweep.ts'
import { runWrite } from './write.ts'
import { runBatch } from './write-batch.ts'

const noValues: readonly unknown[] = []

/** The port's session over any way to a SQLite connection. */
export class SqliteSession implements StoreSession {
  readonly transactional: boolean
  readonly #access: Access<SqliteLink>
  readonly #statements: SqliteStatements

  constructor(access: Access<SqliteLink>, statements: SqliteStatements) {
    this.transactional = access.transactional
    this.#access = access
    this.#statements = statements
  }

  nested<T>(work: () => Promise<T>): Promise<T> {
    return this.#access.nested(work)
  }

  select(plan: SelectPlan, params: readonly unknown[]): Promise<RawRow[]> {
    return this.#read(this.#statements.select(plan), params)
  }

  selectValues(plan: SelectPlan, params: readonly unknown[]): Promise<RowValues[]> {
    return this.#access.read((link) => {
      const compiled = link.packs ? this.#statements.packed(plan) : this.#statements.select(plan)
      return link.values(compiled, this.#places(compiled, params, params))
    })
  }

  aggregate(plan: AggregatePlan, params: readonly unknown[]): Promise<RawRow[]> {
    return this.#read(this.#statements.aggregate(plan), params)
  }

  async write(plan: WritePlan, values: WriteValues): Promise<WriteOutcome> {
    const compiled = this.#statements.write(plan)
    const work = (link: SqliteLink) => runWrite(link, compiled, values)
    const outcome = (await this.#access.once(work)) ?? (await this.#access.write(work))
    if (!outcome) throw new StoreFailure(`A write to ${plan.table.name} was refused, but no guard fails.`, false)
    return outcome
  }

  writeBatch(plan: WritePlan, values: BatchValues): Promise<WriteOutcome> {
    checkBatch(plan)
    const compiled = this.#statements.batch(plan)
    return this.#access.write((link) => runBatch(link, compiled, values))
  }

  sweep(plan: SweepPlan, values: SweepValues): Promise<SweepOutcome> {
    const compiled = this.#statements.sweep(plan)
    return this.#access.write((link) => runSweep(link, compiled, values))
  }

  async put(plan: RowsPlan, rows: readonly (readonly unknown[])[], conflict: Conflict): Promise<number> {
    if (rows.length === 0) return 0
    return this.#run(this.#statements.put(plan)[conflict], [JSON.stringify(rows)])
  }

  delete(table: TableSpec, where: Predicate, params: readonly unknown[]): Promise<number> {
    const compiled = this.#statements.delete(table, where)
    return this.#run(compiled, this.#places(compiled, [params[0]], params))
  }

  set(plan: RowsPlan, values: readonly unknown[], where: Predicate, params: readonly unknown[]): Promise<number> {
    const compiled = this.#statements.set(plan, where)
    return this.#run(compiled, this.#places(compiled, [params[0], ...values], params))
  }

  async tenants(table: TableSpec): Promise<string[]> {
    const rows = await this.#access.read((link) => link.all(this.#statements.tenants(table), noValues))
    return rows.map((row) => String(row.tenant_id))
  }

  changesAfter(cursor: string | null, limit: number): Promise<{ rows: RawRow[]; cursor: string | null }> {
    return this.#access.read((link) => readChanges(link, cursor, limit))
  }

  #run(statement: Statement, values: readonly unknown[]): Promise<number> {
    return this.#access.once((link) => link.run(statement, values))
  }

  #read(compiled: CompiledRead, params: readonly unknown[]): Promise<RawRow[]> {
    const places = this.#places(compiled, params, params)
    return this.#access.read((link) => link.all(compiled, places))
  }

  #places(compiled: Pick<CompiledRead, 'slots'>, own: readonly unknown[], params: readonly unknown[]): readonly unknown[] {
    if (compiled.slots.length === 0) return noValues
    const places: unknown[] = new Array(compiled.slots.length)
    fill(sqliteDialect, compiled.slots, own, params, places, 0)
    return places
  }
}
