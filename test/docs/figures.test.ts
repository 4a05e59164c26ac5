import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { figuresIn, figuresTable, type Language } from '../../bench/readme-figures.ts'

it.each<Language>(['en', 'zh-CN'])('the figures of the README (%s) are those of the last whole run', async (language) => {
  const results = await readFile(new URL('../../bench/RESULTS.md', import.meta.url), 'utf8')
  expect(figuresTable(results, language)).not.toContain('?')
  expect(await figuresIn(language)).toBe(`<!-- figures -->\n${figuresTable(results, language)}\n<!-- /figures -->`)
})
