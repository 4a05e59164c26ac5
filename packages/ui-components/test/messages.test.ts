import { describe, expect, it } from 'vitest'
import { words as boardEn } from '../src/messages/en/board.ts'
import { words as coreEn } from '../src/messages/en/core.ts'
import { words as formEn } from '../src/messages/en/form.ts'
import { words as laterEn } from '../src/messages/en/later.ts'
import { words as listEn } from '../src/messages/en/list.ts'
import { addMessages, missingWords, overrideMessages, translate, wantWords } from '../src/messages/messages.ts'
import { words as boardZhCN } from '../src/messages/zh-CN/board.ts'
import { words as coreZhCN } from '../src/messages/zh-CN/core.ts'
import { words as formZhCN } from '../src/messages/zh-CN/form.ts'
import { words as laterZhCN } from '../src/messages/zh-CN/later.ts'
import { words as listZhCN } from '../src/messages/zh-CN/list.ts'

const zhCN: Record<string, string> = { ...coreZhCN, ...formZhCN, ...listZhCN, ...boardZhCN, ...laterZhCN }
const en: Record<string, string> = { ...coreEn, ...formEn, ...listEn, ...boardEn, ...laterEn }
addMessages({ 'zh-CN': zhCN, en })

const placesOf = (sentence: string) => [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

describe('The catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  })

  it('have no key in two places', () => {
    const keys = [coreZhCN, formZhCN, listZhCN, boardZhCN, laterZhCN].flatMap((part) => Object.keys(part))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('have every sentence where a component looks for it: at first, or with what comes later', () => {
    const sources = import.meta.glob<string>('../src/{form,field,list,board,controllers,state,display,format,import,settings}/**/*.ts', {
      query: '?raw',
      import: 'default',
      eager: true,
    })
    const first: Record<string, object> = { form: formEn, field: formEn, list: listEn, board: boardEn }
    const astray = Object.entries(sources).flatMap(([path, text]) => {
      const folder = path.split('/')[2] ?? ''
      const at = { ...coreEn, ...first[folder], ...laterEn }
      const said = [...text.matchAll(/(?:\bt|translate)\((?:\w+(?:\.\w+)*, )?'([\w.]+)'/g)].map(([, key = '']) => key)
      return said.filter((key) => key in en && !(key in at)).map((key) => `${path}: ${key}`)
    })
    expect(astray).toEqual([])
  })

  it.each(Object.keys(zhCN))('say %s with places that both can fill, and with words', (key) => {
    expect((en[key] ?? '').trim()).not.toBe('')
    expect((zhCN[key] ?? '').trim()).not.toBe('')
    const own = new Set(['one', 'many', 'name', 'count'])
    expect(placesOf(en[key] ?? '').filter((name) => !own.has(name ?? ''))).toEqual(
      placesOf(zhCN[key] ?? '').filter((name) => !own.has(name ?? '')),
    )
  })

  it('are loaded in the language in use only, and only once', async () => {
    const asked: string[] = []
    const source = (language: 'zh-CN' | 'en', words: object) => async () => {
      asked.push(language)
      return { words }
    }
    wantWords({ 'zh-CN': source('zh-CN', {}), en: source('en', { 'bulk.run': 'Go {count}' }) })
    await missingWords('en')
    expect(missingWords('en')).toBeNull()
    expect(asked).toEqual(['en'])
    expect(translate('en', 'bulk.run', { count: 1234 })).toBe('Go 1,234')
    addMessages({ 'zh-CN': {}, en: { 'bulk.run': laterEn['bulk.run'] } })
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
    overrideMessages({ en: { 'card.stale': boardEn['card.stale'] } })
  })
})
