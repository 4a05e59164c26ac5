import { array, assert, asyncProperty, jsonValue } from 'fast-check'
import { expect, it } from 'vitest'
import { writeJsonLines } from '../../../packages/adapters/src/import/write/index.ts'
import { bytesOf, collect } from '../support/collect.ts'

const textOf = async (file: AsyncIterable<Uint8Array>): Promise<string> => (await bytesOf(file)).toString('utf8')

it('writes one JSON value a line', async () => {
  expect(await textOf(writeJsonLines([{ name: '蓝海\n科技' }, null, undefined, [1]]))).toBe('{"name":"蓝海\\n科技"}\nnull\nnull\n[1]\n')
})

it('gives every value back', async () => {
  await assert(
    asyncProperty(array(jsonValue()), async (rows) => {
      const lines = (await textOf(writeJsonLines(rows))).split('\n').slice(0, -1)
      expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(rows)))
    }),
  )
})

it('writes large exports in pieces', async () => {
  const pieces = await collect(writeJsonLines(Array.from({ length: 10_000 }, (_, index) => ({ index, text: 'x'.repeat(50) }))))
  expect(pieces.length).toBeGreaterThan(5)
})
