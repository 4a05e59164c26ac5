import { describe, expect, it } from 'vitest'
import { boardWords } from '../src/board/words.ts'
import { formWords } from '../src/form/words.ts'
import { listWords } from '../src/list/words.ts'
import { en as ownEn } from '../src/messages/en.ts'
import { addMessages, overrideMessages, translate } from '../src/messages/messages.ts'
import { zhCN as ownZhCN } from '../src/messages/zh-CN.ts'

const parts = [listWords, boardWords, formWords]
const zhCN = Object.assign({}, ownZhCN, ...parts.map((part) => part['zh-CN'])) as Record<string, string>
const en = Object.assign({}, ownEn, ...parts.map((part) => part.en)) as Record<string, string>

const placesOf = (sentence: string) => [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

describe('The catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  })

  it('have no key in two places', () => {
    const keys = [ownZhCN, ...parts.map((part) => part['zh-CN'])].flatMap((part) => Object.keys(part))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it.each(Object.keys(zhCN))('say %s with places that both can fill, and with words', (key) => {
    expect((en[key] ?? '').trim()).not.toBe('')
    expect((zhCN[key] ?? '').trim()).not.toBe('')
    const own = new Set(['one', 'many', 'name', 'count'])
    expect(placesOf(en[key] ?? '').filter((name) => !own.has(name ?? ''))).toEqual(
      placesOf(zhCN[key] ?? '').filter((name) => !own.has(name ?? '')),
    )
  })

  it('take words of a component that comes later, once', () => {
    addMessages(listWords)
    addMessages(listWords)
    expect(translate('en', 'bulk.run', { count: 1234 })).toBe('Change 1,234')
  })

  it('choose the plural by the number', () => {
    expect(translate('en', 'card.idle', { count: 1 })).toBe('1 day idle')
    expect(translate('en', 'card.idle', { count: 16 })).toBe('16 days idle')
    expect(translate('zh-Hans', 'card.idle', { count: 16 })).toBe('停滞 16 天')
  })

  it('let a host override a key in one language', () => {
    overrideMessages({ en: { 'card.stale': 'Wake up in {count}' } })
    expect(translate('en', 'card.stale', { count: 2 })).toBe('Wake up in 2')
    expect(translate('zh-CN', 'card.stale', { count: 2 })).toBe('2 天后停滞')
    overrideMessages({ en: { 'card.stale': ownEn['card.stale'] } })
  })
})
