import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Package } from './packages.ts'
import { root } from './root.ts'
import { run } from './run.ts'

const relativeTs = /((?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"']+)\.ts(["'])/g

/** Declarations by tsc, with `.ts` in relative imports turned into `.js`: what every consumer's resolution understands. */
export async function emitDeclarations(one: Package): Promise<void> {
  const outcome = await run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', join(one.folder, 'tsconfig.build.json')])
  if (outcome !== 0) throw new Error(`${one.name}: declarations could not be emitted.`)
  const dist = join(one.folder, 'dist')
  for (const file of await readdir(dist, { recursive: true })) {
    if (file.endsWith('.d.ts')) await rewrite(join(dist, file))
  }
}

async function rewrite(file: string): Promise<void> {
  const before = await readFile(file, 'utf8')
  const after = before.replace(relativeTs, '$1$2.js$3')
  if (after !== before) await writeFile(file, after)
}
