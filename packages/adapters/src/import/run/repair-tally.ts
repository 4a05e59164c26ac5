import type { RepairCode } from '../convert/repairs.ts'
import type { RepairCount } from './job.ts'
import type { CellMark } from './row-plan.ts'

const mostExamples = 3

interface Entry {
  readonly file: string
  readonly column: string
  readonly code: RepairCode
  count: number
  readonly examples: { row: number; original: string; value: unknown }[]
}

/** Counts repairs per file, column and kind. */
export class RepairTally {
  readonly #entries = new Map<string, Entry>()

  add(file: string, row: number, marks: readonly CellMark[]): void {
    for (const { column, codes, original, value } of marks) {
      for (const code of codes) {
        const entry = this.#entry(file, column, code)
        entry.count++
        if (entry.examples.length < mostExamples) entry.examples.push({ row, original: original.slice(0, 200), value })
      }
    }
  }

  merge(counts: readonly RepairCount[]): void {
    for (const { file, column, code, count, examples } of counts) {
      const entry = this.#entry(file, column, code)
      entry.count += count
      entry.examples.push(...examples.slice(0, mostExamples - entry.examples.length))
    }
  }

  get counts(): RepairCount[] {
    return [...this.#entries.values()].map((entry) => ({ ...entry, examples: [...entry.examples] }))
  }

  #entry(file: string, column: string, code: RepairCode): Entry {
    const name = JSON.stringify([file, column, code])
    const known = this.#entries.get(name)
    if (known) return known
    const made: Entry = { file, column, code, count: 0, examples: [] }
    this.#entries.set(name, made)
    return made
  }
}
