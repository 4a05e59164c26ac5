import { asClientError, type ClientError, isAbort } from '../client/client-error.ts'
import type { ImportClient } from '../client/import-client.ts'
import type { FileMapping, FileSource, ImportMapping, Preview, UploadedFile } from '../client/import-types.ts'

const PAUSE = 250

/** One file of an import: on its way to the server, read there, and how it is to be understood. */
export class Source {
  readonly file: File
  sent = 0
  uploaded: UploadedFile | null = null
  error: ClientError | null = null
  /** Sheet of a workbook; the first unless chosen. */
  sheet: string | null = null
  /** How the file is to be read, where the server is wrong about it. */
  reading: Pick<FileSource, 'encoding' | 'delimiter' | 'header'> = {}
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

  /** Another sheet of the same workbook, which is sent only once. */
  static sheetOf(other: Source, sheet: string): Source {
    const source = new Source(other.file, other.#client, other.#changed)
    source.uploaded = other.uploaded
    source.sheet = sheet
    return source
  }

  /** What it is called among the files of the import. */
  get name(): string {
    const { sheet, uploaded } = this
    return sheet !== null && (uploaded?.sheets.length ?? 0) > 1 ? `${this.file.name} · ${sheet}` : this.file.name
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

  /** Calls off what is under way and, unless another sheet of it is needed, lets the server forget the file. */
  close(isShared = false): void {
    clearTimeout(this.#timer)
    this.#upload?.abort()
    this.#reading?.abort()
    // The server forgets it by itself tomorrow.
    if (this.uploaded && !isShared) void this.#client.discard(this.uploaded.id).catch(() => undefined)
  }

  /** Another object or sheet, or another way to read the file: what was understood is understood anew. */
  choose(choice: { readonly object?: string | null; readonly sheet?: string; readonly reading?: Source['reading'] }): void {
    if (choice.object !== undefined) this.object = choice.object
    if (choice.sheet !== undefined) this.sheet = choice.sheet
    if (choice.reading !== undefined) this.reading = choice.reading
    this.preview = null
    this.mapping = null
    this.missing = []
    this.#changed()
  }

  /** Changes the mapping; the server reads the file again when the changes rest. */
  edit(mapping: ImportMapping, others: () => readonly FileMapping[]): void {
    this.mapping = mapping
    this.isReading = true
    // An answer to what was there before would undo the edit.
    this.#reading?.abort()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.read(others()), PAUSE)
    this.#changed()
  }

  /** Lets the server read the file under the mapping, or guess one. */
  async read(others: readonly FileMapping[]): Promise<void> {
    const { object, mapping, fileSource } = this
    if (!fileSource || !object) return
    clearTimeout(this.#timer)
    this.#reading?.abort()
    const abort = new AbortController()
    this.#reading = abort
    this.isReading = true
    this.readError = null
    this.#changed()
    try {
      const request = { ...fileSource, object, ...(mapping && { mapping }), ...(others.length > 0 && { others }) }
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

  /** The file as the server finds it; null while it is not there. */
  get fileSource(): FileSource | null {
    if (!this.uploaded) return null
    return { file: this.uploaded.id, ...(this.sheet !== null && { sheet: this.sheet }), ...this.reading }
  }

  /** The file with its mapping; null while there is none. */
  get fileMapping(): FileMapping | null {
    const { fileSource, mapping } = this
    return fileSource && mapping && { ...fileSource, mapping }
  }

  /** Decisions that nobody has taken yet. */
  get openQuestions(): number {
    return this.preview?.questions.length ?? 0
  }
}
