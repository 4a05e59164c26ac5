import { describe, expect, it } from 'vitest'
import { en } from '../src/messages/en.ts'
import { overrideMessages, translate } from '../src/messages/messages.ts'
import { zhCN } from '../src/messages/zh-CN.ts'

const placesOf = (sentence: string) => [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

describe('The catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  })

  it.each(Object.keys(zhCN) as (keyof typeof zhCN)[])('say %s with places that both can fill, and with words', (key) => {
    expect(en[key].trim()).not.toBe('')
    expect(zhCN[key].trim()).not.toBe('')
    const own = new Set(['one', 'many', 'name', 'count'])
    expect(placesOf(en[key]).filter((name) => !own.has(name ?? ''))).toEqual(placesOf(zhCN[key]).filter((name) => !own.has(name ?? '')))
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
    overrideMessages({ en: { 'card.stale': en['card.stale'] } })
  })
})
