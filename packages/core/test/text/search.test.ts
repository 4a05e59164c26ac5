import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileDefinition } from '../../src/object/compile-definition.ts'
import { defineObject } from '../../src/object/define-object.ts'
import { nameKey } from '../../src/text/fold.ts'
import { nameCore } from '../../src/text/name-core.ts'
import { queryTokens } from '../../src/text/query-tokens.ts'
import { nameValues, searchTokens } from '../../src/text/search-tokens.ts'
import { sortKey } from '../../src/text/sort-key.ts'
import { tokensOf } from '../../src/text/tokens.ts'

const customer = compileDefinition({
  handle: defineObject('customer', {
    type: 'object',
    properties: {
      description: { kind: 'longText', search: true },
      name: { type: 'string' },
      phone: { kind: 'phone', search: true },
      email: { kind: 'email', search: true },
      secret: { type: 'string' },
    },
  }),
  author: 'test',
  overlay: [{ id: 'f_alias', name: 'alias', property: { type: 'string', search: true } }],
})

const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

function finds(search: string, record: Record<string, unknown>): boolean {
  const tokens = searchTokens(customer, record).map(({ token }) => token)
  const ranges = queryTokens(search)
  return (
    ranges.length > 0 && ranges.every(({ from, to }) => tokens.some((token) => byCodePoint(token, from) >= 0 && byCodePoint(token, to) < 0))
  )
}

const blue = { name: '上海蓝海科技有限公司', phone: '+8613800138000', email: 'li.lei@acme.com', custom: { alias: 'Café Blue' } }

describe('search', () => {
  test.each([
    ...['蓝海', '蓝', '海科技', '司', 'lh', 'LHKJ', 'lanhai', 'lan', 'shanghailanhai', 'shlh', '上海 蓝海', '蓝海lh', '蓝海 138'],
    ...['13800138000', '138', '138 0013', '0138', '8000', '138-0013-8000', '+86 138', '8613800138000', '００１３８'],
    ...['li.lei@acme.com', 'LI.LEI', 'acme', 'acme.com', 'li.lei@ac', 'lei', 'cafe', 'CAFÉ', 'ｃａｆé', 'blue'],
  ])('%s finds it', (search) => expect(finds(search, blue)).toBe(true))

  test.each(['红海', '技科', 'hl', '999', '蓝海 999', 'alue', '！', '', '   ', '李雷@'])('%j does not', (search) =>
    expect(finds(search, blue)).toBe(false),
  )

  test('a surname is found by its own reading, and by the other', () => {
    expect(finds('zgf', { name: '曾国藩' })).toBe(true)
    expect(finds('cgf', { name: '曾国藩' })).toBe(true)
    expect(finds('cqyh', { name: '重庆银行' })).toBe(true)
  })

  test('a landline is found with and without the zero in front', () => {
    for (const search of ['010-1234', '01012345678', '1012', '12345678'])
      expect([search, finds(search, { phone: '+861012345678' })]).toEqual([search, true])
  })

  const han = fc.string({ unit: fc.constantFrom(...'蓝海科技北辰信息上重庆银行单𠮷'), minLength: 1, maxLength: 10 })
  const part = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }))

  test('any part of a Chinese name finds it', () => {
    fc.assert(
      fc.property(han, part, (name, [start, length]) => {
        const characters = [...name]
        const from = start % characters.length
        expect(finds(characters.slice(from, from + 1 + (length % (characters.length - from))).join(''), { name })).toBe(true)
      }),
    )
  })

  test('the beginnings of any words of a name find it, in any order', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcxyz019'), minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat({ max: 50 }), (words, length) => {
        const search = words.map((entry) => entry.slice(0, 1 + (length % entry.length))).reverse()
        expect(finds(search.join(' '), { name: words.join('-') })).toBe(true)
      }),
    )
  })

  test('any four digits or more of a number find it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }),
        fc.nat({ max: 7 }),
        fc.integer({ min: 4, max: 11 }),
        (number, start, length) => {
          const digits = String(number)
          expect(finds(digits.slice(start, start + length), { phone: `+86${digits}` })).toBe(true)
        },
      ),
    )
  })

  test('whatever is stored or asked, tokens and ranges stay within their bounds and are well formed', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 300 }).map((text) => text.toWellFormed().replaceAll('\u0000', ''))
    fc.assert(
      fc.property(anything, anything, (name, description) => {
        const tokens = searchTokens(customer, { name, description })
        expect(tokens.length).toBeLessThanOrEqual(60)
        expect(new Set(tokens.map(({ token, field }) => `${field} ${token}`)).size).toBe(tokens.length)
        for (const { token } of tokens) expect([token === '', token.length > 40, token.isWellFormed()]).toEqual([false, false, true])
        const ranges = queryTokens(name)
        expect(ranges.length).toBeLessThanOrEqual(6)
        for (const { from, to } of ranges) expect([byCodePoint(from, to) < 0, to.isWellFormed()]).toEqual([true, true])
      }),
    )
  })

  test('a long text does not crowd out the number, the address or the name', () => {
    const description = Array.from({ length: 500 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('')
    const tokens = searchTokens(customer, { ...blue, description })
    expect(tokens).toHaveLength(60)
    expect(tokens.at(-1)?.field).toBe('description')
    for (const search of ['8000', 'acme', '蓝海', 'cafe']) expect([search, finds(search, { ...blue, description })]).toEqual([search, true])
  })

  test('tokens say which field they came from, and only searched fields have any', () => {
    const fields = searchTokens(customer, { ...blue, secret: '秘密' }).map(({ field }) => field)
    expect([...new Set(fields)]).toEqual(['phone', 'email', 'name', 'custom.alias'])
  })

  test('a search longer than six parts looks for six of them, the first and the last included', () => {
    const ranges = queryTokens('上海市北辰信息技术股份有限公司')
    expect(ranges).toHaveLength(6)
    expect([ranges[0]?.from, ranges[5]?.from]).toEqual(['上海', '公司'])
  })

  test('kinds that nobody types have no tokens', () =>
    expect([tokensOf(5, 'integer'), tokensOf('x', 'choice'), tokensOf(null, 'text')]).toEqual([[], [], []]))
})

describe('order', () => {
  const sorted = (names: string[]) => [...names].sort((a, b) => byCodePoint(sortKey(a), sortKey(b)))

  test('Chinese stands by pinyin among Latin, numbers come first', () => {
    expect(sorted(['cat', '北辰', '张三', 'alder', '2号', 'zebra', '10号', 'École', '《蓝海》'])).toEqual([
      '10号',
      '2号',
      'alder',
      '北辰',
      'cat',
      'École',
      '《蓝海》',
      'zebra',
      '张三',
    ])
  })

  test('a name stands before its own continuations, syllable by syllable', () => {
    expect(sorted(['先锋', '西安', '蓝海科技', '蓝海', '蓝', '兰'])).toEqual(['兰', '蓝', '蓝海', '蓝海科技', '西安', '先锋'])
  })

  test('different names never tie, and spelling in full width or capitals changes nothing', () => {
    expect(sortKey('兰')).not.toBe(sortKey('蓝'))
    expect(sortKey('ＡＢＣ')).toBe(sortKey('abc'))
  })

  test('keys are bounded and never cut a character in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const key = sortKey(text.repeat(3))
        expect([key.length <= 241, key.isWellFormed(), key.includes('\u0000')]).toEqual([true, true, text.includes('\u0000')])
      }),
    )
  })
})

describe('names', () => {
  test.each([
    ['  Ａcme   CO ', 'acme co'],
    ['蓝海　科技', '蓝海 科技'],
  ])('the key of %j is %j', (name, key) => expect(nameKey(name)).toBe(key))

  test.each([
    [
      ['蓝海科技有限公司', '蓝海科技', '蓝海（上海）科技有限公司', '蓝海科技 股份有限公司', '【中国】蓝海科技集团有限公司', '蓝海科技公司'],
      '蓝海科技',
    ],
    [
      [
        'Acme Ltd',
        'ACME Co., Ltd.',
        'Acme, Inc.',
        'Acme GmbH & Co. KG',
        'Acme (China) Limited',
        'A.C.M.E. LLC',
        'Ａcme Holdings Pte. Ltd.',
      ],
      'acme',
    ],
    [['Müller & Söhne GmbH', 'muller sohne'], 'muller sohne'],
    [['有限公司'], '有限公司'],
    [['Co'], 'co'],
    [['（上海）'], '上海'],
    [['！！'], '!!'],
  ])('%j have the core %s', (names, core) => expect(names.map(nameCore)).toEqual(names.map(() => core)))

  test('keys and cores are their own keys and cores', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(nameKey(nameKey(text))).toBe(nameKey(text))
      }),
    )
  })

  test('without a name there is no key, and the record sorts last', () => {
    expect(nameValues(customer, { name: null })).toEqual([null, null, '\uffff'])
    expect(nameValues(customer, { name: '蓝海有限公司' })).toEqual(['蓝海有限公司', '蓝海', sortKey('蓝海有限公司')])
  })
})
