import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksLikeFormula, withGuard, withoutGuard } from '../../../packages/adapters/src/import/write/formula-guard.ts'
import { hostileText } from '../support/arbitrary-text.ts'

describe('the guard against formulas', () => {
  it.each([
    '=1+1',
    '+86 138',
    '-5',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    ' =1',
    '\u3000=1',
    '\ufeff=1',
    '\u200b=1',
    '"=1',
    "'=1",
    '“=1”',
    "''\t =cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    '﹦1',
  ])('attack:I01 stands before %j', (text) => {
    expect(withGuard(text)).toBe(`'${text}`)
  })

  it.each(['', 'x', '5', '蓝海=科技', "O'Neill", "'tis", '"quoted"', 'a\t=b', '#N/A', '1-2', '(=1)'])('leaves %j alone', (text) => {
    expect(withGuard(text)).toBe(text)
    expect(withoutGuard(text)).toBe(text)
  })

  it('attack:I02 is taken off again, and nothing else is, for any text', () => {
    assert(property(hostileText, (text) => withoutGuard(withGuard(text)) === text))
    assert(property(string({ unit: 'binary' }), (text) => withoutGuard(withGuard(text)) === text))
  })

  it('never lets through what looks like a formula', () => {
    assert(property(hostileText, (text) => !looksLikeFormula(text) || withGuard(text).startsWith("'")))
  })

  it('takes no longer for a longer text than its length', () => {
    const long = `${' '.repeat(30_000)}x`
    expect(withGuard(long)).toBe(long)
  })
})
