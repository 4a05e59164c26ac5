import { asClientError, type ClientError, isAbort } from '../client/client-error.ts'
import type { ImportClient } from '../client/import-client.ts'
import type { BadRows, FileSource, JobView } from '../client/import-types.ts'

const PAUSE = 700
const STILL = 15_000

/** A job as it is watched: asked for again and again while it runs, then its bad rows. */
export class JobRun {
  view: JobView | null = null
  /** The same files were imported before. */
  repeated = false
  error: ClientError | null = null
  /** What could not be done with the job, while it is still there. */
  problem: ClientError | null = null
  isBusy = false
  badRows: readonly BadRows[] | null = null
  badRowsError: ClientError | null = null
  readonly #client: () => ImportClient
  readonly #changed: () => void
  readonly #done: () => void
  #id: string | null = null
  #abort: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #seen = { rows: -1, at: 0 }

  constructor(client: () => ImportClient, changed: () => void, done: () => void) {
    this.#client = client
    this.#changed = changed
    this.#done = done
  }

  get id(): string | null {
    return this.#id
  }

  get isRunning(): boolean {
    return this.view?.job.state === 'running'
  }

  /** Running, but nothing has moved for a while: the process that ran it may be gone. */
  get standsStill(): boolean {
    return this.isRunning && this.#seen.rows >= 0 && Date.now() - this.#seen.at > STILL
  }

  /** Files that the server no longer has, and needs again to go on. */
  get wantedFiles(): readonly string[] {
    if (this.problem?.code !== 'IMPORT_FILE_GONE') return []
    const { files, file } = this.problem.details
    if (Array.isArray(files)) return files.map(String)
    return typeof file === 'string' ? [file] : (this.view?.files.map(({ name }) => name) ?? [])
  }

  /** Looks at a job, and keeps looking while it runs. */
  async watch(id: string): Promise<void> {
    this.leave()
    this.#id = id
    await this.#look()
  }

  /** Stops looking; what was seen stays seen. */
  pause(): void {
    clearTimeout(this.#timer)
    this.#abort?.abort()
  }

  resume(): void {
    if (this.#id && (this.isRunning || !this.view)) void this.#look()
  }

  /** Forgets the job. The server goes on with it. */
  leave(): void {
    this.pause()
    this.#id = null
    this.view = null
    this.repeated = false
    this.error = null
    this.problem = null
    this.badRows = null
    this.badRowsError = null
    this.#seen = { rows: -1, at: 0 }
  }

  /** Starts the job or goes on with it; with `files`, those take the place of the ones that are gone. */
  async run(files?: readonly FileSource[]): Promise<void> {
    await this.#act(async (id) => {
      await this.#client().run(id, files)
      this.#seen = { rows: -1, at: 0 }
    })
  }

  async cancel(): Promise<void> {
    await this.#act(async (id) => {
      await this.#client().cancel(id)
    })
  }

  /** Reads the rows that were not taken. */
  async readBadRows(): Promise<void> {
    const id = this.#id
    if (!id) return
    this.badRowsError = null
    try {
      const rows = await this.#client().badRows(id)
      if (this.#id === id) this.badRows = rows
    } catch (error) {
      this.badRowsError = asClientError(error)
    }
    this.#changed()
  }

  /** Reads the figures once more, after rows were repaired. */
  async refresh(): Promise<void> {
    const id = this.#id
    if (!id) return
    const view = await this.#client()
      .job(id)
      .catch(() => null)
    if (view && this.#id === id) this.view = view
    this.#changed()
  }

  async #act(act: (id: string) => Promise<void>): Promise<void> {
    const id = this.#id
    if (!id || this.isBusy) return
    this.pause()
    this.isBusy = true
    this.problem = null
    this.#changed()
    try {
      await act(id)
    } catch (error) {
      this.problem = asClientError(error)
    }
    this.isBusy = false
    if (this.#id === id) await this.#look()
    else this.#changed()
  }

  async #look(): Promise<void> {
    const id = this.#id
    if (!id) return
    clearTimeout(this.#timer)
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    const before = this.view?.job.state
    try {
      const view = await this.#client().job(id, abort.signal)
      if (abort.signal.aborted) return
      this.view = view
      this.error = null
      if (view.progress.rows !== this.#seen.rows) this.#seen = { rows: view.progress.rows, at: Date.now() }
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return
      this.error = asClientError(error)
    }
    this.#changed()
    // A break in the connection is no end of the import.
    const lost = this.error !== null && (this.error.code === 'NETWORK' || this.error.status >= 500)
    if (this.isRunning && (!this.error || lost)) this.#timer = setTimeout(() => void this.#look(), lost ? PAUSE * 4 : PAUSE)
    const { state } = this.view?.job ?? {}
    if (state && state !== 'running' && state !== before) await this.#settled(before !== undefined)
  }

  async #settled(watched: boolean): Promise<void> {
    if ((this.view?.progress.refused ?? 0) > 0) await this.readBadRows()
    else this.badRows = []
    this.#changed()
    if (watched) this.#done()
  }
}
