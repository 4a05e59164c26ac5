import type { PluginContext } from 'rollup'

/** A statement and where it stands, as Rollup parses it. */
export type Placed = ReturnType<PluginContext['parse']>['body'][number] & { readonly start: number; readonly end: number }
type Importing = Extract<Placed, { readonly type: 'ImportDeclaration' }>
type Exporting = Extract<Placed, { readonly type: 'ExportNamedDeclaration' }>

/**
 * A file that imports others becomes one that is made of them: `$of` has a function that takes what they export and gives what the file
 * exports, and then their addresses, in that order. Imports of files that are surely there stay as they are.
 */
export function madeOfOthers(code: string, statements: readonly Placed[], isSure: (source: string) => boolean): string {
  const head: string[] = []
  const needs: string[] = []
  const taken: string[] = []
  const body: string[] = []
  const given: string[] = []
  const take = (source: string, names: string): void => {
    if (isSure(source)) {
      head.push(names ? `import ${names.replaceAll(':', ' as ')} from ${JSON.stringify(source)};` : `import ${JSON.stringify(source)};`)
      return
    }
    needs.push(JSON.stringify(source))
    taken.push(names || `$${taken.length}`)
  }
  for (const one of statements) {
    if (one.type === 'ImportDeclaration') {
      take(String(one.source.value), imported(one.specifiers))
    } else if (one.type === 'ExportNamedDeclaration' && !one.declaration) {
      const through = one.source ? `$g${given.length}_` : null
      if (one.source) take(String(one.source.value), `{${one.specifiers.map(({ local }, at) => `${named(local)}:${through}${at}`).join()}}`)
      given.push(...one.specifiers.map(({ exported, local }, at) => `${named(exported)}:${through ? through + at : named(local)}`))
    } else if (one.type === 'ExportDefaultDeclaration' || one.type === 'ExportAllDeclaration' || one.type === 'ExportNamedDeclaration') {
      throw new Error(`A file that is made of others cannot say: ${code.slice(one.start, one.end)}`)
    } else body.push(code.slice(one.start, one.end))
  }
  const make = `(${taken.join()})=>{${body.join('\n')}\nreturn{${given.join()}}}`
  return `${head.join('')}export const $of=[${[make, ...needs].join()}];`
}

/** What an import takes, as a pattern. */
function imported(specifiers: Importing['specifiers']): string {
  if (specifiers.length === 0) return ''
  const names = specifiers.map((one) => {
    if (one.type !== 'ImportSpecifier') throw new Error(`A file that is made of others takes names only, not a ${one.type}.`)
    return `${named(one.imported)}:${one.local.name}`
  })
  return `{${names.join()}}`
}

function named(name: Exporting['specifiers'][number]['local']): string {
  return name.type === 'Identifier' ? name.name : String(name.value)
}
