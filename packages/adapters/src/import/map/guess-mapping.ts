import type { FieldDefinition, ObjectDefinition, Words } from '@guanxi/core'
import { folded } from '../convert/width.ts'
import { likeness } from '../likeness.ts'
import type { Cell } from '../table.ts'
import { exportedColumns } from './exported.ts'
import { fit, type Looks, looksOf } from './samples.ts'
import { bareName, fieldsCalled } from './synonyms.ts'
import { isImportable } from './target.ts'

/** Why a column is taken for a field. */
export type GuessReason = 'exported' | 'name' | 'label' | 'synonym' | 'similar' | 'samples' | 'none'

/** What a column seems to be. `field` null = not imported. */
export interface ColumnGuess {
  readonly column: string
  readonly field: string | null
  /** 0 to 1. */
  readonly confidence: number
  readonly reason: GuessReason
}

interface Candidate {
  readonly column: number
  readonly field: FieldDefinition
  readonly confidence: number
  readonly reason: GuessReason
}

/** Below this a guess helps nobody. */
const enough = 0.45

/**
 * Guesses which field each column is, from names and labels in both languages, from what such columns are usually called, and from the
 * cells. `words` adds names that a host's people use: field → words. Each field is taken once; everything can be changed.
 */
export function guessMapping(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  definition: ObjectDefinition,
  words: Readonly<Record<string, readonly string[]>> = {},
): ColumnGuess[] {
  const exported = exportedColumns(columns, rows, definition)
  const sure = new Set([...(exported?.values() ?? [])].map(({ field }) => field))
  const fields = definition.fields.filter((field) => isImportable(field) && !sure.has(field.name))
  const looks = columns.map((_, index) =>
    looksOf(
      rows.map((row) => row[index] ?? { kind: 'empty' }),
      emptyWords,
    ),
  )
  const candidates = columns.flatMap((column, index) =>
    exported?.has(index)
      ? []
      : fields.map(
          (field): Candidate => ({
            column: index,
            field,
            ...rate(column, looks[index] as Looks, field, definition, words[field.name] ?? []),
          }),
        ),
  )
  const taken = new Map<number, Candidate>()
  const used = new Set<string>()
  for (const candidate of candidates.toSorted((a, b) => b.confidence - a.confidence)) {
    if (candidate.confidence < enough || taken.has(candidate.column) || used.has(candidate.field.name)) continue
    taken.set(candidate.column, candidate)
    used.add(candidate.field.name)
  }
  return columns.map((column, index) => {
    const known = exported?.get(index)
    if (known) return { column, field: known.field, confidence: known.field === null ? 0 : 1, reason: 'exported' }
    const found = taken.get(index)
    if (!found) return { column, field: null, confidence: 0, reason: 'none' }
    return { column, field: found.field.name, confidence: Math.round(found.confidence * 100) / 100, reason: found.reason }
  })
}

/** Words that usually mean nothing is there. */
export const emptyWords: ReadonlySet<string> = new Set(['NULL', 'null', 'N/A', 'n/a', '#N/A', '\\N', '(null)', '无', '-', '--', '/'])

function rate(
  column: string,
  looks: Looks,
  field: FieldDefinition,
  definition: ObjectDefinition,
  words: readonly string[],
): Pick<Candidate, 'confidence' | 'reason'> {
  const named = byName(column, field, definition, words)
  const fits = fit(looks, field)
  if (named.confidence > 0) return { ...named, confidence: named.confidence * (0.3 + 0.7 * fits) }
  return bySamples(looks, field)
}

function byName(
  column: string,
  field: FieldDefinition,
  definition: ObjectDefinition,
  words: readonly string[],
): Pick<Candidate, 'confidence' | 'reason'> {
  const name = bareName(column)
  const own = namesOf(field)
  if (own.has(name)) return { confidence: 1, reason: 'name' }
  if (isLabel(column, field.label) || words.some((word) => bareName(word) === name)) return { confidence: 0.98, reason: 'label' }
  if (field.name === definition.nameField && isLabel(column, definition.label)) return { confidence: 0.9, reason: 'label' }
  // customerID in a file of customers, product_name in a file of products.
  const short = withoutObject(name, definition)
  if (short !== name && (own.has(short) || isLabel(short, field.label))) return { confidence: 0.88, reason: 'label' }
  const rank = fieldsCalled(column, definition).indexOf(field.name)
  if (rank >= 0) return { confidence: 0.85 - 0.03 * rank, reason: 'synonym' }
  if (short !== name && fieldsCalled(short, definition).includes(field.name)) return { confidence: 0.75, reason: 'synonym' }
  const alike = Math.max(likeness(column, field.name), likeness(column, field.label.en), likeness(column, field.label['zh-CN']))
  return alike >= 0.6 ? { confidence: alike * 0.75, reason: 'similar' } : { confidence: 0, reason: 'none' }
}

/** Only looks that few fields have are a reason by themselves. */
function bySamples(looks: Looks, field: FieldDefinition): Pick<Candidate, 'confidence' | 'reason'> {
  if (looks.filled < 3) return { confidence: 0, reason: 'none' }
  const telling = field.kind === 'email' ? looks.email : field.kind === 'phone' ? looks.phone : field.kind === 'url' ? looks.url : 0
  const money = field.kind === 'money' ? looks.currency : 0
  return { confidence: 0.6 * Math.max(telling >= 0.8 ? telling : 0, money >= 0.8 ? money : 0), reason: 'samples' }
}

/** `custom.engagedOn` is called engagedOn, `customerId` also customer. */
function namesOf({ name, kind }: FieldDefinition): ReadonlySet<string> {
  const bare = bareName(name.replace(/^custom\./, ''))
  const points = kind === 'reference' || kind === 'user' || kind === 'links'
  return new Set(points ? [bare, bare.replace(/ids?$/, ''), bare.replace(/ids?$/, 's')] : [bare])
}

function withoutObject(name: string, { name: object, label }: ObjectDefinition): string {
  for (const word of [bareName(object), bareName(label.en), bareName(label['zh-CN'])]) {
    if (word !== '' && name !== word && name.startsWith(word)) return name.slice(word.length)
  }
  return name
}

function isLabel(column: string, label: Words): boolean {
  const name = bareName(column)
  return name !== '' && (name === bareName(label.en) || name === bareName(label['zh-CN']) || folded(column) === folded(label['zh-CN']))
}
