import { readFile } from 'node:fs/promises'
import { transform } from 'esbuild'

/** One import or re-export of a file. */
export interface Import {
  readonly specifier: string
  /** False: gone once types are stripped. */
  readonly value: boolean
}

const stripTypes = { loader: 'ts', tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } } as const
const statement = /^(?:import|export)\b[^'";=()]*?['"]([^'"]+)['"]/gm
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** The imports of a TypeScript file. Stripping types leaves exactly the imports that exist at run time. */
export async function readImports(file: string): Promise<Import[]> {
  const source = await readFile(file, 'utf8')
  const all = specifiers(source)
  const values = new Set(specifiers((await transform(source, stripTypes)).code))
  return [...all].map((specifier) => ({ specifier, value: values.has(specifier) }))
}

function specifiers(code: string): Set<string> {
  const found = [...code.matchAll(statement), ...code.matchAll(dynamic)].flatMap((match) => match[1] ?? [])
  return new Set(found)
}
