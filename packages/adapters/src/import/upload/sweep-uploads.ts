import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { drop, isOld, type Note, readNote } from './upload-files.ts'

const ours = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(json|part)$/
const oldest = 24 * 3_600_000

/** Takes away what is too old, whoever left it; the answer is the notes that stay. Files of others in the folder are none of its business. */
export async function sweepUploads(folder: string, now: number): Promise<Note[]> {
  const kept: Note[] = []
  for (const name of await namesIn(folder)) {
    const [, id, kind] = ours.exec(name) ?? []
    if (id === undefined) continue
    if (kind === 'part') {
      if (await isOld(join(folder, name), oldest)) await rm(join(folder, name), { force: true })
      continue
    }
    const note = await readNote(join(folder, name))
    if (note && note.expiresAt > now) kept.push(note)
    else await drop(folder, id)
  }
  return kept
}

/** Of a folder that is not there, nothing. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
