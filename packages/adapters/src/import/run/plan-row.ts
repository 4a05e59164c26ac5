import { newId } from '@guanxi/core'
import type { CompiledMapping, Source } from '../compile/compiled.ts'
import { type Converted, isRefused } from '../convert/converted.ts'
import { isId } from '../map/target.ts'
import type { TableRow } from '../table.ts'
import type { BatchLinks } from './batch-links.ts'
import { type Reason, reason } from './reason.ts'
import { type CellMark, type FlatValues, isBlank, type RowPlan, type Step } from './row-plan.ts'

/** A row read into values, before it is known whether its record exists. */
export type RowDraft = Omit<RowPlan, 'id' | 'existing'> & {
  readonly id: string
  /** The id a new record gets, where the file says so. */
  readonly newRecordId: string | null
  readonly key: readonly unknown[]
}

/** Reads the rows of a batch. */
export class RowReader {
  readonly #mapping: CompiledMapping
  readonly #links: BatchLinks
  readonly #now: number
  /** A row without values: copies of one object keep one shape, which what is built field by field loses. */
  readonly #blank: FlatValues

  constructor(mapping: CompiledMapping, links: BatchLinks, now: number) {
    this.#mapping = mapping
    this.#links = links
    this.#now = now
    this.#blank = Object.fromEntries(mapping.sources.map(({ field }) => [field.name, undefined]))
  }

  read(row: TableRow): RowDraft {
    const { sources, key, owned, mapping } = this.#mapping
    const cells = new CellReader(row, this.#links, mapping.history !== undefined)
    const values = cells.valuesOf(sources, this.#blank)
    const keyValues = key.map(({ field }) => values[field.name] ?? null)
    key.forEach((source, index) => {
      const refused = cells.reasons.some(({ field }) => field === source.field.name)
      if (isBlank(keyValues[index]) && !refused && !isId(source.field))
        cells.refuse(reason('IMPORT_KEY_EMPTY', { field: source.column }, { column: source.column, field: source.field.name }))
    })
    const steps = this.#steps(row, cells)
    const at = this.#createdAt(cells, steps)
    const last: FlatValues = steps.length === 0 ? values : Object.assign({}, values, ...steps.map(({ set }) => set))
    const first = this.#first(values, steps, cells)
    return {
      row,
      id: this.#links.idOf(row) ?? newId(),
      newRecordId: recordId(key, keyValues),
      key: keyValues,
      first: withoutBlanks(first, owned),
      last,
      at,
      steps,
      marks: cells.marks,
      waiting: cells.waiting,
      reasons: cells.reasons,
    }
  }

  /** The record before the history begins, with the mapping's values where the file has none. */
  #first(values: FlatValues, steps: readonly Step[], cells: CellReader): FlatValues {
    const { start, defaults } = this.#mapping
    if (steps.length === 0 && defaults.length === 0) return values
    const later = new Set(steps.flatMap(({ set }) => Object.keys(set)))
    const first: Record<string, unknown> = Object.fromEntries(Object.entries(values).filter(([name]) => !later.has(name)))
    if (steps.length > 0) Object.assign(first, cells.valuesOf(start))
    const missing = defaults.filter(({ field }) => isBlank(first[field.name]) && !later.has(field.name))
    return Object.assign(first, cells.valuesOf(missing))
  }

  #createdAt(cells: CellReader, steps: readonly Step[]): number | null {
    const { createdAt, mapping } = this.#mapping
    const [firstStep] = steps
    const at = createdAt ? this.#time(createdAt, cells) : null
    if (createdAt && at === null && mapping.history?.missing === 'refuse') {
      cells.refuse(reason('IMPORT_HISTORY_MISSING', { column: createdAt.column }, { column: createdAt.column }))
    }
    if (at === null || !firstStep || firstStep.at >= at) return at ?? firstStep?.at ?? null
    const stage = this.#mapping.stages.find((each) => cells.value(each.at) === firstStep.at)
    const column = stage?.at.column ?? ''
    cells.refuse(reason('IMPORT_HISTORY_ORDER', { column }, { column }))
    return at
  }

  #steps(row: TableRow, cells: CellReader): Step[] {
    const steps = this.#mapping.stages.flatMap((stage): Step[] => {
      const at = stage.applies(row) ? this.#time(stage.at, cells) : null
      return at === null ? [] : [{ at, set: cells.valuesOf(stage.set) }]
    })
    return steps.sort((a, b) => a.at - b.at)
  }

  #time(source: Source, cells: CellReader): number | null {
    const at = cells.value(source)
    if (typeof at !== 'number') return null
    if (at > this.#now) cells.refuse(reason('IMPORT_HISTORY_FUTURE', { column: source.column }, { column: source.column }))
    return at
  }
}

/** Reads the cells of one row, each source once. Only a history asks twice. */
class CellReader {
  readonly #row: TableRow
  readonly #links: BatchLinks
  readonly #read: Map<Source, unknown> | null
  readonly marks: CellMark[] = []
  readonly reasons: Reason[] = []
  readonly waiting: { field: string; column: string; text: string }[] = []

  constructor(row: TableRow, links: BatchLinks, again: boolean) {
    this.#row = row
    this.#links = links
    this.#read = again ? new Map() : null
  }

  refuse(why: Reason): void {
    this.reasons.push(why)
  }

  valuesOf(sources: readonly Source[], blank: FlatValues = {}): FlatValues {
    const values: Record<string, unknown> = { ...blank }
    let whole = true
    for (const source of sources) {
      const value = this.value(source)
      values[source.field.name] = value
      if (value === undefined) whole = false
    }
    return whole ? values : Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  }

  /** The value, or undefined where the cell was refused. */
  value(source: Source): unknown {
    if (this.#read?.has(source)) return this.#read.get(source)
    const value = this.#take(source, this.#links.convert(source, source.cell(this.#row)))
    this.#read?.set(source, value)
    return value
  }

  #take(source: Source, result: Converted): unknown {
    const { field, column } = source
    if (!isRefused(result)) {
      const { mark } = result
      // A column that is also a date of the history is one cell, repaired once.
      if (mark && !this.marks.some((known) => known.column === column)) this.marks.push({ ...mark, column, value: result.value })
      return result.value
    }
    const text = this.#links.textOf(source, this.#row)
    const other = this.#links.instead(field, result)
    if (other === 'wait') {
      this.waiting.push({ field: field.name, column, text })
      return undefined
    }
    if (other === 'empty') {
      this.marks.push({ codes: ['REFERENCE_EMPTIED'], original: text, column, value: null })
      return field.kind === 'links' ? [] : null
    }
    this.refuse(reason(result.refused, result.params, { column, field: field.name }))
    return undefined
  }
}

/** A record that is not there keeps the id that the file has for it, so that what points to it still does. */
function recordId(key: readonly Source[], values: readonly unknown[]): string | null {
  const [id] = values
  return key[0] && isId(key[0].field) && typeof id === 'string' ? id : null
}

/** An empty cell leaves a new record its defaults; only “nobody” has to be said. */
function withoutBlanks(values: FlatValues, owned: boolean): FlatValues {
  const isLeftOut = (name: string): boolean => isBlank(values[name]) && !(owned && name === 'ownerId')
  const names = Object.keys(values)
  if (!names.some(isLeftOut)) return values
  const filled: Record<string, unknown> = {}
  for (const name of names) if (!isLeftOut(name)) filled[name] = values[name]
  return filled
}
