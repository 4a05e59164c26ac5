import { hash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'

/** A file of the browser build. */
export interface Asset {
  readonly bytes: Uint8Array
  /** Strong: made from the content. */
  readonly etag: string
  readonly type: string
  /** True when the name changes with the content, so that it may be kept for ever. */
  readonly hashed: boolean
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const hashedName = /-[\w-]{8,}\.\w+$/
const known = new Map<string, { readonly changedAt: number; readonly asset: Asset }>()

/**
 * A file of `@guanxi/ui-components`' browser build by its name, or null: `ui.js` itself, or one of those in `ui/` that it loads later.
 * Names are only ever compared, never joined into a path.
 */
export async function findAsset(name: string, part: 'entry' | 'later'): Promise<Asset | null> {
  const build = browserFolder()
  if (build === null) return null
  const folder = part === 'entry' ? build : join(build, 'ui')
  const names = await readdir(folder).catch(() => [])
  const found = names.find((one) => one === name)
  const type = types[extname(name)]
  if (found === undefined || type === undefined) return null
  return load(join(folder, found), found, type)
}

async function load(path: string, name: string, type: string): Promise<Asset> {
  const { mtimeMs } = await stat(path)
  const kept = known.get(path)
  if (kept?.changedAt === mtimeMs) return kept.asset
  const bytes = await readFile(path)
  const etag = `"${hash('sha256', bytes, 'base64url').slice(0, 27)}"`
  const asset = { bytes, etag, type, hashed: hashedName.test(name) }
  known.set(path, { changedAt: mtimeMs, asset })
  return asset
}

/** The components are optional: a host without them serves none. */
function browserFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('@guanxi/ui-components/browser'))
  } catch {
    return null
  }
}
