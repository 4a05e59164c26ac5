import { crmError, type FieldDefinition, type KindName, type ObjectDefinition } from '@guanxi/core'
import { cellText } from '../convert/cell-content.ts'
import type { ConvertOptions } from '../convert/options.ts'
import { rememberingReader } from '../convert/remembering.ts'
import { isZone } from '../convert/zone.ts'
import type { ColumnOptions, HistoryStage, ImportMapping, PlainValue, ValueSource } from '../map/mapping.ts'
import { idField, isId, isImportable, isLink, looseField } from '../map/target.ts'
import type { Cell, TableRow } from '../table.ts'
import type { CompiledMapping, CompiledStage, Source } from './compiled.ts'
import { templateCell } from './template.ts'

const nothing: Cell = { kind: 'empty' }

/** Checks a mapping against what it maps from and to. Throws IMPORT_COLUMN_UNKNOWN, FIELD_UNKNOWN, IMPORT_MAPPING_INVALID. */
export function compileMapping(mapping: ImportMapping, definition: ObjectDefinition, columns: readonly string[]): CompiledMapping {
  const zone = mapping.zone ?? 'Asia/Shanghai'
  if (!isZone(zone)) throw invalid(`“${zone}” is no time zone`)
  const empty = new Set(mapping.empty)
  const fieldOf = (name: string): FieldDefinition => importableField(definition, name)
  const columnOptions = new Map(mapping.columns.map(({ column, options }) => [column, options]))

  const optionsOf = (field: FieldDefinition, own: ColumnOptions = {}): ConvertOptions => {
    const values = mapping.values?.[field.name]
    return {
      zone,
      country: mapping.country,
      ...own,
      empty,
      retired: (mapping.key ?? []).length > 0,
      ...(values && { values: new Map(Object.entries(values)) }),
    }
  }
  const fromColumn = (field: FieldDefinition, column: string): Source => {
    const index = columnIndex(columns, column)
    return source(field, column, optionsOf(field, columnOptions.get(column)), (row) => row.cells[index] ?? nothing)
  }
  const fixed = (field: FieldDefinition, value: PlainValue): Source => {
    const cell = plainCell(value)
    return source(field, field.name, optionsOf(field), () => cell)
  }
  const from = (name: string, given: ValueSource): Source =>
    'column' in given ? fromColumnOnce(fieldOf(name), given.column) : fixed(fieldOf(name), given.value)
  const fixedAll = (values: Readonly<Record<string, PlainValue>> = {}): Source[] =>
    Object.entries(values).map(([name, value]) => fixed(fieldOf(name), value))
  const stage = ({ at, when = {}, set }: HistoryStage): CompiledStage => ({
    at: fromColumn(looseField(at, 'instant'), at),
    applies: conditions(when, columns),
    set: Object.entries(set).map(([name, given]) => from(name, given)),
  })

  const read = new Map<string, Source>()
  // The same column for the same field is read once a row, however often the mapping names it.
  const fromColumnOnce = (field: FieldDefinition, column: string): Source => {
    const name = JSON.stringify([field.name, column])
    const known = read.get(name) ?? fromColumn(field, column)
    read.set(name, known)
    return known
  }

  const mapped = mapping.columns.map(({ column, field }) => fromColumnOnce(fieldOf(field), column))
  const templates = Object.entries(mapping.templates ?? {}).map(([name, text]): Source => {
    const field = fieldOf(name)
    return source(field, name, optionsOf(field), templateCell(text, columns, mapping))
  })
  const sources = [...mapped, ...templates]
  refuseTwice(sources)
  const stages = (mapping.history?.stages ?? []).map(stage)
  const defaults = fixedAll(mapping.defaults)
  const start = fixedAll(mapping.history?.start)
  const key = (mapping.key ?? []).map((name) => keySource(sources, name))
  checkIdKey(sources, key)
  const created = mapping.history?.createdAt
  const all = [...sources, ...defaults, ...start, ...stages.flatMap(({ set }) => set)]
  return {
    mapping,
    definition,
    columns,
    sources,
    defaults,
    key,
    createdAt: created === undefined ? null : fromColumn(looseField(created, 'instant'), created),
    start,
    stages,
    owned: mapping.columns.some(({ field }) => field === 'ownerId'),
    links: [...new Map(all.filter(({ field }) => isLink(field)).map(({ field }) => [field.name, field])).values()],
    rule: (field) => {
      const rule = mapping.references?.[field.name] ?? {}
      return { ...rule, to: field.to ?? rule.to ?? null }
    },
  }
}

function source(field: FieldDefinition, column: string, options: ConvertOptions, cell: Source['cell']): Source {
  return { field, column, options, cell, read: rememberingReader(field, options) }
}

function importableField(definition: ObjectDefinition, name: string): FieldDefinition {
  const field = definition.field.get(name)
  if (!field) throw crmError('FIELD_UNKNOWN', { field: name })
  if (isId(field)) return idField(field)
  if (field.formula) throw crmError('FIELD_COMPUTED', { field: name })
  if (!isImportable(field)) throw crmError('IMPORT_FIELD_KIND', { field: name })
  return field
}

function columnIndex(columns: readonly string[], column: string): number {
  const index = columns.indexOf(column)
  if (index < 0) throw crmError('IMPORT_COLUMN_UNKNOWN', { column })
  return index
}

function conditions(when: NonNullable<HistoryStage['when']>, columns: readonly string[]): (row: TableRow) => boolean {
  const parts = Object.entries(when).map(([column, values]) => ({ index: columnIndex(columns, column), values: new Set(values) }))
  return (row) => parts.every(({ index, values }) => values.has(cellText(row.cells[index]).trim()))
}

function plainCell(value: PlainValue): Cell {
  if (typeof value === 'string') return { kind: 'text', text: value }
  if (typeof value === 'boolean') return { kind: 'boolean', boolean: value }
  return { kind: 'number', number: value, date: false }
}

function refuseTwice(sources: readonly Source[]): void {
  const seen = new Set<string>()
  for (const { field } of sources) {
    if (seen.has(field.name)) throw invalid(`“${field.name}” is filled from two columns`)
    seen.add(field.name)
  }
}

/** Kinds that can be asked for by a list of values. */
const keyKinds: readonly KindName[] = ['text', 'choice', 'phone', 'email', 'integer', 'decimal', 'date', 'instant', 'reference', 'user']

function keySource(sources: readonly Source[], name: string): Source {
  const found = sources.find(({ field }) => field.name === name)
  if (!found) throw invalid(`the key “${name}” is filled from no column`)
  if (!keyKinds.includes(found.field.kind)) throw invalid(`“${name}” cannot be a key`)
  return found
}

/** An id tells records apart by itself, and is there for nothing else. */
function checkIdKey(sources: readonly Source[], key: readonly Source[]): void {
  if (!sources.some(({ field }) => isId(field))) return
  if (key.length !== 1 || !key[0] || !isId(key[0].field)) throw invalid('where a column is the id, the key is ["id"]')
}

function invalid(reason: string): Error {
  return crmError('IMPORT_MAPPING_INVALID', { reason })
}
