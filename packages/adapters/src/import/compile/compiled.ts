import type { FieldDefinition, ObjectDefinition } from '@guanxi/core'
import type { Converted } from '../convert/converted.ts'
import type { ConvertOptions } from '../convert/options.ts'
import type { ImportMapping, ReferenceRule } from '../map/mapping.ts'
import type { Cell, TableRow } from '../table.ts'

/** Where a field's cell is taken from, and how it is read. */
export interface Source {
  readonly field: FieldDefinition
  /** Shown in messages: the column, or the field where there is none. */
  readonly column: string
  readonly options: ConvertOptions
  cell(row: TableRow): Cell
  /** Reads a cell by {@link options}, where those are all that is needed. */
  read(cell: Cell): Converted
}

/** A stage of the history, ready to run. */
export interface CompiledStage {
  readonly at: Source
  readonly applies: (row: TableRow) => boolean
  readonly set: readonly Source[]
}

/** A mapping checked against a definition and a header. */
export interface CompiledMapping {
  readonly mapping: ImportMapping
  readonly definition: ObjectDefinition
  readonly columns: readonly string[]
  readonly sources: readonly Source[]
  /** Values of new records where the sources give none. */
  readonly defaults: readonly Source[]
  readonly key: readonly Source[]
  readonly createdAt: Source | null
  readonly start: readonly Source[]
  readonly stages: readonly CompiledStage[]
  /** Does a column say whose the record is? */
  readonly owned: boolean
  /** Fields whose cells are names of records or people. */
  readonly links: readonly FieldDefinition[]
  /** `to` is null for a field that may point to any object, where the mapping names none: its cells then say it themselves. */
  rule(field: FieldDefinition): Omit<ReferenceRule, 'to'> & { readonly to: string | null }
}

/** Every source whose cells name records or people. */
export function linkSources({ sources, defaults, start, stages, links }: CompiledMapping): Source[] {
  const names = new Set(links.map(({ name }) => name))
  const all = [...sources, ...defaults, ...start, ...stages.flatMap(({ set }) => set)]
  return all.filter(({ field }) => names.has(field.name))
}
