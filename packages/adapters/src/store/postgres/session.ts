import type {
  AggregatePlan,
  BatchValues,
  ColumnType,
  Predicate,
  RawRow,
  RowsPlan,
  RowValues,
  SelectPlan,
  StoreSession,
  SweepOutcome,
  SweepPlan,
  SweepValues,
  TableSpec,
  WriteOutcome,
  WritePlan,
  WriteValues,
} from '@guanxi/core/store'
import type { Access } from '../session/access.ts'
import { fill } from '../sql/bindings.ts'
import type { Conflict } from '../sql/conflict.ts'
import { checkBatch } from '../write/check-values.ts'
import { readChanges } from './changes.ts'
import { postgresDialect } from './dialect.ts'
import type { PostgresLink } from './link.ts'
import { runPut } from './put.ts'
import { readRecords } from './record-text.ts'
import type { PlacedStatement, PostgresStatements } from './statements.ts'
import { runSweep } from './sweep.ts'
import { runWrite } from './write.ts'
import { runBatch } from './write-batch.ts'

/** The port's session over any way to a PostgreSQL connection. */
export class PostgresSession implements StoreSession {
  readonly transactional: boolean
  readonly #access: Access<PostgresLink>
  readonly #statements: PostgresStatements

  constructor(access: Access<PostgresLink>, statements: PostgresStatements) {
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
    const { read, types } = this.#statements.records(plan)
    return this.#values(read, params).then((rows) => recordsIn(rows, types))
  }

  aggregate(plan: AggregatePlan, params: readonly unknown[]): Promise<RawRow[]> {
    return this.#read(this.#statements.aggregate(plan), params)
  }

  write(plan: WritePlan, values: WriteValues): Promise<WriteOutcome> {
    const compiled = this.#statements.write(plan)
    return this.#access.write((link) => runWrite(link, compiled, values))
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

  put(plan: RowsPlan, rows: readonly (readonly unknown[])[], conflict: Conflict): Promise<number> {
    const compiled = this.#statements.put(plan)
    return this.#access.write((link) => runPut(link, compiled, rows, conflict))
  }

  delete(table: TableSpec, where: Predicate, params: readonly unknown[]): Promise<number> {
    return this.#change(this.#statements.delete(table, where), [params[0]], params)
  }

  set(plan: RowsPlan, values: readonly unknown[], where: Predicate, params: readonly unknown[]): Promise<number> {
    return this.#change(this.#statements.set(plan, where), [params[0], ...values], params)
  }

  async tenants(table: TableSpec): Promise<string[]> {
    const { rows } = await this.#access.read((link) => link.query(this.#statements.tenants(table), []))
    return rows.map((row) => String(row.tenant_id))
  }

  changesAfter(cursor: string | null, limit: number): Promise<{ rows: RawRow[]; cursor: string | null }> {
    return this.#access.read((link) => readChanges(link, cursor, limit))
  }

  async #read(placed: PlacedStatement, params: readonly unknown[]): Promise<RawRow[]> {
    const { rows } = await this.#access.read((link) => link.query(placed.statement, placeValues(placed, params, params)))
    return rows
  }

  #values(placed: PlacedStatement, params: readonly unknown[]): Promise<RowValues[]> {
    return this.#access.read((link) => link.values(placed.statement, placeValues(placed, params, params)))
  }

  #change(placed: PlacedStatement, own: readonly unknown[], params: readonly unknown[]): Promise<number> {
    const values = placeValues(placed, own, params)
    return this.#access.write(async (link) => (await link.query(placed.statement, values)).rowCount)
  }
}

/** Of each row its one text, which is null where a page has no records. */
function recordsIn(rows: readonly RowValues[], types: readonly ColumnType[]): RowValues[] {
  const [only] = rows
  if (rows.length === 1) return readRecords((only?.[0] as string | null) ?? '', types)
  return rows.flatMap(([text]) => readRecords(String(text), types))
}

function placeValues({ slots, isAsGiven }: PlacedStatement, own: readonly unknown[], params: readonly unknown[]): readonly unknown[] {
  if (isAsGiven && params.length === slots.length + 1) return params
  const values: unknown[] = new Array(slots.length + 1)
  values[0] = own[0]
  fill(postgresDialect, slots, own, params, values, 1)
  return values
}
