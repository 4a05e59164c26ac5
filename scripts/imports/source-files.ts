import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { root } from '../build/root.ts'

/** A source file of a package: not a test. */
export interface SourceFile {
  readonly path: string
  /** `packages/core/src/…`, with slashes. */
  readonly name: string
  readonly package: string
  /** First folder under `src`; empty for files right in it. */
  readonly folder: string
}

export async function sourceFiles(packageName: string): Promise<SourceFile[]> {
  const src = join(root, 'packages', packageName, 'src')
  const names = await readdir(src, { recursive: true }).catch(() => [])
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => {
      const path = join(src, name)
      const parts = name.split(sep)
      return {
        path,
        name: relative(root, path).split(sep).join('/'),
        package: packageName,
        folder: parts.length > 1 ? (parts[0] ?? '') : '',
      }
    })
}
