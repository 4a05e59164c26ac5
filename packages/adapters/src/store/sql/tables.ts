import { type ColumnType, systemTables, type TableSpec } from '@guanxi/core/store'

/** The tables a store has met, by name: for column types inside `exists`, and for the names of unique keys. */
export class Tables {
  readonly #byName = new Map<string, TableSpec>()

  constructor() {
    this.meet(systemTables)
  }

  meet(tables: readonly TableSpec[]): void {
    for (const table of tables) this.#byName.set(table.name, table)
  }

  find(name: string): TableSpec | undefined {
    return this.#byName.get(name)
  }

  columnType(table: string, column: string): ColumnType | undefined {
    return this.find(table)?.columns.find((spec) => spec.name === column)?.type
  }
}

/** The type of a column that a plan names. */
export function typeOf(table: TableSpec, column: string): ColumnType {
  const spec = table.columns.find((candidate) => candidate.name === column)
  if (!spec) throw new TypeError(`Table ${table.name} has no column ${column}`)
  return spec.type
}
