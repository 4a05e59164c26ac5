import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { ErrorEntry } from '../../packages/core/src/error/crm-error.ts'
import { errorTable } from '../../packages/core/src/error/table.ts'

const page = new URL('../../docs/reference/errors.md', import.meta.url)

/** A row of the page, as it has to be for this code. */
function rowOf(code: string, { status, message, hint }: ErrorEntry): string {
  const cells = [`\`${code}\``, String(status), message.en, message['zh-CN'], hint?.en ?? '', hint?.['zh-CN'] ?? '']
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

it('lists every error code with its status, sentences and hint, and nothing else', () => {
  const written = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const expected = Object.entries(errorTable).map(([code, entry]) => rowOf(code, entry))
  const missing = expected.filter((row) => !written.includes(row))
  const extra = written.filter((row) => !expected.includes(row))
  expect({ missing, extra }, `Add to docs/reference/errors.md:\n${missing.join('\n')}\n\nRemove from it:\n${extra.join('\n')}\n`).toEqual({
    missing: [],
    extra: [],
  })
  expect(new Set(written).size).toBe(written.length)
})
