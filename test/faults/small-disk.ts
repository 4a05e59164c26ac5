import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A disk of its own that soon is full. */
export interface SmallDisk {
  readonly folder: string
  grow(megabytes: number): Promise<void>
  remove(): Promise<void>
}

/** Null where this process may not mount anything. */
export async function smallDisk(megabytes: number): Promise<SmallDisk | null> {
  const folder = await mkdtemp(join(tmpdir(), 'guanxi-disk-'))
  await chmod(folder, 0o755)
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=777`, 'tmpfs', folder])
  } catch (error) {
    await rm(folder, { recursive: true })
    console.warn(`SKIPPED: no small disk can be mounted here (${String(error).split('\n')[0]}).`)
    return null
  }
  return {
    folder,
    grow: async (to) => void (await run('mount', ['-o', `remount,size=${to}m`, folder])),
    async remove() {
      await run('umount', ['-l', folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
