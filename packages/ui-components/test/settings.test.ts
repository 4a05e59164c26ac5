import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '../src/settings/messages/en.ts'
import { zhCN } from '../src/settings/messages/zh-CN.ts'
import type { CrmSettings } from '../src/settings/settings.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

type Attributes = Readonly<Record<string, string>>

async function open(attributes: Attributes = {}, fake = new FakeServer(), lang = 'zh-CN') {
  const mounted = mount<CrmSettings>('crm-settings', fake, { attributes, lang })
  await eventually(() => mounted.events.map(({ type }) => type)).toContain('crm-load')
  const { element } = mounted
  const row = (name: string) => {
    const found = all(element, '.setting').find((one) => one.querySelector('b')?.textContent === name)
    if (!found) throw new Error(`There is no setting ${name}`)
    return found
  }
  const press = (root: Element, selector: string) => userEvent.click(one(root, selector))
  const pick = async (label: string) => {
    const item = all(element, '.menu-item').find((one) => one.textContent?.trim() === label)
    if (!item) throw new Error(`There is no ${label}`)
    await userEvent.click(item)
  }
  const sent = (path: string) => fake.seen.filter((seen) => seen.method === 'POST' && seen.path === path)
  return { ...mounted, fake, row, press, pick, sent }
}

const submit = '.edit-foot [type=submit]'
const rep = { read: false, define: false, leads: [], keys: ['pool.digest'] }

describe('The settings of somebody', () => {
  it('are shown with their values and where each comes from, in groups', async () => {
    const { element, row } = await open()
    expect(all(element, '.group-title').map(({ textContent }) => textContent)).toEqual(['公海', '工作日历'])
    expect(textOf(row('每日领取上限'))).toContain('40 在此设置')
    expect(textOf(row('首次联系时限'))).toContain('2 工作小时 系统默认')
    expect(textOf(row('工作时间'))).toContain('周一–周五 09:00–12:00, 13:30–18:00')
  })

  it('semantics:0.2 “why 30?” tells level, target, version, by whom, and what was passed over', async () => {
    const { element, row, press } = await open({ level: 'person', target: 'u-li' })
    await press(row('每日领取上限'), '.source')
    await eventually(() => all(element, '.why-line').length).toBe(3)
    const [winner, next, last] = all(element, '.why-line').map(textOf)
    expect(winner).toMatch(/团队 · 华东 30 版本 13 · 陈思远 .* 生效/)
    expect(next).toMatch(/全公司 40 .* 未采用/)
    expect(last).toMatch(/系统默认 10/)
  })

  it('are found by words, and narrowed to what is set here', async () => {
    const { element } = await open({ level: 'team', target: 'east' })
    await userEvent.fill(one(element, '.bar input[type=search]'), '领取 上限')
    await eventually(() => all(element, '.setting').length).toBe(1)
    await userEvent.fill(one(element, '.bar input[type=search]'), '')
    await userEvent.click(one(element, '.bar .check'))
    await eventually(() => all(element, '.setting b').map(({ textContent }) => textContent)).toEqual(['每日领取上限'])
  })

  it('of a team, a role, a person found by name, and a place are a choice in the rail', async () => {
    const { element, row } = await open()
    const choose = async (name: string) => {
      const item = all(element, '.rail-wide .rail-item').find((one) => one.textContent?.includes(name))
      await userEvent.click(item ?? element)
    }
    await choose('华南')
    await eventually(() => textOf(row('持有上限'))).toContain('不限 在此设置')
    expect([element.level, element.target]).toEqual(['team', 'south'])
    await choose('rep')
    await eventually(() => textOf(row('退回后的冷却'))).toContain('3 天 在此设置')
    await userEvent.fill(all(element, '.rail-wide input[type=search]')[0] ?? element, 'Ana')
    await eventually(() => all(element, '.rail-wide .rail-item .avatar').length).toBe(1)
    await choose('Ana')
    await eventually(() => textOf(one(element, '.place-title'))).toBe('Ana Duarte 个人')
    const place = all<HTMLInputElement>(element, '.rail-wide input[type=text]').at(-1)
    await userEvent.type(place ?? element, 'pool:north{Enter}')
    await eventually(() => textOf(one(element, '.place-title'))).toBe('pool:north 位置')
  })

  it('speak English', async () => {
    const { element } = await open({}, new FakeServer(), 'en')
    expect(textOf(element)).toMatch(/Settings.*Organisation.*Claims a day.*40 Set here/)
  })

  it('have the same keys and places in both languages', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zhCN))
  })
})

describe('Changing a value', () => {
  it('of a team shows who gets which other value before it is done, and can be undone', async () => {
    const { element, row, press, sent, events, fake } = await open({ level: 'team', target: 'east' })
    await press(row('每日领取上限'), '.value-button')
    await userEvent.fill(one(element, 'dialog input[type=number]'), '20')
    await press(element, submit)
    await eventually(() => all(element, '.effects tbody tr').length).toBe(4)
    expect(textOf(one(element, '.effects'))).toContain('4 人的值会变')
    expect(sent('settings')).toHaveLength(0)
    await press(element, submit)
    await eventually(() => textOf(row('每日领取上限'))).toContain('20 在此设置')
    const change = { key: 'pool.dailyClaims', level: 'team', target: 'east' }
    expect(sent('settings')[0]?.body).toEqual({ changes: [{ ...change, value: 20 }], version: 13 })
    expect(events.find(({ type }) => type === 'crm-settings')?.detail).toEqual({ changes: [{ ...change, value: 20 }], version: 14 })
    await press(element, '.toast .act')
    await eventually(() => textOf(row('每日领取上限'))).toContain('30 在此设置')
    expect(fake.settings.values.find(({ target }) => target === 'east')?.value).toBe(30)
  })

  it('of one person is saved at once; resetting shows what it goes back to', async () => {
    const { element, row, press, pick } = await open({ level: 'person', target: 'u-li' })
    await press(row('每日领取上限'), '.value-button')
    await press(element, 'dialog .tick .check')
    await press(element, submit)
    await eventually(() => textOf(row('每日领取上限'))).toContain('不限 在此设置')
    await press(row('每日领取上限'), '[aria-haspopup=menu]')
    await pick('恢复继承')
    await eventually(() => textOf(one(element, '.effects tbody'))).toContain('李蔚然 不限 30')
    await press(element, submit)
    await eventually(() => textOf(row('每日领取上限'))).toContain('30 团队 · 华东')
  })

  it('that is wrong is told at the field, ours and the server’s', async () => {
    const { element, row, press } = await open({ level: 'person', target: 'u-li' })
    await press(row('持有上限'), '.value-button')
    await userEvent.fill(one(element, 'dialog input[type=number]'), '')
    await press(element, submit)
    await eventually(() => textOf(one(element, '#edit-problem'))).toBe('请填写整数。')
    await userEvent.fill(one(element, 'dialog input[type=number]'), '-3')
    await press(element, submit)
    await eventually(() => textOf(one(element, '#edit-problem'))).toContain('不能小于 0')
    expect(one(element, 'dialog input').getAttribute('aria-describedby')).toBe('edit-problem')
  })

  it('that somebody changed meanwhile says who and to what, and saves knowingly', async () => {
    const { element, row, press, fake } = await open({ level: 'person', target: 'u-li' })
    await press(row('每日领取上限'), '.value-button')
    fake.settings.set([{ key: 'pool.dailyClaims', level: 'person', target: 'u-li', value: 25 }])
    await userEvent.fill(one(element, 'dialog input[type=number]'), '5')
    await press(element, submit)
    await eventually(() => textOf(one(element, 'dialog .banner'))).toMatch(/陈思远在.*改成了 25/)
    await press(element, submit)
    await eventually(() => textOf(row('每日领取上限'))).toContain('5 在此设置')
  })

  it('gives the focus back, also when Escape closes it', async () => {
    const { element, row, press } = await open()
    await press(row('持有上限'), '.value-button')
    await userEvent.keyboard('{Escape}')
    await eventually(() => all(element, 'dialog').length).toBe(0)
    expect(element.shadowRoot?.activeElement).toBe(row('持有上限').querySelector('.value-button'))
  })

  it('keeps its history, and sets an old value again', async () => {
    const { element, row, press, pick, fake } = await open()
    fake.settings.set([{ key: 'pool.dailyClaims', level: 'organisation', value: 45 }])
    await press(row('每日领取上限'), '[aria-haspopup=menu]')
    await pick('修改记录')
    await eventually(() => all(element, '.why-line').map((one) => textOf(one).split(' ')[0])).toEqual(['45', '40'])
    await userEvent.click(one(all(element, '.why-line')[1] ?? element, '.btn'))
    await eventually(() => one<HTMLInputElement>(element, 'dialog input').value).toBe('40')
  })
})

describe('A calendar', () => {
  it('is edited by weekday, with spans that must make sense', async () => {
    const { element, row, press, sent } = await open()
    await press(row('工作时间'), '.value-button')
    const saturday = all(element, '.weekday')[5] ?? element
    await press(saturday, '.btn')
    const [, end] = all<HTMLInputElement>(saturday, 'input')
    await userEvent.fill(end ?? element, '8:00')
    await press(element, submit)
    await eventually(() => textOf(one(element, '#edit-problem'))).toContain('结束要晚于开始')
    await userEvent.fill(all<HTMLInputElement>(saturday, 'input')[1] ?? element, '12:30')
    await press(element, submit)
    await eventually(() => sent('settings/preview').length).toBe(1)
    expect(sent('settings/preview')[0]?.body).toMatchObject({ changes: [{ value: { sat: ['09:00-12:30', '13:30-18:00'] } }] })
  })

  it('has worked weekends and days off of a team, and official years, none of it as JSON', async () => {
    const { element, row, press, sent } = await open({ level: 'team', target: 'east' })
    await press(row('另外的上班日'), '.value-button')
    await userEvent.fill(one(element, 'dialog input[type=date]'), '2026-02-14')
    await press(element, '.add-day .btn')
    await eventually(() => textOf(one(element, '.workday'))).toContain('2026年2月14日周六 按普通工作日')
    await press(element, submit)
    await eventually(() => sent('settings/preview').at(-1)?.body).toMatchObject({ changes: [{ value: [{ date: '2026-02-14' }] }] })
    clear()
    const other = await open()
    await other.press(other.row('节假日安排'), '.value-button')
    await other.press(other.element, '.edit-value .btn')
    expect(all(other.element, '.year input').length).toBeGreaterThan(4)
  })
})

describe('Who has what', () => {
  const compare = async (fake = new FakeServer()) => {
    const desk = await open({}, fake)
    await desk.press(desk.row('每日领取上限'), '[aria-haspopup=menu]')
    await desk.pick('谁是什么值')
    await eventually(() => all(desk.element, 'tr[data-row]').length).toBeGreaterThan(0)
    return desk
  }

  it('lists 500 people, drawing those in view and reading on while one scrolls', async () => {
    const fake = new FakeServer()
    fake.settings.crowd = 500
    const { element } = await compare(fake)
    expect(all(element, 'tr[data-row]').length).toBeLessThan(60)
    const scroller = one(element, '.compare')
    const count = () => Number(one(element, '.compare table').getAttribute('aria-rowcount'))
    for (let turn = 0; turn < 20 && count() < 509; turn += 1) {
      scroller.scrollTo({ top: scroller.scrollHeight })
      scroller.dispatchEvent(new Event('scroll'))
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    await eventually(count).toBe(509)
    expect(all(element, 'tr[data-row]').length).toBeLessThan(60)
  })

  it('changes several people together after showing what becomes of each', async () => {
    const { element, press, sent, fake } = await compare()
    for (const index of [0, 2]) await userEvent.click(all(element, 'tr[data-row] .check')[index] ?? element)
    await press(element, '.chosen .btn-primary')
    await userEvent.fill(one(element, 'dialog input[type=number]'), '15')
    await press(element, submit)
    await eventually(() => all(element, '.effects tbody tr').length).toBe(2)
    await press(element, submit)
    await eventually(() => sent('settings').length).toBe(1)
    await eventually(() => fake.settings.values.filter(({ level }) => level === 'person').map(({ value }) => value)).toEqual([15, 15])
  })

  it('lists teams with what is set for each, and changes them together', async () => {
    const { element, press, sent } = await compare()
    await userEvent.click(all(element, '.seg label')[1] ?? element)
    await eventually(() => all(element, 'tr[data-row]').length).toBe(3)
    expect(all(element, 'tr[data-row]').map(textOf)[1]).toContain('华东 30')
    await press(element, 'thead .check')
    await press(element, '.chosen .btn-primary')
    await userEvent.fill(one(element, 'dialog input[type=number]'), '9')
    await press(element, submit)
    await eventually(() => textOf(one(element, '.effects'))).toContain('8 人的值会变')
    await press(element, submit)
    await eventually(() => sent('settings')[0]?.body).toMatchObject({ changes: [{ level: 'team' }, { level: 'team' }, { level: 'team' }] })
  })
})

describe('Without the right', () => {
  it('one sees one’s own settings, and changes those one may', async () => {
    const fake = new FakeServer()
    fake.settings.rights = rep
    const { element, row, press } = await open({}, fake)
    expect([element.level, element.target]).toEqual(['person', 'u-li'])
    expect(all(element, '.rail').length).toBe(0)
    await press(row('每日领取上限'), '.value-button')
    expect(all(element, submit).length).toBe(0)
    expect(one<HTMLInputElement>(element, 'dialog input').disabled).toBe(true)
    await userEvent.keyboard('{Escape}')
    await press(row('日报时间'), '.value-button')
    await userEvent.fill(one(element, 'dialog input[type=time]'), '10:30')
    await press(element, submit)
    await eventually(() => textOf(row('日报时间'))).toContain('10:30 在此设置')
  })

  it('a leader chooses among their own teams only', async () => {
    const fake = new FakeServer()
    fake.settings.rights = { ...rep, leads: ['east'], keys: ['pool.dailyClaims'] }
    const { element } = await open({}, fake)
    const names = all(element, '.rail-wide .rail-item').map((one) => one.textContent?.trim())
    expect(names).toContain('华东')
    expect(names).not.toContain('华南')
    expect(names).not.toContain('全公司')
  })
})

describe('What can go wrong', () => {
  it.each([
    ['offline' as const, '没有网络连接'],
    [{ status: 403, code: 'FORBIDDEN', message: '没有权限执行此操作。' }, '看不到这里的内容'],
    [{ status: 503, code: 'STORE_UNAVAILABLE', message: '数据库暂时不可用。' }, '没能载入'],
  ])('says so and goes on when asked: %j', async (refusal, title) => {
    const fake = new FakeServer()
    const allow = fake.refuseWhile(({ path }) => path.startsWith('settings'), refusal)
    const { element } = mount<CrmSettings>('crm-settings', fake)
    await eventually(() => textOf(element)).toContain(title)
    allow()
    await element.load()
    await eventually(() => all(element, '.setting').length).toBeGreaterThan(5)
  })

  it('fits a phone: nothing is wider than the page, and the rail is behind a button', async () => {
    await page.viewport(390, 844)
    try {
      const { element } = await open()
      expect(element.scrollWidth).toBeLessThanOrEqual(390)
      await userEvent.click(one(element, '.picker'))
      await eventually(() => all(element, '.panel .rail-item').length).toBeGreaterThan(4)
    } finally {
      await wide()
    }
  })
})

describe('The words of a message', () => {
  it('are written in both languages, with the facts they may mention, and taken back by emptying them', async () => {
    const { element, row, press, sent } = await open()
    expect(textOf(row('线索被领取'))).toContain('无')
    await press(row('线索被领取'), '.value-button')
    await userEvent.click(one(element, '.edit-value .tick input'))
    expect(all(element, '.message-text code').map(textOf)).toEqual(['{name}', '{by}'])
    const [title] = all(element, '.message-words input')
    await userEvent.fill(title as HTMLElement, '{{name} 已被 {{by} 领取')
    await userEvent.click(one(element, submit))
    await eventually(() => sent('settings/preview').length).toBe(1)
    await userEvent.click(one(element, submit))
    await eventually(() => sent('settings').length).toBe(1)
    expect(sent('settings')[0]?.body).toMatchObject({ changes: [{ value: { 'zh-CN': { title: expect.stringContaining('已被') } } }] })
    await eventually(() => textOf(row('线索被领取'))).toContain('已被')
  })
})
