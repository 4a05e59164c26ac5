import { lstat, mkdir } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { ImportUploadOptions } from './upload-options.ts'

const ready = new Map<string, Promise<string>>()

/** The folder of uploads, made when first needed. What strangers could read or replace is refused. */
export function uploadFolder({ folder }: ImportUploadOptions): Promise<string> {
  const path = folder ?? join(tmpdir(), `guanxi-imports-${userInfo().uid}`)
  const made = ready.get(path) ?? makeFolder(path, folder === undefined)
  ready.set(path, made)
  made.catch(() => ready.delete(path))
  return made
}

async function makeFolder(path: string, shared: boolean): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  if (shared) await refuseForeign(path)
  return path
}

/** In a temporary folder that everybody shares, somebody else may have been faster with this name. */
async function refuseForeign(path: string): Promise<void> {
  const stat = await lstat(path)
  const { uid } = userInfo()
  const mine = stat.isDirectory() && (uid < 0 || (stat.uid === uid && (stat.mode & 0o022) === 0))
  if (!mine) throw new Error(`The folder ${path} belongs to somebody else; name another one in imports.folder.`)
}
