import { crmError, type FieldDefinition, inLocale, type Money, type ObjectDefinition } from '@guanxi/core'
import { minorPlaces } from '../import/convert/currency.ts'
import { fieldValue } from '../import/lookup/existing-records.ts'
import { writeHeader } from '../import/map/header.ts'
import type { ExportColumn } from '../import/write/index.ts'
import type { ObjectExport } from './object-export.ts'
import type { ReadRecord } from './read-records.ts'

/** A column of the file and the field it shows. */
export interface FieldColumn {
  readonly field: FieldDefinition
  readonly column: ExportColumn
  readonly style: CellStyle
}

/** How the values of a column are written. */
export interface CellStyle {
  readonly raw: boolean
  readonly locale: string | undefined
  readonly zone: string
  /** Amounts in it are numbers; others say theirs. */
  readonly currency: string
}

/** An import takes times to be of this zone; amounts say their currency in the header, because a number of money without it is half told. */
const assumed = { zone: 'Asia/Shanghai', currency: 'CNY' } as const
const shownOfSystem: ReadonlySet<string> = new Set(['ownerId', 'teamId', 'createdAt', 'updatedAt'])

type Wanted = Pick<ObjectExport, 'headers' | 'values'> & Pick<CellStyle, 'zone' | 'locale'>

/** The columns of an export. `first`: some of its records, by which an amount's column is in the currency that most of them are in. */
export function exportColumns(
  definition: ObjectDefinition,
  fields: readonly FieldDefinition[],
  first: readonly ReadRecord[],
  { headers, values, zone, locale }: Wanted,
): FieldColumn[] {
  const raw = values === 'raw'
  return fields.map((field) => {
    const currency = field.kind === 'money' && !raw ? usualCurrency(field, first) : assumed.currency
    const style = { raw, locale, zone, currency }
    return { field, style, column: columnOf(definition, field, style, headers) }
  })
}

/** The fields asked for, else the id, what the object has, and who and when. */
export function exportFields(definition: ObjectDefinition, names: readonly string[] | undefined): readonly FieldDefinition[] {
  if (!names) {
    const own = definition.fields.filter(({ layer, kind }) => layer !== 'system' && kind !== 'children')
    const system = definition.fields.filter(({ layer, name }) => layer === 'system' && shownOfSystem.has(name))
    const id = definition.field.get('id')
    return [...(id ? [id] : []), ...own, ...system]
  }
  return names.map((name) => {
    const field = definition.field.get(name)
    if (!field) throw crmError('FIELD_UNKNOWN', { field: name })
    if (field.kind === 'children') throw crmError('PARAMETER_INVALID', { name: 'fields', reason: name })
    return field
  })
}

function columnOf(definition: ObjectDefinition, field: FieldDefinition, style: CellStyle, headers: ObjectExport['headers']): ExportColumn {
  const text = headers === 'name' ? field.name : inLocale(field.label, style.locale)
  const details = {
    ...(field.kind === 'money' && !style.raw && { currency: style.currency }),
    ...(field.kind === 'instant' && !style.raw && style.zone !== assumed.zone && { zone: style.zone }),
  }
  return { name: writeHeader(field, text, definition, details), ...typeOf(field, style) }
}

function typeOf({ kind }: FieldDefinition, { raw, currency }: CellStyle): Omit<ExportColumn, 'name'> {
  switch (kind) {
    case 'integer':
    case 'number':
    case 'decimal':
      return { type: 'number' }
    case 'money':
      return raw ? { type: 'text' } : { type: 'money', decimals: minorPlaces(currency) }
    case 'boolean':
    case 'date':
      return { type: kind }
    case 'instant':
      return { type: raw ? 'text' : 'datetime' }
    default:
      return { type: 'text' }
  }
}

/** Amounts in it are numbers, and can be summed where the file is opened. */
function usualCurrency(field: FieldDefinition, records: readonly ReadRecord[]): string {
  const counts = new Map<string, number>()
  for (const record of records) {
    const value = fieldValue(record, field.name) as Money | null | undefined
    if (value) counts.set(value.currency, (counts.get(value.currency) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most?.[0] ?? assumed.currency
}
