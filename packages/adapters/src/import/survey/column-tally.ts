import { crmError } from '@guanxi/core'
import type { Source } from '../compile/compiled.ts'
import type { Refused } from '../convert/converted.ts'
import { orderShownBy } from '../convert/date-text.ts'
import { narrow } from '../convert/width.ts'
import { nearest } from '../likeness.ts'
import { reasonOf } from '../run/reason.ts'
import type { Question, UnknownValue } from './question.ts'

const most = { distinct: 10_000, shown: 200 } as const

interface Refusal {
  readonly value: string
  readonly refused: Refused
  count: number
}

const optionCodes: ReadonlySet<string> = new Set(['IMPORT_OPTION_UNKNOWN', 'IMPORT_OPTION_NEAR'])
const nameCodes: ReadonlySet<string> = new Set([
  'IMPORT_REFERENCE_MISSING',
  'IMPORT_REFERENCE_NEAR',
  'IMPORT_REFERENCE_AMBIGUOUS',
  'IMPORT_PERSON_MISSING',
  'IMPORT_PERSON_AMBIGUOUS',
])

/** Counts what is not understood in one column. */
export class ColumnTally {
  readonly source: Source
  readonly #object: string | null
  readonly #refusals = new Map<string, Refusal>()
  readonly #orders = { dmy: 0, mdy: 0, either: 0 }

  constructor(source: Source, object: string | null) {
    this.source = source
    this.#object = object
  }

  refuse(text: string, refused: Refused): void {
    const name = `${refused.refused}\u0000${text}`
    const known = this.#refusals.get(name)
    if (known) known.count++
    else if (this.#refusals.size < most.distinct) this.#refusals.set(name, { value: text, refused, count: 1 })
  }

  noteDate(text: string): void {
    const order = orderShownBy(narrow(text))
    if (order) this.#orders[order]++
  }

  /** The order that the column's own dates prove; null where they prove none, or two. */
  get provenOrder(): 'dmy' | 'mdy' | null {
    const { dmy, mdy } = this.#orders
    if (dmy > 0 && mdy === 0) return 'dmy'
    return mdy > 0 && dmy === 0 ? 'mdy' : null
  }

  /** What a person should decide. `known`: names of the file itself, for references to its own rows. */
  questions(known: ReadonlySet<string>): Question[] {
    const { column, field, options } = this.source
    const refusals = [...this.#refusals.values()].filter(({ value, refused }) => !(nameCodes.has(refused.refused) && known.has(value)))
    const of = (codes: ReadonlySet<string>): Refusal[] => refusals.filter(({ refused }) => codes.has(refused.refused))
    const questions: Question[] = []
    const chosen = of(optionCodes)
    if (chosen.length > 0)
      questions.push({ kind: 'options', column, field: field.name, distinct: chosen.length, values: unknownValues(chosen) })
    const names = of(nameCodes)
    if (names.length > 0) {
      questions.push({
        kind: 'references',
        column,
        field: field.name,
        object: this.#object ?? '@people',
        distinct: names.length,
        values: unknownValues(names, known),
      })
    }
    const undecided = this.#orders.either > 0 && options.dateOrder === undefined && this.provenOrder === null
    if (undecided) questions.push({ kind: 'dateOrder', column, field: field.name, ...this.#orders })
    const other = refusals.filter(
      ({ refused }) => !optionCodes.has(refused.refused) && !nameCodes.has(refused.refused) && refused.refused !== 'IMPORT_DATE_AMBIGUOUS',
    )
    for (const group of Map.groupBy(other, ({ refused }) => refused.refused).values())
      questions.push(refusedQuestion(column, field.name, group))
    return questions
  }
}

function refusedQuestion(column: string, field: string, group: readonly Refusal[]): Question {
  const [first] = group as [Refusal]
  const count = group.reduce((sum, each) => sum + each.count, 0)
  const why = reasonOf(crmError(first.refused.refused, first.refused.params), { column, field })
  return { kind: 'refused', column, field, count, example: first.value.slice(0, 200), reason: why }
}

function unknownValues(refusals: readonly Refusal[], coming: ReadonlySet<string> = new Set()): UnknownValue[] {
  return refusals
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most.shown)
    .map(({ value, count, refused }) => ({
      value,
      count,
      nearest: refused.params.nearest === undefined ? nearest(value, coming) : String(refused.params.nearest),
    }))
}
