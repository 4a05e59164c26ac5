import { isBlank } from '../client/record.ts'
import type { FieldView } from '../client/types.ts'
import { inLocale } from '../messages/locale.ts'

/** A whole number from 0 to 100 that is a share of something, by its name: a score is none. */
export function isPercent({ kind, name, minimum, maximum }: FieldView): boolean {
  return kind === 'integer' && minimum === 0 && maximum === 100 && /probability|percent|share|rate/i.test(name)
}

/** An option's label; its value where it has none. */
export function optionLabel(field: FieldView, value: string, locale: string): string {
  return inLocale(field.options?.find((option) => option.value === value)?.label, locale) || value
}

/** A value that may be a list, as a list of texts. */
export function asList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : isBlank(value) ? [] : [String(value)]
}
