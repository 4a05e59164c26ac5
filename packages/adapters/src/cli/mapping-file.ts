import { readFile } from 'node:fs/promises'
import type { ImportMapping } from '../import/map/mapping.ts'
import { UsageError } from './usage-error.ts'

/** Finds the mapping of a file by its name. */
export type MappingOf = (file: string) => ImportMapping

/** Reads a mapping file: one mapping for every file, or `{ "files": { "accounts.csv": {…} } }`. */
export async function readMappingFile(path: string): Promise<MappingOf> {
  const content = await readJson(path)
  const files = 'files' in content ? (content.files as Readonly<Record<string, ImportMapping>>) : null
  return (file) => {
    if (!files) return content as unknown as ImportMapping
    const mapping = Object.hasOwn(files, file) ? files[file] : undefined
    if (!mapping) throw new UsageError('noMapping', { file })
    return mapping
  }
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content as Record<string, unknown>
    throw new TypeError('it is no JSON object')
  } catch (error) {
    throw new UsageError('badMapping', { file: path, reason: error instanceof Error ? error.message : String(error) })
  }
}
