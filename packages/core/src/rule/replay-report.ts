import type { Replay, ReplayCase } from '../decider/save-rule.ts'
import type { RawRow } from '../store/port.ts'
import type { Locked } from '../write/locked-read.ts'
import type { CompiledSave } from './compile-save.ts'
import type { Acting } from './outcome.ts'
import { becauseOf } from './texts.ts'

const mostCases = 20
const mostPeople = 100

/** A save that has been: the record as it was saved, and as it was before. */
export interface PastSave {
  readonly record: Locked
  readonly previous: Locked | null
  readonly isNew: boolean
  /** Values of that time have been erased. */
  readonly isUnknown: boolean
  readonly at: number
  readonly by: string
}

/** What a decider would have done to one save. */
interface Decided {
  readonly save: PastSave
  readonly acting: readonly Acting[]
  readonly values: ReplayCase['values']
}

/** Sums up what a decider would have done, while the saves pass by. */
export class ReplayReport {
  readonly #decider: CompiledSave
  readonly #zone: string
  readonly #rows: readonly RawRow[]
  readonly #byRule: Map<string, number>
  readonly #people = new Map<string, { fired: number; saves: number }>()
  #cases: ReplayCase[] = []
  #fired = 0
  #unknown = 0

  constructor(decider: CompiledSave, zone: string, rows: readonly RawRow[]) {
    this.#decider = decider
    this.#zone = zone
    this.#rows = rows
    this.#byRule = new Map(decider.rules.map(({ id }) => [id, 0]))
  }

  add({ save, acting, values }: Decided): void {
    const person = this.#people.get(save.by) ?? { fired: 0, saves: 0 }
    this.#people.set(save.by, person)
    person.saves++
    if (save.isUnknown) this.#unknown++
    const [first] = acting
    if (!first) return
    this.#fired++
    person.fired++
    for (const { rule } of acting) this.#byRule.set(rule.id, (this.#byRule.get(rule.id) ?? 0) + 1)
    this.#cases.push(this.#caseOf(save, first, acting, values))
    if (this.#cases.length >= 1_000) this.#cases = this.#newest()
  }

  #caseOf({ record, at, by }: PastSave, first: Acting, acting: readonly Acting[], values: ReplayCase['values']): ReplayCase {
    const { nameField } = this.#decider.runtime.definition
    const name = nameField === null ? null : record[nameField]
    const actions = acting.flatMap(({ rule }) =>
      rule.actions.filter(({ action }) => action.phase === 'after').map(({ action }) => action.id),
    )
    return {
      id: record.id,
      name: typeof name === 'string' ? name : null,
      at,
      by,
      rule: first.rule.id,
      because: becauseOf(first, this.#zone),
      values,
      actions: [...new Set(actions)],
      refused: this.#decider.body.kind === 'validation',
    }
  }

  #newest(): ReplayCase[] {
    return this.#cases.toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)).slice(0, mostCases)
  }

  report(): Replay {
    const times = this.#rows.map((row) => Number(row.at))
    return {
      decider: this.#decider.id,
      version: this.#decider.version,
      from: times.length > 0 ? Math.min(...times) : null,
      to: times.length > 0 ? Math.max(...times) : null,
      saves: this.#rows.length,
      fired: this.#fired,
      unknown: this.#unknown,
      rules: [...this.#byRule].map(([id, fired]) => ({ id, fired })),
      people: [...this.#people]
        .map(([id, own]) => ({ id, ...own }))
        .filter(({ fired }) => fired > 0)
        .toSorted((a, b) => b.fired - a.fired || (a.id < b.id ? -1 : 1))
        .slice(0, mostPeople),
      sample: this.#newest(),
    }
  }
}
