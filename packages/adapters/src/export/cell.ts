import { type AnyReference, type FieldDefinition, type FileReference, inLocale, type Money } from '@guanxi/core'
import { amountText } from '../import/convert/amount.ts'
import { readChoice } from '../import/convert/choice-cell.ts'
import { minorPlaces } from '../import/convert/currency.ts'
import { readLink } from '../import/convert/link-cell.ts'
import { joinList } from '../import/convert/list.ts'
import { instantIn, wallClockIn } from '../import/convert/zone.ts'
import type { ExportValue } from '../import/write/index.ts'
import type { CellStyle } from './columns.ts'
import type { Names } from './names.ts'

/** A field's value as a cell that an import reads as that value again. */
export function cellOf(field: FieldDefinition, value: unknown, style: CellStyle, names: Names): ExportValue {
  if (value === null || value === undefined) return null
  switch (field.kind) {
    case 'integer':
    case 'number':
      return numberCell(Number(value))
    case 'money':
      return moneyCell(value as Money, style)
    case 'boolean':
      return value === true
    case 'instant':
      return instantCell(Number(value), style)
    case 'choice':
      return style.raw ? String(value) : choiceText(field, String(value), style.locale)
    case 'multiChoice':
      return listCell((value as readonly string[]).map((each) => (style.raw ? each : choiceText(field, each, style.locale))))
    case 'reference':
      return style.raw || field.name === 'id' ? String(value) : names.record(field.to ?? '', String(value))
    case 'links':
      return linksCell(field, value as readonly string[], style, names)
    case 'anyReference':
      return anyReferenceCell(value as AnyReference, names)
    case 'user':
      return style.raw ? String(value) : names.person(String(value))
    case 'file':
      return (value as FileReference).name
    default:
      return String(value)
  }
}

/** What fifteen digits cannot hold is text: a spreadsheet would round it. */
function numberCell(value: number): ExportValue {
  return Number(value.toPrecision(15)) === value ? value : String(value)
}

function moneyCell({ minor, currency }: Money, style: CellStyle): string {
  const amount = amountText(BigInt(minor), minorPlaces(currency))
  return currency === style.currency && !style.raw ? amount : `${currency} ${amount}`
}

/** Wall time to the second, as people and spreadsheets write it; where a clock change makes that say two things, the moment itself. */
function instantCell(value: number, { raw, zone }: CellStyle): string {
  const iso = new Date(value).toISOString()
  if (raw) return iso
  const second = Math.floor(value / 1_000) * 1_000
  const wall = wallClockIn(zone, second)
  return instantIn(zone, wall) === second ? new Date(wall).toISOString().slice(0, 19).replace('T', ' ') : iso
}

function choiceText(field: FieldDefinition, value: string, locale: string | undefined): string {
  const option = field.options.find((each) => each.value === value)
  const label = option?.label && inLocale(option.label, locale)
  if (label === undefined || label.trim() !== label) return value
  const read = readChoice(label, field, { retired: true })
  return 'value' in read && read.value === value && read.codes.length === 0 ? label : value
}

function listCell(entries: readonly string[]): string | null {
  return entries.length === 0 ? null : joinList(entries)
}

function linksCell(field: FieldDefinition, ids: readonly string[], { raw }: CellStyle, names: Names): string | null {
  if (raw || ids.length === 0) return listCell(ids)
  const texts = ids.map((id) => names.record(field.to ?? '', id))
  const joined = joinList(texts)
  // A whole cell that is one record's name would be taken for that record.
  const read = readLink(joined, field, { find: names.find(field.to ?? '') })
  const same =
    'value' in read &&
    Array.isArray(read.value) &&
    read.value.length === ids.length &&
    ids.every((id) => (read.value as string[]).includes(id))
  return same ? joined : JSON.stringify(ids.map((id) => names.exactly(field.to ?? '', id)))
}

function anyReferenceCell({ object, id }: AnyReference, names: Names): string {
  return `${object}: ${names.exactly(object, id)}`
}
