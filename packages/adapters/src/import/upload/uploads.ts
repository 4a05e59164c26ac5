import { randomUUID } from 'node:crypto'
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { crmError } from '@guanxi/core'
import { sweepUploads } from './sweep-uploads.ts'
import { drop, exists, type Note, readNote, type Upload, type UploadOwner, type UploadSource } from './upload-files.ts'
import { uploadFolder } from './upload-folder.ts'
import type { ImportUploadOptions } from './upload-options.ts'

const defaults = { maxBytes: 200 * 1024 * 1024, keepHours: 24 } as const
const mostFiles = 50
const hour = 3_600_000
const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Files between upload and import: bytes in a folder, a note beside each. Old ones go whenever a new one comes, and when their time is up. */
export class Uploads {
  readonly #options: ImportUploadOptions
  readonly #owner: UploadOwner
  readonly #now: () => number

  constructor(options: ImportUploadOptions, owner: UploadOwner, now: () => number) {
    this.#options = options
    this.#owner = owner
    this.#now = now
  }

  /** Where they are, for another process to find them; null = where they are unless said. */
  get folder(): string | null {
    return this.#options.folder === undefined ? null : resolve(this.#options.folder)
  }

  get maxBytes(): number {
    return this.#options.maxBytes ?? defaults.maxBytes
  }

  /** Writes a body as it comes and has `inspect` look at the file. Whatever goes wrong, nothing stays behind. */
  async save(
    name: string,
    chunks: AsyncIterable<Uint8Array>,
    inspect: (path: string) => Promise<Pick<Upload, 'format' | 'sheets'>>,
  ): Promise<Upload> {
    const folder = await uploadFolder(this.#options)
    await this.#sweep(folder)
    const id = randomUUID()
    const part = join(folder, `${id}.part`)
    try {
      const bytes = await this.#write(part, chunks)
      const upload: Upload = { id, name, bytes, ...(await inspect(part)), expiresAt: this.#expiry }
      await rename(part, join(folder, id))
      await this.#note(folder, id, { ...this.#owner, expiresAt: upload.expiresAt, upload })
      return upload
    } catch (error) {
      await rm(part, { force: true })
      await rm(join(folder, id), { force: true })
      throw error
    }
  }

  /** A file of this owner, or null. */
  async find(id: string): Promise<(Upload & { readonly path: string }) | null> {
    const note = await this.#read(id)
    if (!note || !('upload' in note)) return null
    const path = join(await uploadFolder(this.#options), id)
    return (await exists(path)) ? { ...note.upload, path } : null
  }

  /** Throws NOT_FOUND. */
  async remove(id: string): Promise<void> {
    if (!(await this.find(id))) throw crmError('NOT_FOUND')
    await drop(await uploadFolder(this.#options), id)
  }

  /** Remembers what a job is made of, so that it can be run. */
  async link(jobId: string, sources: readonly UploadSource[]): Promise<void> {
    await this.#note(await uploadFolder(this.#options), jobId, { ...this.#owner, expiresAt: this.#expiry, sources })
  }

  async linked(jobId: string): Promise<readonly UploadSource[]> {
    const note = await this.#read(jobId)
    return note && 'sources' in note ? note.sources : []
  }

  /** A job that is done needs its files no more. */
  async release(jobId: string): Promise<void> {
    const sources = await this.linked(jobId)
    const folder = await uploadFolder(this.#options)
    for (const { file } of sources) if (await this.find(file)) await drop(folder, file)
    if (isId.test(jobId)) await drop(folder, jobId)
  }

  get #expiry(): number {
    return this.#now() + (this.#options.keepHours ?? defaults.keepHours) * hour
  }

  async #write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    const limit = this.maxBytes
    const file = await open(path, 'wx', 0o600)
    let bytes = 0
    try {
      for await (const chunk of chunks) {
        bytes += chunk.byteLength
        if (bytes > limit) throw crmError('BODY_TOO_LARGE', { limit })
        await file.writeFile(chunk)
      }
    } finally {
      await file.close()
    }
    return bytes
  }

  async #note(folder: string, id: string, note: Note): Promise<void> {
    const temporary = join(folder, `${randomUUID()}.part`)
    await writeFile(temporary, JSON.stringify(note), { mode: 0o600 })
    await rename(temporary, join(folder, `${id}.json`))
  }

  /** Ids come from the address: whatever is not one, is not there. */
  async #read(id: string): Promise<Note | null> {
    if (!isId.test(id)) return null
    const note = await readNote(join(await uploadFolder(this.#options), `${id}.json`))
    const { tenant, actor } = this.#owner
    return note && note.tenant === tenant && note.actor === actor && note.expiresAt > this.#now() ? note : null
  }

  /** Takes away what is too old, whoever left it, and refuses one who leaves too much. */
  async #sweep(folder: string): Promise<void> {
    const { tenant, actor } = this.#owner
    const kept = await sweepUploads(folder, this.#now())
    const own = kept.filter((note) => 'upload' in note && note.tenant === tenant && note.actor === actor)
    if (own.length >= mostFiles) throw crmError('LIMIT_EXCEEDED', { what: 'uploads', limit: mostFiles })
  }
}
