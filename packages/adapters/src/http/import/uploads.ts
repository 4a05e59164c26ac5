import { randomUUID } from 'node:crypto'
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crmError } from '@guanxi/core'
import type { ImportUploadOptions } from '../options.ts'
import { uploadFolder } from './upload-folder.ts'

/** Whose files: nobody else finds them. */
export interface UploadOwner {
  readonly tenant: string
  readonly actor: string
}

/** A file that waits to be imported. */
export interface Upload {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly format: 'csv' | 'xlsx'
  readonly sheets: readonly string[]
  readonly expiresAt: number
}

/** How a file of a job is read. */
export interface UploadSource {
  readonly file: string
  readonly sheet?: string
  readonly encoding?: string
  readonly delimiter?: string
  readonly header?: number
}

/** A file as its note beside it remembers it; a job's note names the files it was made of. */
type Note = UploadOwner & { readonly expiresAt: number } & ({ readonly upload: Upload } | { readonly sources: readonly UploadSource[] })

const defaults = { maxBytes: 200 * 1024 * 1024, keepHours: 24 } as const
const mostFiles = 50
const hour = 3_600_000
const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Files between upload and import: bytes in a folder, a note beside each. Old ones go whenever a new one comes. */
export class Uploads {
  readonly #options: ImportUploadOptions
  readonly #owner: UploadOwner
  readonly #now: () => number

  constructor(options: ImportUploadOptions, owner: UploadOwner, now: () => number) {
    this.#options = options
    this.#owner = owner
    this.#now = now
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
    let own = 0
    for (const name of await readdir(folder)) {
      if (name.endsWith('.json')) own += (await this.#judge(folder, name)) ? 1 : 0
      else if (name.endsWith('.part') && (await isOld(join(folder, name), defaults.keepHours * hour)))
        await rm(join(folder, name), { force: true })
    }
    if (own >= mostFiles) throw crmError('LIMIT_EXCEEDED', { what: 'uploads', limit: mostFiles })
  }

  /** True for a file of this owner that stays. */
  async #judge(folder: string, name: string): Promise<boolean> {
    const note = await readNote(join(folder, name))
    if (note && note.expiresAt > this.#now())
      return 'upload' in note && note.tenant === this.#owner.tenant && note.actor === this.#owner.actor
    await drop(folder, name.slice(0, -'.json'.length))
    return false
  }
}

async function drop(folder: string, id: string): Promise<void> {
  await rm(join(folder, id), { force: true })
  await rm(join(folder, `${id}.json`), { force: true })
}

async function readNote(path: string): Promise<Note | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Note
  } catch {
    return null
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

async function isOld(path: string, age: number): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > age,
    () => false,
  )
}
