import type { FieldDefinition } from '../object/definition.ts'
import type { ChoiceOption, PropertySchema } from '../object/schema.ts'

const mostOptions = 500
const longestValue = 100

/** The options of a choice or multiChoice property, in order: the enum's values with their labels, or the options themselves. */
export function optionsOf(property: PropertySchema): readonly ChoiceOption[] {
  const values = property.items?.enum ?? property.enum
  if (!values) return property.options ?? []
  return values.map((value) => property.options?.find((option) => option.value === value) ?? { value })
}

/** Problems of a property's options, in words. */
export function optionProblems(property: PropertySchema): string[] {
  const options = optionsOf(property)
  const values = new Set(options.map((option) => option.value))
  const unlisted = (property.options ?? []).filter((option) => !values.has(option.value))
  return [
    ...(options.length > mostOptions ? [`at most ${mostOptions} options`] : []),
    ...(values.size < options.length ? ['two options have the same value'] : []),
    ...unlisted.map((option) => `option "${option.value}" is not in the enum; add it there`),
    ...options
      .filter((option) => !isOptionValue(option.value))
      .map(() => `an option's value is text of 1 to ${longestValue} characters, without spaces around it`),
  ]
}

function isOptionValue(value: unknown): boolean {
  if (typeof value !== 'string' || value === '' || value.length > longestValue) return false
  return value.trim() === value && value.isWellFormed() && !value.includes('\u0000') && value.normalize('NFC') === value
}

const ranks = new WeakMap<FieldDefinition, ReadonlyMap<string, number>>()

/** Position of each option's value, retired ones included. */
export function ranksOf(field: FieldDefinition): ReadonlyMap<string, number> {
  const known = ranks.get(field)
  if (known) return known
  const made = new Map(field.options.map((option, rank) => [option.value, rank]))
  ranks.set(field, made)
  return made
}

/** Values that may still be chosen. Never empty, because an empty enum is no schema: '' is never a value. */
export function liveValues(field: FieldDefinition): readonly string[] {
  const live = field.options.filter((option) => !option.retired).map((option) => option.value)
  return live.length > 0 ? live : ['']
}
