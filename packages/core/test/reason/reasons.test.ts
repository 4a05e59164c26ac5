import { sqlite } from '@guanxi/adapters/sqlite'
import { coreReasons, createCrm, definePlugin, defineReasons, type ReasonTable } from '@guanxi/core'
import { describe, expect, test } from 'vitest'

const words = (zh: string, en: string) => ({ 'zh-CN': zh, en })

const reasons = defineReasons({
  claims_full: {
    data: {
      used: 'number',
      limit: 'number',
      until: 'instant',
      wait: 'duration',
      who: 'person',
      price: 'money',
      kind: 'words',
      day: 'date',
    },
    message: words(
      '{who} 今天已领 {used}/{limit}，{until} 起可再领，间隔 {wait}，{price}，{kind}，{day}。',
      '{who} has claimed {used} of {limit}; again from {until}, every {wait}, {price}, {kind}, {day}.',
    ),
    hint: words('等到 {until}。', 'Wait until {until}.'),
  },
})

const facts = {
  used: 5,
  limit: 1_000,
  until: Date.parse('2026-03-02T16:00:00Z'),
  wait: '2wh',
  who: 'u1',
  price: { minor: 12_345, currency: 'CNY' },
  kind: words('优质', 'premium'),
  day: '2026-03-02',
}

describe('semantics:0.3 reasons', () => {
  test('say the same in both languages, each fact by its kind', () => {
    const reason = reasons.make.claims_full(facts)
    const view = { zone: 'Asia/Shanghai', nameOf: (_: string, id: string) => (id === 'u1' ? '王敏' : undefined) }
    expect(reason.text({ ...view, locale: 'zh-CN' })).toBe(
      '王敏 今天已领 5/1,000，2026年3月3日 00:00 起可再领，间隔 2 工作小时，¥123.45，优质，2026-03-02。',
    )
    expect(reason.text({ ...view, locale: 'en-GB' })).toBe(
      '王敏 has claimed 5 of 1,000; again from Mar 3, 2026, 12:00 AM, every 2 working hours, CN¥123.45, premium, 2026-03-02.',
    )
  })

  test('are kept as code and facts, and get their sentences back', async () => {
    const plugin = definePlugin({ id: 'pool', version: '1.0.0', core: '^0.1.0', setup: (p) => void p.reasons(reasons) })
    const crm = createCrm({ store: sqlite(':memory:', { driver: 'better-sqlite3' }), tenant: 't', plugins: [plugin()] })
    const kept = JSON.parse(JSON.stringify(reasons.make.claims_full(facts)))
    expect(kept).toEqual({ code: 'claims_full', data: facts })
    expect(crm.reason(kept).message).toEqual(reasons.make.claims_full(facts).message)
    expect(crm.reason({ code: 'of_a_plugin_that_is_gone', data: { a: 1 } }).text()).toBe('of_a_plugin_that_is_gone')
    await crm.close()
  })

  test('facts are frozen, and bodies speak one language', () => {
    const reason = coreReasons.make.limit_reached({ used: 5, limit: 5 })
    expect(Object.isFrozen(reason.data)).toBe(true)
    expect(reason.toBody({ locale: 'zh' })).toEqual({
      code: 'limit_reached',
      data: { used: 5, limit: 5 },
      message: '已达上限：5/5。',
      hint: null,
    })
  })

  test.each<[string, ReasonTable, string]>([
    ['no Chinese', { a: { message: words('', 'A') } }, 'a has no sentence in zh-CN'],
    ['no English', { a: { message: words('甲', ' ') } }, 'a has no sentence in en'],
    ['a place without a fact', { a: { message: words('甲 {x}', 'A') } }, 'place {x} without a fact'],
    [
      'a fact that one language leaves out',
      { a: { data: { x: 'number' }, message: words('甲 {x}', 'A') } },
      '“x” is not in its sentence in both languages',
    ],
    ['an unknown kind of fact', { a: { data: { x: 'colour' as never }, message: words('{x}', '{x}') } }, 'unknown kind “colour”'],
    ['a code in capitals', { Full: { message: words('甲', 'A') } }, '“Full” is no code'],
    ['a hint in one language', { a: { message: words('甲', 'A'), hint: words('乙', '') } }, 'a has no hint in en'],
  ])('a table with %s is refused', (_, table, problem) => {
    expect(() => defineReasons(table)).toThrow(
      expect.objectContaining({ code: 'REASON_INVALID', message: expect.stringContaining(problem) }),
    )
  })

  test('two plugins cannot give one code two meanings', () => {
    const plugin = (id: string, table: ReasonTable) =>
      definePlugin({ id, version: '1.0.0', core: '^0.1.0', setup: (p) => void p.reasons(defineReasons(table)) })()
    const store = sqlite(':memory:', { driver: 'better-sqlite3' })
    const one = { message: words('甲', 'A') }
    expect(() => createCrm({ store, plugins: [plugin('a', { full: one }), plugin('b', { full: one })] })).toThrow('reason full')
    expect(() => createCrm({ store, plugins: [plugin('a', { already_taken: one })] })).toThrow('reason already_taken')
  })
})
