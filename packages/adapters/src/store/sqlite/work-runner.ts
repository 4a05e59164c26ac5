import type { Access } from '../session/access.ts'
import type { WorkRunner, WorkStatement } from '../work/work-store.ts'
import { placeholder } from './dialect.ts'
import type { SqliteLink } from './link.ts'
import type { Statement } from './statement.ts'

interface Placed {
  readonly statement: Statement
  /** Which value stands at each place. */
  readonly places: readonly number[]
}

/** Statements over shared work; a value that is used twice is sent twice. */
export function sqliteRunner(access: Access<SqliteLink>): WorkRunner {
  const known = new WeakMap<WorkStatement, Placed>()
  const placedOf = (work: WorkStatement): Placed => {
    const placed = known.get(work) ?? place(work)
    known.set(work, placed)
    return placed
  }
  const valuesFor = ({ places }: Placed, values: readonly unknown[]): unknown[] => places.map((index) => values[index])
  return {
    read: (work, values) => access.read((link) => link.all(placedOf(work).statement, valuesFor(placedOf(work), values))),
    change: (work, values) => access.once((link) => link.all(placedOf(work).statement, valuesFor(placedOf(work), values))),
    count: (work, values) => access.once((link) => link.run(placedOf(work).statement, valuesFor(placedOf(work), values))),
  }
}

function place({ sql, label }: WorkStatement): Placed {
  const places: number[] = []
  const text = sql.replace(/\$(\d+)/g, (_, number: string) => {
    places.push(Number(number) - 1)
    return placeholder
  })
  return { statement: { sql: text, label }, places }
}
