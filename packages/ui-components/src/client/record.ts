import type { CrmRecord, FieldView, Money, ObjectView, RecordValues, RelatedRecord } from './types.ts'

const CUSTOM = 'custom.'

/** A field's value; admin fields sit under `custom`. */
export function readField(record: RecordValues | null | undefined, name: string): unknown {
  if (!record) return undefined
  if (!name.startsWith(CUSTOM)) return record[name]
  const custom = record.custom
  return custom && typeof custom === 'object' ? (custom as RecordValues)[name.slice(CUSTOM.length)] : undefined
}

/** Values by field name, nested the way the server takes them. */
export function nestValues(values: ReadonlyMap<string, unknown>): RecordValues {
  const out: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const [name, value] of values) {
    if (name.startsWith(CUSTOM)) custom[name.slice(CUSTOM.length)] = value
    else out[name] = value
  }
  return Object.keys(custom).length > 0 ? { ...out, custom } : out
}

/** Are two field values the same? Missing, null, blank and empty list count as one. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b)
  return a === b || (typeof a === 'object' && canonical(a) === canonical(b))
}

/** Nothing there to show or send. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Is it a sum of money? */
export function isMoney(value: unknown): value is Money {
  return (
    typeof value === 'object' &&
    value !== null &&
    'minor' in value &&
    typeof value.minor === 'number' &&
    'currency' in value &&
    typeof value.currency === 'string'
  )
}

/** What the record is called. */
export function nameOf(object: ObjectView | null | undefined, record: CrmRecord | RelatedRecord | null | undefined): string {
  const name = readField(record, object?.nameField ?? 'name') ?? record?.name
  return typeof name === 'string' ? name : ''
}

/** The records a reference, user or links field brought along. */
export function relatedOf(record: CrmRecord | null | undefined, field: string): readonly RelatedRecord[] {
  const related = record?.related?.[field]
  if (!related) return []
  return Array.isArray(related) ? related : [related as RelatedRecord]
}

/** What a record that something points to is called; `nameEn` beside `name` where there is one. */
export function relatedName(one: RelatedRecord, locale: string): string {
  return (locale === 'en' && typeof one.nameEn === 'string' && one.nameEn) || one.name || one.id
}

/** The field of that name. */
export function fieldOf(object: ObjectView, name: string): FieldView | undefined {
  return object.fields.find((field) => field.name === name)
}

/** Does the field point to other records or people, so that `expand` can name them? */
export function isExpandable(field: FieldView): boolean {
  return field.kind === 'reference' || field.kind === 'user' || field.kind === 'links'
}

function canonical(value: unknown): string {
  return isMoney(value) ? `${value.minor} ${value.currency}` : JSON.stringify(value)
}
