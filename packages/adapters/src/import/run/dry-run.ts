import { ImportRun } from './import-run.ts'
import type { Counts, ImportFile, RepairCount, RowResult } from './job.ts'
import { JobBook } from './job-book.ts'
import { inputOf, type RunDeps, type RunOptions } from './run-job.ts'
import { definitionsOf, examineFiles } from './start-job.ts'

/** What an import would do. */
export interface DryRunResult extends Counts {
  readonly rowsTotal: number
  /** The first rows, with what would become of each. `onRows` gets all of them. */
  readonly rows: readonly RowResult[]
  /** The first rows that would be refused or incomplete. */
  readonly problems: readonly RowResult[]
  readonly repairs: readonly RepairCount[]
}

const most = { rows: 10_000, problems: 1_000 } as const

/** Does everything an import does, hooks and all, and takes it back batch by batch. Nothing stays written. */
export async function dryRunFiles(deps: RunDeps, files: readonly ImportFile[], options: RunOptions = {}): Promise<DryRunResult> {
  const { session } = deps
  const examined = await examineFiles(session, files, options.signal)
  const definitions = await definitionsOf(
    session,
    examined.map(({ mapping }) => mapping.object),
  )
  const rowsTotal = examined.reduce((sum, file) => sum + file.rows, 0)
  const book = JobBook.rehearsal(rowsTotal)
  const rows: RowResult[] = []
  const problems: RowResult[] = []
  const onRows = (results: readonly RowResult[]): void => {
    rows.push(...results.slice(0, most.rows - rows.length))
    const wrong = results.filter(({ outcome }) => outcome === 'refuse' || outcome === 'incomplete')
    problems.push(...wrong.slice(0, most.problems - problems.length))
    options.onRows?.(results)
  }
  const run = new ImportRun({
    ...inputOf(deps, { mostRefused: Number.MAX_SAFE_INTEGER, ...options }),
    session,
    files: examined,
    definitions,
    book,
    onRows,
  })
  await run.run()
  return { ...book.counts, rowsTotal, rows, problems, repairs: run.tally.counts }
}
