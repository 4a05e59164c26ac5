import { asClientError, type ClientError } from '../client/client-error.ts'
import type { ImportClient } from '../client/import-client.ts'
import type { BadRow, BadRows, RowResult } from '../client/import-types.ts'
import type { JobRun } from './job-run.ts'

/** As many as the server takes at once. */
const MOST = 500

type Cells = Readonly<Record<string, string>>

/** Corrections of rows that were not taken: typed here, tried on the server, gone when they are taken. */
export class RowRepairs {
  error: ClientError | null = null
  /** Rows on their way. */
  readonly sending = new Set<string>()
  /** Rows of each file that are shown; more on demand. */
  shown = 50
  /** Taken since the job was opened. */
  taken = 0
  readonly #edits = new Map<string, Cells>()
  readonly #client: () => ImportClient
  readonly #job: JobRun
  readonly #changed: () => void

  constructor(client: () => ImportClient, job: JobRun, changed: () => void) {
    this.#client = client
    this.#job = job
    this.#changed = changed
  }

  clear(): void {
    this.#edits.clear()
    this.sending.clear()
    this.error = null
    this.shown = 50
    this.taken = 0
  }

  /** What a cell holds now. */
  text(file: BadRows, row: BadRow, column: number): string {
    const name = file.columns[column] ?? ''
    return this.#edits.get(rowKey(file, row))?.[name] ?? row.cells[column] ?? ''
  }

  edit(file: BadRows, row: BadRow, column: number, text: string): void {
    const key = rowKey(file, row)
    const name = file.columns[column] ?? ''
    const { [name]: _before, ...others } = this.#edits.get(key) ?? {}
    const edits = text === row.cells[column] ? others : { ...others, [name]: text }
    if (Object.keys(edits).length > 0) this.#edits.set(key, edits)
    else this.#edits.delete(key)
    this.#changed()
  }

  isEdited(file: BadRows, row: BadRow): boolean {
    return this.#edits.has(rowKey(file, row))
  }

  isSending(file: BadRows, row: BadRow): boolean {
    return this.sending.has(rowKey(file, row))
  }

  get editedCount(): number {
    return this.#edits.size
  }

  showMore(): void {
    this.shown += 100
    this.#changed()
  }

  /** Tries every corrected row again. Resolves to how many were taken. */
  tryEdited(): Promise<number> {
    const rows = (this.#job.badRows ?? []).flatMap((file) =>
      file.rows.filter((row) => this.isEdited(file, row)).map((row) => ({ file, row })),
    )
    return this.try(rows)
  }

  /** Tries rows again, corrected or as they are: what they lacked may be there by now. */
  async try(rows: readonly { readonly file: BadRows; readonly row: BadRow }[]): Promise<number> {
    const id = this.#job.id
    if (!id || rows.length === 0) return 0
    const keys = rows.map(({ file, row }) => rowKey(file, row))
    for (const key of keys) this.sending.add(key)
    this.error = null
    this.#changed()
    try {
      const sent = rows.map(({ file, row }) => ({ file: file.index, row: row.row, cells: this.#edits.get(rowKey(file, row)) ?? {} }))
      const results: RowResult[] = []
      for (let start = 0; start < sent.length; start += MOST)
        results.push(...(await this.#client().repair(id, sent.slice(start, start + MOST))))
      return this.#settle(rows, results)
    } catch (error) {
      this.error = asClientError(error)
      return 0
    } finally {
      for (const key of keys) this.sending.delete(key)
      this.#changed()
      void this.#job.refresh()
    }
  }

  #settle(rows: readonly { readonly file: BadRows; readonly row: BadRow }[], results: readonly RowResult[]): number {
    const taken = new Set<BadRow>()
    const told = new Map<BadRow, BadRow>()
    for (const { file, row } of rows) {
      const result = results.find((one) => one.file === file.file && one.row === row.row)
      if (!result) continue
      if (result.outcome === 'refuse' || result.outcome === 'incomplete') told.set(row, { ...row, reasons: result.reasons })
      else {
        taken.add(row)
        this.#edits.delete(rowKey(file, row))
      }
    }
    this.#job.badRows = (this.#job.badRows ?? []).map((file) => ({
      ...file,
      count: file.count - file.rows.filter((row) => taken.has(row)).length,
      rows: file.rows.filter((row) => !taken.has(row)).map((row) => told.get(row) ?? row),
    }))
    this.taken += taken.size
    return taken.size
  }
}

const rowKey = (file: BadRows, row: BadRow): string => `${file.index}:${row.row}`
