import { gzipSync } from 'node:zlib'
import type { OutputChunk } from 'rollup'
import { bundleBrowser } from './build/browser.ts'

/**
 * What a page loads before a component is painted with its data and can be read and typed into: the very files that are served,
 * minified, each gzipped, Lit, styles and the words of one language included, in kilobytes of 1,000 bytes. What comes with a press (the
 * bulk bar, a cell's editor, the conflict table …) is loaded then, or while the browser has nothing else to do; it is listed beside.
 * The aim is 20 for each; the numbers here are where they stand and must not grow.
 */
const budgets = [
  {
    name: 'a form with its fields',
    members: ['form/form.ts', 'field/field.ts', 'messages/zh-CN/form.ts', 'messages/zh-CN/core.ts'],
    limit: 38,
  },
  { name: 'a list', members: ['list/list.ts', 'messages/zh-CN/list.ts', 'messages/zh-CN/core.ts'], limit: 36.4 },
  { name: 'a board', members: ['board/board.ts', 'messages/zh-CN/board.ts', 'messages/zh-CN/core.ts'], limit: 37.6 },
] as const

const chunks = await bundleBrowser()
const entry = chunks.find((chunk) => chunk.isEntry)
if (!entry) throw new Error('There is no ui.js.')

let tooLarge = 0
for (const { name, members, limit } of budgets) {
  const first = staticOf([entry, ...members.map(chunkOf)])
  const later = laterOf(first)
  const kilobytes = sum(first)
  const isTooLarge = kilobytes > limit
  if (isTooLarge) tooLarge += 1
  const verdict = isTooLarge ? ': TOO LARGE' : ''
  console.log(
    `${name}: ${kilobytes.toFixed(1)} kB in ${first.size} files at first, at most ${limit}${verdict}; ${sum(later).toFixed(1)} kB later`,
  )
  console.log(`  later: ${[...later].map((chunk) => `${chunk.name} ${sum([chunk]).toFixed(1)}`).join(', ')}`)
}
process.exitCode = tooLarge > 0 ? 1 : 0

function chunkOf(member: string): OutputChunk {
  const found = chunks.find((chunk) => chunk.moduleIds.some((id) => id.endsWith(`/ui-components/src/${member}`)))
  if (!found) throw new Error(`${member} is in no file.`)
  return found
}

/** Files and what they import from the start. */
function staticOf(from: readonly OutputChunk[]): Set<OutputChunk> {
  const all = new Set(from)
  for (const chunk of all) for (const next of chunk.imports) add(all, next)
  return all
}

/** What these files load later, in the same language; other components and what they alone load are not theirs. */
function laterOf(first: ReadonlySet<OutputChunk>): Set<OutputChunk> {
  const all = new Set<OutputChunk>()
  for (const chunk of first) if (chunk !== entry) for (const next of chunk.dynamicImports) add(all, next)
  for (const chunk of all) for (const next of [...chunk.imports, ...chunk.dynamicImports]) add(all, next)
  return new Set([...all].filter((chunk) => !first.has(chunk) && !isOfOtherLanguage(chunk)))
}

function isOfOtherLanguage({ moduleIds }: OutputChunk): boolean {
  return moduleIds.every((id) => id.includes('/messages/en/'))
}

function add(all: Set<OutputChunk>, fileName: string): void {
  const found = chunks.find((chunk) => chunk.fileName === fileName)
  if (found) all.add(found)
}

function sum(some: Iterable<OutputChunk>): number {
  return [...some].reduce((bytes, { code }) => bytes + gzipSync(code, { level: 9 }).length, 0) / 1000
}
