/** A table as the database has it. */
export interface FoundTable {
  readonly columns: ReadonlyMap<string, FoundColumn>
  readonly primaryKey: readonly string[]
  readonly indexes: ReadonlyMap<string, FoundIndex>
}

export interface FoundColumn {
  /** In the words of the engine's own DDL. */
  readonly type: string
  readonly nullable: boolean
  readonly hasDefault: boolean
}

export interface FoundIndex {
  readonly columns: readonly string[]
  readonly unique: boolean
  /** Only over some of the rows. */
  readonly partial: boolean
}
