import type { OutputChunk } from 'rollup'
import { bundleBrowser } from './build/browser.ts'
import { addNamed, firstLook, kilobytesOf } from './build/first-look.ts'

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
    limit: 30.1,
  },
  {
    name: 'the same for a record, with what it takes to read values',
    members: ['form/form.ts', 'field/field.ts', 'field/shown.ts', 'messages/zh-CN/form.ts', 'messages/zh-CN/core.ts'],
    limit: 36.5,
  },
  { name: 'a list', members: ['list/list.ts', 'messages/zh-CN/list.ts', 'messages/zh-CN/core.ts'], limit: 36.2 },
  { name: 'a board', members: ['board/board.ts', 'messages/zh-CN/board.ts', 'messages/zh-CN/core.ts'], limit: 37.5 },
] as const

const chunks = await bundleBrowser()
const entry = chunks.find((chunk) => chunk.isEntry)
if (!entry) throw new Error('There is no ui.js.')

let tooLarge = 0
for (const { name, members, limit } of budgets) {
  const first = firstLook(chunks, members)
  const later = laterOf(first)
  const kilobytes = kilobytesOf(first)
  const isTooLarge = kilobytes > limit
  if (isTooLarge) tooLarge += 1
  const verdict = isTooLarge ? ': TOO LARGE' : ''
  console.log(
    `${name}: ${kilobytes.toFixed(1)} kB in ${first.size} files at first, at most ${limit}${verdict}; ${kilobytesOf(later).toFixed(1)} kB later`,
  )
  console.log(`  later: ${[...later].map((chunk) => `${chunk.name} ${kilobytesOf([chunk]).toFixed(1)}`).join(', ')}`)
}
process.exitCode = tooLarge > 0 ? 1 : 0

/** What these files load later, in the same language; other components and what they alone load are not theirs. */
function laterOf(first: ReadonlySet<OutputChunk>): Set<OutputChunk> {
  const all = new Set<OutputChunk>()
  for (const chunk of first) if (chunk !== entry) for (const next of chunk.dynamicImports) addNamed(chunks, all, next)
  for (const chunk of all) for (const next of [...chunk.imports, ...chunk.dynamicImports]) addNamed(chunks, all, next)
  return new Set([...all].filter((chunk) => !first.has(chunk) && !isOfOtherLanguage(chunk)))
}

function isOfOtherLanguage({ moduleIds }: OutputChunk): boolean {
  return moduleIds.every((id) => id.includes('/messages/en/'))
}
