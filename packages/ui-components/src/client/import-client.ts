import type { Client } from './client.ts'
import type {
  BadRow,
  BadRows,
  FileMapping,
  FileSource,
  ImportJob,
  ImportMapping,
  ImportProgress,
  JobView,
  NamedMapping,
  Preview,
  Rehearsal,
  RowRepair,
  RowResult,
  UploadedFile,
} from './import-types.ts'
import { type UploadOptions, upload } from './upload.ts'

/** What to read of a file, and as what. */
export interface PreviewRequest extends FileSource {
  readonly object: string
  readonly mapping?: ImportMapping
  /** The other files of the same import, whose records this one may name. */
  readonly others?: readonly FileMapping[]
}

/** Bad rows as they are sent: texts, with the reason in a column of its own, and what is known of each row beside them. */
interface SentBadRows extends Omit<BadRows, 'rows'> {
  readonly rows: readonly (readonly string[])[]
  readonly details: readonly Omit<BadRow, 'cells'>[]
}

/** The routes of the plugin that imports. */
export class ImportClient {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  upload(file: File, options: Omit<UploadOptions, 'query'> = {}): Promise<UploadedFile> {
    return upload(this.#client, 'imports/files', file, { ...options, query: { name: file.name } })
  }

  async discard(id: string): Promise<void> {
    await this.#client.send('DELETE', `imports/files/${encodeURIComponent(id)}`)
  }

  preview(request: PreviewRequest, signal?: AbortSignal): Promise<Preview> {
    return this.#client.send('POST', 'imports/preview', { body: request, signal })
  }

  rehearse(files: readonly FileMapping[], signal?: AbortSignal): Promise<Rehearsal> {
    return this.#client.send('POST', 'imports/dry-run', { body: { files }, signal })
  }

  start(name: string, files: readonly FileMapping[]): Promise<{ readonly job: ImportJob; readonly repeated: boolean }> {
    return this.#client.send('POST', 'imports/jobs', { body: { name, files } })
  }

  /** Starts a job or goes on with it; `files` when the server no longer has them. */
  run(id: string, files?: readonly FileSource[]): Promise<{ readonly job: ImportJob; readonly progress: ImportProgress }> {
    return this.#client.send('POST', `${jobPath(id)}/run`, { body: files ? { files } : {} })
  }

  async jobs(limit: number, signal?: AbortSignal): Promise<readonly ImportJob[]> {
    const query = { limit: String(limit) }
    const { jobs } = await this.#client.send<{ jobs: ImportJob[] }>('GET', 'imports/jobs', { query, signal })
    return jobs
  }

  job(id: string, signal?: AbortSignal): Promise<JobView> {
    return this.#client.send('GET', jobPath(id), { signal })
  }

  async cancel(id: string): Promise<ImportJob> {
    const { job } = await this.#client.send<{ job: ImportJob }>('POST', `${jobPath(id)}/cancel`, { body: {} })
    return job
  }

  async badRows(id: string, signal?: AbortSignal): Promise<readonly BadRows[]> {
    const { files } = await this.#client.send<{ files: SentBadRows[] }>('GET', `${jobPath(id)}/bad-rows`, { signal })
    return files.map(({ index, file, count, columns, rows, details }) => ({
      index,
      file,
      count,
      columns: columns.slice(0, -1),
      rows: details.map((detail, at) => ({ ...detail, cells: rows[at]?.slice(0, -1) ?? [] })),
    }))
  }

  /** The bad rows of a file as a file again, with their reasons. */
  async badRowsFile(id: string, file: number, format: 'csv' | 'xlsx'): Promise<Blob> {
    const response = await this.#client.exchange('GET', `${jobPath(id)}/bad-rows`, { query: { format, file: String(file) } })
    return response.blob()
  }

  async repair(id: string, rows: readonly RowRepair[]): Promise<readonly RowResult[]> {
    const { results } = await this.#client.send<{ results: RowResult[] }>('POST', `${jobPath(id)}/repairs`, { body: { rows } })
    return results
  }

  async mappings(object: string, signal?: AbortSignal): Promise<readonly NamedMapping[]> {
    const { mappings } = await this.#client.send<{ mappings: NamedMapping[] }>('GET', 'imports/mappings', { query: { object }, signal })
    return mappings
  }

  async saveMapping(name: string, mapping: ImportMapping): Promise<void> {
    await this.#client.send('PUT', `imports/mappings/${encodeURIComponent(name)}`, { body: { mapping } })
  }

  async removeMapping(name: string): Promise<void> {
    await this.#client.send('DELETE', `imports/mappings/${encodeURIComponent(name)}`)
  }
}

const jobPath = (id: string): string => `imports/jobs/${encodeURIComponent(id)}`
