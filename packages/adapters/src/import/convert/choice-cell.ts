import type { FieldDefinition } from '@guanxi/core'
import { nearest } from '../likeness.ts'
import { type Reading, type Refused, refuse } from './converted.ts'
import { splitList } from './list.ts'
import type { ConvertOptions } from './options.ts'
import { folded } from './width.ts'

interface Options {
  readonly exact: ReadonlyMap<string, string>
  /** The same with options that may no longer be chosen. */
  readonly retired: ReadonlyMap<string, string>
  /** Null where two options have the same label. */
  readonly folded: ReadonlyMap<string, string | null>
  readonly names: readonly string[]
}

const known = new WeakMap<FieldDefinition, Options>()

/** Reads a text into one option: by value or label in either language; width, case and spaces do not count. */
export function readChoice(text: string, field: FieldDefinition, { retired = false }: ConvertOptions = {}): Reading<string> | Refused {
  const options = optionsOf(field)
  const exact = options.exact.get(text.trim()) ?? (retired ? options.retired.get(text.trim()) : undefined)
  if (exact !== undefined) return { value: exact, codes: [] }
  const near = options.folded.get(folded(text))
  if (near) return { value: near, codes: ['OPTION_SPELLING'] }
  const suggestion = nearest(text, options.names)
  if (suggestion === null) return refuse('IMPORT_OPTION_UNKNOWN', { value: text.trim().slice(0, 100) })
  return refuse('IMPORT_OPTION_NEAR', { value: text.trim().slice(0, 100), nearest: suggestion })
}

/** Reads a list of options; without options, any words. */
export function readChoices(text: string, field: FieldDefinition, how: ConvertOptions = {}): Reading<string[]> | Refused {
  const readings = splitList(text).map((part): Reading<string> | Refused =>
    field.options.length === 0 ? { value: part, codes: [] } : readChoice(part, field, how),
  )
  const values: string[] = []
  for (const reading of readings) {
    if ('refused' in reading) return reading
    if (!values.includes(reading.value)) values.push(reading.value)
  }
  return { value: inOrder(values, field), codes: readings.flatMap((reading) => ('codes' in reading ? reading.codes : [])) }
}

/** Sets are kept in the order of their options, tags by name, so that the same set is the same value. */
function inOrder(values: string[], field: FieldDefinition): string[] {
  if (field.options.length === 0) return values.sort()
  const ranks = new Map(field.options.map(({ value }, rank) => [value, rank]))
  return values.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
}

function optionsOf(field: FieldDefinition): Options {
  const made = known.get(field) ?? makeOptions(field)
  known.set(field, made)
  return made
}

function makeOptions(field: FieldDefinition): Options {
  const live = field.options.filter(({ retired }) => !retired)
  const exact = namesOf(live)
  const loose = new Map<string, string | null>()
  for (const { value, label } of live) {
    for (const name of [value, label?.['zh-CN'] ?? value, label?.en ?? value]) {
      const key = folded(name)
      loose.set(key, loose.has(key) && loose.get(key) !== value ? null : value)
    }
  }
  return { exact, retired: namesOf(field.options), folded: loose, names: [...exact.keys()] }
}

function namesOf(options: FieldDefinition['options']): Map<string, string> {
  const names = new Map<string, string>()
  for (const { value, label } of options) {
    for (const name of [value, label?.['zh-CN'] ?? value, label?.en ?? value]) if (!names.has(name)) names.set(name, value)
  }
  // A value always means itself, whatever another option is called.
  for (const { value } of options) names.set(value, value)
  return names
}
