import { nodeResolve } from '@rollup/plugin-node-resolve'
import { transform } from 'esbuild'
import type { ManualChunksOption, Plugin } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import { minify } from 'terser'

/** How the components are made small for browsers: the same for what is served and for what is weighed. */
export function browserPlugins(): Plugin[] {
  return [
    nodeResolve({ browser: true, exportConditions: ['source', 'production'], extensions: ['.ts', '.js'] }),
    smallStyles(),
    esbuild({ target: 'es2022', tsconfig: false, minify: true, legalComments: 'none', charset: 'utf8' }),
    oneLine(),
    smaller(),
    loadAgain(),
  ]
}

/** Styles are text to whoever minifies scripts; here they are styles. */
function smallStyles(): Plugin {
  const styles = /(css`|tokens = `)([^`$]*)`/g
  return {
    name: 'small-styles',
    async transform(code, id) {
      if (!id.endsWith('.ts') || code.search(styles) < 0) return null
      const found = [...code.matchAll(styles)]
      const small = await Promise.all(found.map(([, , text = '']) => transform(text, { loader: 'css', minify: true, target: 'chrome125' })))
      let next = 0
      return {
        code: code.replace(
          styles,
          (_, start: string) =>
            `${start}${small[next++]?.code
              .trim()
              .replace(/(--[\w-]+): /g, '$1:')
              .replace(/, (?=[#a-zA-Z"])/g, ',')
              .replaceAll('\\', '\\\\')}\``,
        ),
        map: null,
      }
    },
  }
}

/** Line breaks in markup are blanks. Nothing else has one with an indentation after it once the code is small. */
function oneLine(): Plugin {
  return { name: 'one-line', renderChunk: (code) => ({ code: code.replace(/\n +/g, ' '), map: null }) }
}

/** What esbuild leaves: one kilobyte in fifty, for half a second of building each. */
function smaller(): Plugin {
  return {
    name: 'smaller',
    async renderChunk(code) {
      const small = await minify(code, { module: true, ecma: 2020, compress: { passes: 2 }, mangle: true })
      return { code: small.code ?? code, map: null }
    },
  }
}

/**
 * A browser that could not fetch a module once does not ask again under the same address, so that Retry would be in vain: the next
 * attempt takes another address, and stays with it.
 */
function loadAgain(): Plugin {
  const again = "file+'?again='+Date.now()"
  const load = `const $known=new Map,$load=(file)=>import($known.get(file)??file).catch((error)=>{$known.set(file,${again});throw error});`
  return {
    name: 'load-again',
    renderDynamicImport: () => ({ left: '$load(new URL(', right: ',import.meta.url).href)' }),
    intro: ({ dynamicImports }) => (dynamicImports.length > 0 ? load : ''),
  }
}

type ImportsOf = (id: string) => { readonly now: readonly string[]; readonly later: readonly string[] }

/** A form draws fields at once, so both are one file. */
const together = /\/(form|field)\.ts$/

/** Components that share more with one another than with the rest: what only they have in common is one file. */
const families: Readonly<Record<string, RegExp>> = {
  records: /\/(list|board)\.ts$/,
  screens: /\/(filter|import|inbox|operations|rules|settings|timeline)\.ts$/,
}

/**
 * Where modules belong that parts need which come later: how values read, for a form only where there is a record, and what is small, so
 * that a file of its own would cost more than it weighs.
 */
const named: Readonly<Record<string, RegExp>> = {
  core: /\/(announcer|format\/(option|currency|memo|phone))\.ts$/,
  records: /\/all-of\.ts$/,
  values: /\/(display\/(value|scale)|styles\/(scale|check))\.ts$/,
  formats: /\/(format\/(date|money|number|person|value)|display\/(money|avatar)|styles\/(mark|record-look|toolbar))\.ts$/,
}

/**
 * Which file a module belongs to that is not one component's own: `core` for what the entry imports from the start and for what
 * components share, or the family's. Without it every pair of components would share another small file.
 */
export function sharedChunks(entry: string): ManualChunksOption {
  let shared: Map<string, string> | null = null
  return (id, { getModuleInfo }) => {
    shared ??= sharedModules(entry, (one) => {
      const info = getModuleInfo(one)
      return { now: info?.importedIds ?? [], later: info?.dynamicallyImportedIds ?? [] }
    })
    return Object.keys(named).find((name) => named[name]?.test(id)) ?? shared.get(id)
  }
}

function sharedModules(entry: string, importsOf: ImportsOf): Map<string, string> {
  const users = new Map<string, Set<string>>()
  for (const component of importsOf(entry).later)
    for (const id of reached(component, importsOf)) users.set(id, (users.get(id) ?? new Set()).add(component))
  const shared = new Map<string, string>()
  for (const [id, components] of users) {
    if ([...components].every((one) => together.test(one))) shared.set(id, 'form')
    else if (components.size > 1) shared.set(id, familyOf([...components]))
  }
  for (const id of reached(entry, importsOf)) if (id !== entry) shared.set(id, 'core')
  return shared
}

function familyOf(components: readonly string[]): string {
  return Object.entries(families).find(([, members]) => components.every((one) => members.test(one)))?.[0] ?? 'core'
}

/** A module and everything it imports from the start. */
function reached(from: string, importsOf: ImportsOf): Set<string> {
  const all = new Set([from])
  for (const id of all) for (const next of importsOf(id).now) all.add(next)
  return all
}
