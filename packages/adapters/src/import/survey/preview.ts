import type { ObjectDefinition, Session } from '@guanxi/core'
import { compileMapping } from '../compile/compile-mapping.ts'
import type { CompiledMapping, Source } from '../compile/compiled.ts'
import { cellText } from '../convert/cell-content.ts'
import { convertCell } from '../convert/convert-cell.ts'
import { type Converted, isRefused, type Mark } from '../convert/converted.ts'
import { Lookups } from '../lookup/lookups.ts'
import { type ColumnGuess, guessMapping } from '../map/guess-mapping.ts'
import type { ImportMapping } from '../map/mapping.ts'
import { BatchLinks } from '../run/batch-links.ts'
import type { ImportFile } from '../run/job.ts'
import { type Reason, reason } from '../run/reason.ts'
import type { Table, TableRow } from '../table.ts'
import { ColumnTally } from './column-tally.ts'
import { guessImport } from './guess-import.ts'
import type { Question } from './question.ts'

/** A cell of the preview: as it stands, and as it would be. */
export interface SampleCell {
  readonly column: string
  readonly field: string
  readonly text: string
  readonly value?: unknown
  readonly mark?: Mark
  readonly reason?: Reason
}

/** What a file would become, before anything is decided. */
export interface Preview extends Pick<Table, 'format' | 'sheet' | 'sheets' | 'notices'> {
  readonly columns: readonly string[]
  /** Different texts of each column among the first rows, in the order of the columns; also of columns that are not imported. */
  readonly samples: readonly (readonly string[])[]
  readonly rows: number
  readonly guesses: readonly ColumnGuess[]
  /** The mapping that was given, or guessed; dates whose order the file proves have it. */
  readonly mapping: ImportMapping
  readonly sample: readonly { readonly row: number; readonly cells: readonly SampleCell[] }[]
  readonly questions: readonly Question[]
}

/** What may be said about a preview. */
export interface PreviewOptions {
  readonly mapping?: ImportMapping
  /** Names that a host's people use: field → words. */
  readonly words?: Readonly<Record<string, readonly string[]>>
  /** Names that other files of the same import bring: object → names. */
  readonly coming?: ReadonlyMap<string, ReadonlySet<string>>
  /** The other files of the same import, from which those names are read. */
  readonly others?: readonly ImportFile[]
  readonly signal?: AbortSignal
}

const head = 200
const shown = 20
const sampled = { texts: 12, characters: 200 } as const

/** Reads a table through once: guesses its mapping from the first rows and counts in all of them what a person has to decide. */
export async function previewTable(
  session: Session,
  table: Table,
  definition: ObjectDefinition,
  options: PreviewOptions = {},
): Promise<Preview> {
  let survey: Survey | null = null
  let first: TableRow[] = []
  let rows = 0
  for await (const part of table.rows(options.signal)) {
    rows += part.rows.length
    if (survey) await survey.look(part.rows)
    else first.push(...part.rows)
    if (!survey && first.length >= head) {
      survey = startSurvey(session, table, definition, first, options)
      await survey.look(first)
    }
  }
  if (!survey) {
    survey = startSurvey(session, table, definition, first, options)
    await survey.look(first)
  }
  const samples = table.columns.map((_, index) => differentTexts(first, index))
  first = first.slice(0, shown)
  const mapping = survey.provenMapping
  const { format, sheet, sheets, notices, columns } = table
  const sample = await survey.sample(mapping, first)
  return { format, sheet, sheets, notices, columns, samples, rows, guesses: survey.guesses, mapping, sample, questions: survey.questions }
}

function differentTexts(rows: readonly TableRow[], index: number): string[] {
  const texts = new Set<string>()
  for (const { cells } of rows) {
    const text = cellText(cells[index]).trim().slice(0, sampled.characters)
    if (text !== '' && texts.size < sampled.texts) texts.add(text)
  }
  return [...texts]
}

function startSurvey(
  session: Session,
  table: Table,
  definition: ObjectDefinition,
  first: readonly TableRow[],
  options: PreviewOptions,
): Survey {
  const guesses = guessMapping(
    table.columns,
    first.map(({ cells }) => cells),
    definition,
    options.words,
  )
  const mapping = options.mapping ?? guessImport(definition, guesses, first)
  return new Survey(session, table.columns, definition, mapping, guesses, options.coming ?? new Map())
}

class Survey {
  readonly #session: Session
  readonly #definition: ObjectDefinition
  readonly #columns: readonly string[]
  readonly #mapping: CompiledMapping
  readonly #lookups: Lookups
  readonly #tallies: readonly ColumnTally[]
  readonly #coming: ReadonlyMap<string, ReadonlySet<string>>
  readonly #own = new Set<string>()
  readonly guesses: readonly ColumnGuess[]

  constructor(
    session: Session,
    columns: readonly string[],
    definition: ObjectDefinition,
    mapping: ImportMapping,
    guesses: readonly ColumnGuess[],
    coming: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.#session = session
    this.#columns = columns
    this.#definition = definition
    this.#mapping = compileMapping(mapping, definition, columns)
    this.#lookups = new Lookups(session)
    this.#coming = coming
    this.guesses = guesses
    this.#tallies = allSources(this.#mapping).map((source) => new ColumnTally(source, this.#objectOf(source)))
  }

  async look(rows: readonly TableRow[]): Promise<void> {
    const links = await BatchLinks.load(this.#session, this.#mapping, this.#lookups, rows)
    const naming = this.#mapping.sources.find(({ field }) => field.name === this.#definition.nameField)
    for (const row of rows) {
      if (naming) this.#own.add(links.textOf(naming, row))
      for (const tally of this.#tallies) lookAt(tally, row, links)
    }
  }

  /** The mapping with the order of dates that the file proves. */
  get provenMapping(): ImportMapping {
    const proven = new Map(this.#tallies.map((tally) => [tally.source.column, tally.provenOrder]))
    const { mapping } = this.#mapping
    const columns = mapping.columns.map((each) => {
      const order = proven.get(each.column)
      return order && each.options?.dateOrder === undefined ? { ...each, options: { ...each.options, dateOrder: order } } : each
    })
    return { ...mapping, columns }
  }

  get questions(): Question[] {
    return [...this.#tallies.flatMap((tally) => tally.questions(this.#namesFor(tally.source))), ...this.#required()]
  }

  async sample(mapping: ImportMapping, rows: readonly TableRow[]): Promise<Preview['sample']> {
    const compiled = compileMapping(mapping, this.#definition, this.#columns)
    const links = await BatchLinks.load(this.#session, compiled, this.#lookups, rows)
    const cellOf = (source: Source, row: TableRow): SampleCell => {
      const { reason: why, ...cell } = sampleCell(source, row, links)
      const comes = this.#namesFor(source).has(links.textOf(source, row))
      return why && !comes ? { ...cell, reason: why } : cell
    }
    return rows.map((row) => ({ row: row.number, cells: compiled.sources.map((source) => cellOf(source, row)) }))
  }

  #required(): Question[] {
    const filled = new Set([...this.#mapping.sources, ...this.#mapping.defaults].map(({ field }) => field.name))
    const missing = this.#definition.fields.filter(
      ({ name, required, readOnly, layer, default: given, defaultLogic }) =>
        required && !readOnly && layer !== 'system' && given === null && defaultLogic === null && !filled.has(name),
    )
    return missing.map(({ name }) => ({ kind: 'required', field: name }))
  }

  #objectOf({ field }: Source): string | null {
    return field.kind === 'user' || !this.#mapping.links.includes(field) ? null : this.#mapping.rule(field).to
  }

  /** Names that come with this file or another of the same import. */
  #namesFor(source: Source): ReadonlySet<string> {
    const object = source.field.kind === 'user' ? '@people' : this.#objectOf(source)
    if (object === null) return new Set()
    return object === this.#definition.name ? this.#own : (this.#coming.get(object) ?? new Set())
  }
}

function allSources({ sources, stages, createdAt }: CompiledMapping): Source[] {
  const dates = [...(createdAt ? [createdAt] : []), ...stages.map(({ at }) => at)]
  return [...new Set([...sources, ...dates, ...stages.flatMap(({ set }) => set)])]
}

function lookAt(tally: ColumnTally, row: TableRow, links: BatchLinks): void {
  const { source } = tally
  const cell = source.cell(row)
  const { kind } = source.field
  if (cell.kind === 'text' && (kind === 'date' || kind === 'instant')) tally.noteDate(cell.text)
  const result = convertCell(cell, source.field, links.options(source))
  if (isRefused(result)) tally.refuse(links.textOf(source, row), result)
  // What would be created is asked about as well: a typing mistake is not to become a record.
  else if (result.mark?.codes.includes('REFERENCE_CREATED')) {
    tally.refuse(links.textOf(source, row), { refused: 'IMPORT_REFERENCE_MISSING', params: {} })
  }
}

function sampleCell(source: Source, row: TableRow, links: BatchLinks): SampleCell {
  const { column, field } = source
  const cell = { column, field: field.name, text: cellText(source.cell(row)) }
  const result: Converted = convertCell(source.cell(row), field, links.options(source))
  if (isRefused(result)) return { ...cell, reason: reason(result.refused, result.params, { column, field: field.name }) }
  return { ...cell, value: result.value, ...(result.mark && { mark: result.mark }) }
}
