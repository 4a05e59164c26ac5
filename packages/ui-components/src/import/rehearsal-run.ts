import { asClientError, type ClientError, isAbort } from '../client/client-error.ts'
import type { ImportClient } from '../client/import-client.ts'
import type { FileMapping, Rehearsal, RowResult } from '../client/import-types.ts'

/** Which rows of a rehearsal are looked at. */
export type RowFilter = 'all' | RowResult['outcome'] | 'repaired'

/** A dry run: everything an import does, taken back. */
export class RehearsalRun {
  result: Rehearsal | null = null
  error: ClientError | null = null
  filter: RowFilter = 'all'
  /** Rows shown; more on demand. */
  shown = 50
  readonly #changed: () => void
  #abort: AbortController | null = null

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get isRunning(): boolean {
    return this.#abort !== null
  }

  /** True when it went through. */
  async run(client: ImportClient, files: readonly FileMapping[]): Promise<boolean> {
    this.stop()
    const abort = new AbortController()
    this.#abort = abort
    this.result = null
    this.error = null
    this.#changed()
    try {
      const result = await client.rehearse(files, abort.signal)
      if (abort.signal.aborted) return false
      this.result = result
      this.show(result.refused > 0 ? 'refuse' : 'all')
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return false
      this.error = asClientError(error)
    }
    this.#abort = null
    this.#changed()
    return this.error === null
  }

  stop(): void {
    this.#abort?.abort()
    this.#abort = null
    this.#changed()
  }

  show(filter: RowFilter): void {
    this.filter = filter
    this.shown = 50
    this.#changed()
  }

  showMore(): void {
    this.shown += 100
    this.#changed()
  }

  /** Rows of the chosen outcome, as far as the server has sent them, in the order of the files. */
  get rows(): readonly RowResult[] {
    const { result, filter } = this
    if (!result) return []
    const known = new Map([...result.rows, ...result.problems].map((row) => [`${row.outcome} ${row.row} ${row.file}`, row]))
    const rows = [...known.values()]
    if (filter === 'all') return rows
    return rows.filter((row) => (filter === 'repaired' ? row.marks.length > 0 : row.outcome === filter))
  }
}
