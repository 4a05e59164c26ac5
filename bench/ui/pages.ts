import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { bundleBrowser } from '../../scripts/build/browser.ts'
import { firstLook, kilobytesOf } from '../../scripts/build/first-look.ts'
import type { Contender } from './contenders.ts'

/** The contenders' pages on a port of their own. */
export interface Pages {
  readonly url: string
  /** Kilobytes of script a contender loads from the start, gzipped. */
  readonly weight: ReadonlyMap<Contender, number>
  close(): void
}

/** Where the components lie here, as a server has them. */
const SERVED = '/crm/'

/** The floors' font: to look for fonts that this machine lacks is no work of a component. */
const sameFont = '<style>:root { --crm-font-sans: sans-serif }</style>'

const html = (script: string, body = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,"><script>window.began = performance.now()</script>${script}</head><body>${body}</body></html>`

/** Builds and serves them; `/blank` is a page of the same origin with nothing on it. */
export async function servePages(all: readonly Contender[]): Promise<Pages> {
  const files = new Map<string, string>()
  const weight = new Map<Contender, number>()
  const served = await bundleBrowser()
  for (const { fileName, code } of served) files.set(SERVED + fileName, code)
  for (const [index, contender] of all.entries()) {
    const { outputFiles, metafile } = await bundle(contender.file, `c${index}`)
    for (const { path, text } of outputFiles) files.set(`/${path.split('/out/')[1]}`, text)
    const entry = Object.keys(metafile.outputs).find((path) => path.endsWith('/page.js'))
    const first = staticOf(metafile.outputs, entry ?? '')
    const own = first.reduce((bytes, path) => bytes + gzipSync(files.get(`/${path.split('out/')[1]}`) ?? '', { level: 9 }).length, 0) / 1000
    weight.set(contender, own + (contender.members ? kilobytesOf(firstLook(served, contender.members)) : 0))
    const body = contender.members ? `${sameFont}<${contender.name}></${contender.name}>` : ''
    files.set(`/p${index}`, html(`<script type="module" src="/c${index}/page.js"></script>`, body))
  }
  files.set('/blank', html(''))
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    const text = files.get(path)
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html'
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    weight,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function bundle(file: string, folder: string) {
  return build({
    entryPoints: { page: file },
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    outdir: `/out/${folder}`,
    conditions: ['source', 'production', 'browser'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
    write: false,
    plugins: [asServed],
  })
}

/** Our components are not bundled with a page: it loads the files that are served. */
const asServed: Plugin = {
  name: 'as-served',
  setup: ({ onResolve }) => onResolve({ filter: /\/browser\.ts$/ }, () => ({ path: `${SERVED}ui.js`, external: true })),
}

/** A file and what it imports from the start. */
function staticOf(
  outputs: Readonly<Record<string, { readonly imports: readonly { path: string; kind: string; external?: boolean }[] }>>,
  from: string,
): readonly string[] {
  const all = new Set([from])
  for (const path of all)
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) if (kind === 'import-statement' && !external) all.add(next)
  return [...all]
}
