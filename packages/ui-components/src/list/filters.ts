import { fieldOf } from '../client/record.ts'
import type { FieldView, ObjectView, RecordValues } from '../client/types.ts'

const AT_MOST = 3
const MANY_OPTIONS = 20

/** Chosen values by field. */
export type Filters = ReadonlyMap<string, readonly string[]>

/** Fields worth a quick filter: choices shown as columns first, and who owns the record. */
export function filterFields(object: ObjectView, columns: readonly string[]): readonly FieldView[] {
  const choices = object.fields.filter(isFilterable)
  const shown = choices.filter((field) => columns.includes(field.name))
  const rest = choices.filter((field) => !columns.includes(field.name) && field.layer !== 'system')
  const owner = fieldOf(object, 'ownerId')
  return [...[...shown, ...rest].slice(0, AT_MOST), ...(owner ? [owner] : [])]
}

function isFilterable(field: FieldView): boolean {
  const count = field.options?.length ?? 0
  const can = !field.operators || field.operators.includes('in') || field.operators.includes('hasAny')
  return (field.kind === 'choice' || field.kind === 'multiChoice') && count > 1 && count <= MANY_OPTIONS && can
}

/** The filters as a condition, beside the host's own. */
export function whereOf(object: ObjectView, filters: Filters, own: RecordValues | null): RecordValues {
  const chosen = [...filters]
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => [name, conditionOf(fieldOf(object, name), values)] as const)
  const where = Object.fromEntries(chosen)
  if (!own || Object.keys(own).length === 0) return where
  return chosen.length > 0 ? { and: [own, where] } : own
}

function conditionOf(field: FieldView | undefined, values: readonly string[]): RecordValues {
  return field?.kind === 'multiChoice' ? { hasAny: values } : { in: values }
}

/** The filters with one value more or less. */
export function toggled(filters: Filters, name: string, value: string): Filters {
  const values = filters.get(name) ?? []
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value]
  return new Map([...filters, [name, next] as const].filter(([, kept]) => kept.length > 0))
}

/** The filters without a field. */
export function without(filters: Filters, name: string): Filters {
  return new Map([...filters].filter(([one]) => one !== name))
}
