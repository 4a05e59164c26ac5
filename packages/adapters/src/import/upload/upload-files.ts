import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

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
export type Note = UploadOwner & { readonly expiresAt: number } & (
    | { readonly upload: Upload }
    | { readonly sources: readonly UploadSource[] }
  )

/** Takes a file and its note away. */
export async function drop(folder: string, id: string): Promise<void> {
  await rm(join(folder, id), { force: true })
  await rm(join(folder, `${id}.json`), { force: true })
}

export async function readNote(path: string): Promise<Note | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Note
  } catch {
    return null
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

/** Has nobody touched it for so many milliseconds? */
export async function isOld(path: string, age: number): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > age,
    () => false,
  )
}
