import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { root } from './root.ts'

/** A package of this repository, as its manifest describes it. */
export interface Package {
  readonly name: string
  readonly folder: string
  /** Output path without extension → source file, one per sub-path of `exports` and one per thread. */
  readonly entries: Readonly<Record<string, string>>
  /** What stays an import in the build. */
  readonly external: (id: string) => boolean
}

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | { readonly source?: string; readonly default: string }>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** In build order: each package's declarations are read by the ones after it. */
export const packageFolders = ['core', 'ui-components', 'adapters', 'plugins'] as const

export async function readPackages(): Promise<Package[]> {
  return Promise.all(packageFolders.map(readPackage))
}

async function readPackage(name: string): Promise<Package> {
  const folder = join(root, 'packages', name)
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
  const outside = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies })
  return {
    name: manifest.name,
    folder,
    entries: { ...entriesOf(folder, manifest), ...(await threadsOf(folder)) },
    external: (id) => id.startsWith('node:') || outside.some((dependency) => id === dependency || id.startsWith(`${dependency}/`)),
  }
}

function entriesOf(folder: string, manifest: Manifest): Record<string, string> {
  const entries: Record<string, string> = {}
  for (const [subPath, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string' || !target.source) continue
    const source = join(folder, target.source)
    if (!existsSync(source)) throw new Error(`${manifest.name}: "${subPath}" of exports names ${target.source}, which does not exist.`)
    entries[target.default.replace(/^\.\/dist\//, '').replace(/\.js$/, '')] = source
  }
  return entries
}

/** A `worker.ts` is started by its address: nothing imports it, so the build would not find it. */
async function threadsOf(folder: string): Promise<Record<string, string>> {
  const src = join(folder, 'src')
  const names = (await readdir(src, { recursive: true }).catch(() => [])).filter((name) => basename(name) === 'worker.ts')
  return Object.fromEntries(names.map((name) => [name.replace(/\.ts$/, ''), join(src, name)]))
}
