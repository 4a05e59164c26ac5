import type { Table } from '../table.ts'
import type { ImportFile } from './job.ts'

/** So many files may be kept open, each by its thread. */
const mostHeld = 4

/**
 * Files that are summed up first and read afterwards, each by one thread: what is closed after it was summed up stays open for whoever
 * opens it next. Close what is left over.
 */
export class HeldTables {
  readonly #held = new Map<ImportFile, Table>()
  readonly files: readonly ImportFile[]

  constructor(files: readonly ImportFile[]) {
    this.files = files.map((file) => ({ ...file, open: async () => this.#take(file) ?? this.#watched(file, await file.open()) }))
  }

  async close(): Promise<void> {
    const left = [...this.#held.values()]
    this.#held.clear()
    for (const table of left) await table.close()
  }

  #take(file: ImportFile): Table | undefined {
    const table = this.#held.get(file)
    this.#held.delete(file)
    return table
  }

  #watched(file: ImportFile, table: Table): Table {
    const skim = table.skim?.bind(table)
    if (!skim) return table
    let whole = false
    return {
      ...table,
      rows: (signal) => table.rows(signal),
      async skim(signal) {
        const summary = await skim(signal)
        whole = true
        return summary
      },
      close: async () => {
        if (whole && this.#held.size < mostHeld) this.#held.set(file, table)
        else await table.close()
      },
    }
  }
}
