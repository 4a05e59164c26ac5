import type {
  ColumnMapping,
  ColumnOptions,
  HistoryStage,
  ImportHistory,
  ImportMapping,
  PlainValue,
  ReferenceRule,
} from '../client/import-types.ts'

/** Reads a column into a field, or into none. A field has one column, so it leaves the one it had. */
export function setField(mapping: ImportMapping, column: string, field: string | null, options?: ColumnOptions): ImportMapping {
  const before = fieldOfColumn(mapping, column)
  const others = mapping.columns.filter((each) => each.column !== column && each.field !== field)
  const columns = field === null ? others : [...others, { column, field, ...(options && { options }) }]
  const gone = mapping.columns.map((each) => each.field).filter((name) => !columns.some((each) => each.field === name))
  const next = withKey(
    { ...mapping, columns },
    (mapping.key ?? []).filter((name) => !gone.includes(name)),
  )
  // What was decided for the field's cells was decided for that column's.
  return before === null || before === field ? next : forget(next, before)
}

/** The field a column is read into. */
export function fieldOfColumn(mapping: ImportMapping, column: string): string | null {
  return mapping.columns.find((each) => each.column === column)?.field ?? null
}

/** The column a field is read from. */
export function columnOfField(mapping: ImportMapping, field: string): string | null {
  return mapping.columns.find((each) => each.field === field)?.column ?? null
}

/** Says how the cells of a column are written; undefined takes it back. */
export function setColumnOption<K extends keyof ColumnOptions>(
  mapping: ImportMapping,
  column: string,
  name: K,
  value: ColumnOptions[K] | undefined,
): ImportMapping {
  const columns = mapping.columns.map((each): ColumnMapping => {
    if (each.column !== column) return each
    const { options, ...rest } = each
    const next = withEntry(options ?? {}, name, value)
    return Object.keys(next).length > 0 ? { ...rest, options: next } : rest
  })
  return { ...mapping, columns }
}

/** One field more or less that tells records apart. */
export function toggleKey(mapping: ImportMapping, field: string): ImportMapping {
  const key = mapping.key ?? []
  return withKey(mapping, key.includes(field) ? key.filter((name) => name !== field) : [...key, field])
}

/** What a cell means instead; null = nothing, undefined takes it back. */
export function mapValue(mapping: ImportMapping, field: string, value: string, to: string | null | undefined): ImportMapping {
  const own = withEntry(mapping.values?.[field] ?? {}, value, to)
  return withPart(mapping, 'values', field, Object.keys(own).length > 0 ? own : undefined)
}

/** How the cells of a reference name records. Undefined takes a rule back. */
export function setReference(
  mapping: ImportMapping,
  field: string,
  patch: { readonly [K in keyof ReferenceRule]?: ReferenceRule[K] | undefined },
): ImportMapping {
  const rule = compact({ ...mapping.references?.[field], ...patch })
  return withPart(mapping, 'references', field, Object.keys(rule).length > 0 ? (rule as ReferenceRule) : undefined)
}

/** The value of new records where the file says nothing; undefined takes it back. */
export function setDefault(mapping: ImportMapping, field: string, value: PlainValue | undefined): ImportMapping {
  return withPart(mapping, 'defaults', field, value)
}

/** A text put together from columns, such as `{account} · {product}`; undefined takes it back. */
export function setTemplate(mapping: ImportMapping, field: string, text: string | undefined): ImportMapping {
  return withPart(mapping, 'templates', field, text)
}

/** Changes what is said of all cells; undefined takes it back. */
export function setGeneral<K extends 'empty' | 'blank' | 'zone' | 'country'>(
  mapping: ImportMapping,
  name: K,
  value: ImportMapping[K] | undefined,
): ImportMapping {
  return withEntry(mapping, name, value) as ImportMapping
}

/** Changes the history; undefined takes a part back. */
export function setHistory(
  mapping: ImportMapping,
  patch: { readonly [K in keyof ImportHistory]?: ImportHistory[K] | undefined },
): ImportMapping {
  const history = compact({ ...mapping.history, ...patch })
  const { history: _before, ...rest } = mapping
  return Object.keys(history).length > 0 ? { ...rest, history } : rest
}

/** A field as it was at first; undefined takes it back. */
export function setStart(mapping: ImportMapping, field: string, value: PlainValue | undefined): ImportMapping {
  const start = withEntry(mapping.history?.start ?? {}, field, value)
  return setHistory(mapping, { start: Object.keys(start).length > 0 ? start : undefined })
}

/** Replaces a moment of the history, adds one at the end, or takes one away. */
export function setStage(mapping: ImportMapping, index: number, stage: HistoryStage | undefined): ImportMapping {
  const before = mapping.history?.stages ?? []
  const stages = stage === undefined ? before.filter((_, at) => at !== index) : before.toSpliced(index, 1, stage)
  return setHistory(mapping, { stages: stages.length > 0 ? stages : undefined })
}

/** A saved mapping as far as its columns are there, and those that are not. */
export function fitted(
  mapping: ImportMapping,
  columns: readonly string[],
): { readonly mapping: ImportMapping; readonly missing: readonly string[] } {
  const missing = mapping.columns.map(({ column }) => column).filter((column) => !columns.includes(column))
  return { mapping: missing.reduce((each, column) => setField(each, column, null), mapping), missing }
}

function forget(mapping: ImportMapping, field: string): ImportMapping {
  return withPart(withPart(mapping, 'values', field, undefined), 'references', field, undefined)
}

function withKey(mapping: ImportMapping, key: readonly string[]): ImportMapping {
  return withEntry(mapping, 'key', key.length > 0 ? key : undefined) as ImportMapping
}

function withPart<K extends 'values' | 'references' | 'defaults' | 'templates'>(
  mapping: ImportMapping,
  part: K,
  field: string,
  value: NonNullable<ImportMapping[K]>[string] | undefined,
): ImportMapping {
  const next = withEntry((mapping[part] ?? {}) as Record<string, unknown>, field, value)
  return withEntry(mapping, part, Object.keys(next).length > 0 ? next : undefined) as ImportMapping
}

/** An object with an entry more, changed or less: what says nothing is not there at all. */
function withEntry<T extends object>(object: T, name: PropertyKey, value: unknown): T {
  if (value !== undefined) return { ...object, [name]: value }
  return Object.fromEntries(Object.entries(object).filter(([known]) => known !== name)) as T
}

function compact(object: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}
