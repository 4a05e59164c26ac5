import { asClientError, type ClientError, isAbort } from '../client/client-error.ts'
import type { ImportClient } from '../client/import-client.ts'
import type { FileMapping, ImportMapping, Preview, UploadedFile } from '../client/import-types.ts'

const PAUSE = 250

/** One file of an import: on its way to the server, read there, and how it is to be understood. */
export class Source {
  readonly file: File
  sent = 0
  uploaded: UploadedFile | null = null
  error: ClientError | null = null
  /** Sheet of a workbook; the first unless chosen. */
  sheet: string | null = null
  object: string | null = null
  preview: Preview | null = null
  mapping: ImportMapping | null = null
  /** A mapping that was edited and one that was read are not the same yet. */
  isReading = false
  readError: ClientError | null = null
  /** Columns of a saved mapping that this file does not have. */
  missing: readonly string[] = []
  readonly #client: ImportClient
  readonly #changed: () => void
  #upload: AbortController | null = null
  #reading: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(file: File, client: ImportClient, changed: () => void) {
    this.file = file
    this.#client = client
    this.#changed = changed
  }

  /** Sends the file to the server. */
  async send(): Promise<void> {
    const abort = new AbortController()
    this.#upload = abort
    this.error = null
    this.sent = 0
    const onProgress = (sent: number): void => {
      this.sent = sent
      this.#changed()
    }
    try {
      this.uploaded = await this.#client.upload(this.file, { onProgress, signal: abort.signal })
      this.sheet ??= this.uploaded.sheets[0] ?? null
    } catch (error) {
      if (!isAbort(error)) this.error = asClientError(error)
    }
    this.#changed()
  }

  /** Calls off what is under way and lets the server forget the file. */
  close(): void {
    clearTimeout(this.#timer)
    this.#upload?.abort()
    this.#reading?.abort()
    // The server forgets it by itself tomorrow.
    if (this.uploaded) void this.#client.discard(this.uploaded.id).catch(() => undefined)
  }

  /** Another object or sheet: what was understood is understood anew. */
  choose(choice: { readonly object?: string | null; readonly sheet?: string | null }): void {
    if (choice.object !== undefined) this.object = choice.object
    if (choice.sheet !== undefined) this.sheet = choice.sheet
    this.preview = null
    this.mapping = null
    this.missing = []
    this.#changed()
  }

  /** Changes the mapping; the server reads the file again when the changes rest. */
  edit(mapping: ImportMapping, others: () => readonly FileMapping[]): void {
    this.mapping = mapping
    this.isReading = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.read(others()), PAUSE)
    this.#changed()
  }

  /** Lets the server read the file under the mapping, or guess one. */
  async read(others: readonly FileMapping[]): Promise<void> {
    const { uploaded, object, mapping, sheet } = this
    if (!uploaded || !object) return
    clearTimeout(this.#timer)
    this.#reading?.abort()
    const abort = new AbortController()
    this.#reading = abort
    this.isReading = true
    this.readError = null
    this.#changed()
    try {
      const request = {
        file: uploaded.id,
        object,
        ...(sheet !== null && { sheet }),
        ...(mapping && { mapping }),
        ...(others.length > 0 && { others }),
      }
      const preview = await this.#client.preview(request, abort.signal)
      if (abort.signal.aborted) return
      this.preview = preview
      this.mapping = preview.mapping
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return
      this.readError = asClientError(error)
    }
    this.isReading = false
    this.#changed()
  }

  /** The file with its mapping, as the server takes it; null while there is none. */
  get fileMapping(): FileMapping | null {
    if (!this.uploaded || !this.mapping) return null
    return { file: this.uploaded.id, ...(this.sheet !== null && { sheet: this.sheet }), mapping: this.mapping }
  }

  /** Decisions that nobody has taken yet. */
  get openQuestions(): number {
    return this.preview?.questions.length ?? 0
  }
}
