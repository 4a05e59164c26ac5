import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '../src/timeline/messages/en.ts'
import { zhCN } from '../src/timeline/messages/zh-CN.ts'
import type { CrmTimeline } from '../src/timeline/timeline.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

const d4 = { object: 'deal', 'record-id': 'd4' }

function admin(): FakeServer {
  const fake = new FakeServer()
  fake.objects = fake.objects.map((object) => ({ ...object, permissions: [...object.permissions, 'define'] }))
  return fake
}

async function open(attributes: Readonly<Record<string, string>> = d4, fake = admin(), lang = 'zh-CN') {
  const mounted = mount<CrmTimeline>('crm-timeline', fake, { attributes, lang })
  const { element, events } = mounted
  await eventually(() => events.map(({ type }) => type)).toContain('crm-load')
  const event = (key: string) => one(element, `[data-key="${key}"]`)
  const button = (root: Element, text: string) => {
    const found = [...root.querySelectorAll<HTMLElement>('button')].find((item) => item.textContent?.trim() === text)
    if (!found) throw new Error(`There is no ${text}`)
    return found
  }
  return { ...mounted, fake, event, button }
}

describe('The timeline of a record', () => {
  it('says who changed what, with labels, names and formats, newest first and day by day', async () => {
    const { element, event } = await open()
    expect(textOf(event('c ch-6'))).toMatch(/孙悦 更改 .*预计金额 原来： ¥ 188,000 → 现在：/)
    expect(textOf(event('c ch-3'))).toMatch(/预算已批 现在： 是/)
    expect(textOf(event('c ch-2'))).toContain('才录入')
    expect(textOf(event('c ch-1'))).toMatch(/陈思远 新建 导入 .*负责人 现在：.*陈思远/)
    expect(textOf(event('c ch-1'))).toContain('还有 2 个字段')
    expect(textOf(one(element, '.day h3'))).toContain('今天')
    const times = all<HTMLTimeElement>(element, 'time').map(({ dateTime }) => dateTime)
    expect(times).toEqual([...times].sort().reverse())
    clear()
    const english = await open(d4, new FakeServer(), 'en')
    expect(textOf(english.event('c ch-3'))).toContain('Budget approved')
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  })

  it('gives the sentence of the rule that changed it, what it would have done in shadow, and why something was denied', async () => {
    const { element, event } = await open()
    expect(textOf(event('c ch-5'))).toMatch(/规则「.+」 v2 .*已 96 天没有进展.*负责人 原来：.*孙悦.*李蔚然/)
    expect(one(element, '.is-shadow').textContent).toContain('影子：没有改动')
    expect(textOf(event('d de-1'))).toMatch(/已拒绝 .*持有量已到上限 40.*先释放一条.*不负责华东区/)
    // What a rule changed is one event, not two.
    expect(all(element, '[data-key="d ch-5"]')).toEqual([])
  })

  it('shows one kind only, by keyboard', async () => {
    const { element } = await open()
    all(element, '.tabs button')[2]?.focus()
    await userEvent.keyboard('{Enter}')
    await eventually(() => all(element, '.event').length).toBe(3)
    expect(element.getAttribute('shown')).toBe('decisions')
    await userEvent.click(all(element, '.tabs button')[3] as HTMLElement)
    await eventually(() => all(element, '.event').length).toBe(2)
    expect(textOf(one(element, '.event'))).toContain('电话')
  })

  it('takes a change back as long as the record has its values, and says so first', async () => {
    const { element, event, button, fake, events } = await open()
    expect(all(event('c ch-2'), '.acts')).toEqual([])
    await userEvent.click(button(event('c ch-6'), '改回'))
    await eventually(() => textOf(event('c ch-6'))).toContain('把预计金额、预计成交改回原来的值')
    expect(fake.count('PATCH', 'records')).toBe(0)
    await userEvent.click(button(event('c ch-6'), '确认撤销'))
    await eventually(() => textOf(one(element, '.toast'))).toContain('已改回')
    expect(fake.record('deal', 'd4')).toMatchObject({ amount: { minor: 18_800_000 }, closeDate: '2026-05-31' })
    expect(events.map(({ type }) => type)).toContain('crm-saved')
  })

  it('never offers what the reader may not do, or what would write over a masked value', async () => {
    const fake = new FakeServer()
    fake.objects = fake.objects.map((object) => ({ ...object, permissions: ['read'] }))
    const { element } = await open(d4, fake)
    expect(all(element, '.acts')).toEqual([])
    clear()
    const masked = admin()
    masked.objects = masked.objects.map((object) => ({
      ...object,
      fields: object.fields.map((field) => (field.name === 'closeDate' ? { ...field, masked: true } : field)),
    }))
    expect(all((await open(d4, masked)).event('c ch-6'), '.acts')).toEqual([])
  })

  it('follows what others do', async () => {
    const fake = admin()
    fake.allowLive()
    const { element } = await open(d4, fake)
    await eventually(() => fake.followers).toBeGreaterThan(0)
    const before = all(element, '.event').length
    const [last] = fake.history.changes
    if (!last) throw new Error('There is no change')
    const record = fake.change('deal', 'd4', { priority: 'low' })
    fake.history.changes = [
      { ...last, id: 'ch-9', version: record.version, values: { priority: ['high', 'low'] } },
      ...fake.history.changes,
    ]
    fake.tell({ object: 'deal', changed: ['d4'] })
    await eventually(() => all(element, '.event').length).toBe(before + 1)
  })

  it('reads page after page', async () => {
    const fake = admin()
    const [first] = fake.history.changes
    if (!first) throw new Error('There is no change')
    fake.history.changes = Array.from({ length: 75 }, (_, index) => ({
      ...first,
      id: `x-${index}`,
      version: 75 - index,
      at: first.at - index * 60_000,
    }))
    const { element, button } = await open({ ...d4, shown: 'changes' }, fake)
    expect(all(element, '.event').length).toBe(30)
    await userEvent.click(button(one(element, '.more'), '更早的'))
    await eventually(() => all(element, '.event').length).toBe(60)
    await userEvent.click(button(one(element, '.more'), '更早的'))
    await eventually(() => all(element, '.event').length).toBe(75)
    expect(all(element, '.more')).toEqual([])
  })

  it('says why there is nothing, and can try again', async () => {
    const fake = admin()
    const isPast = ({ path }: { readonly path: string }) => path.endsWith('/changes')
    const letGo = fake.refuseWhile(isPast, 'offline')
    const { element } = mount<CrmTimeline>('crm-timeline', fake, { attributes: d4 })
    await eventually(() => textOf(element)).toContain('没有网络连接')
    letGo()
    await userEvent.click(one(element, '.empty .btn'))
    await eventually(() => all(element, '.event').length).toBeGreaterThan(3)
    clear()
    fake.refuseWhile(isPast, { status: 403, code: 'FORBIDDEN', message: '没有权限执行此操作。' })
    const refused = mount<CrmTimeline>('crm-timeline', fake, { attributes: d4 })
    await eventually(() => textOf(refused.element)).toContain('没有权限')
  })

  it('fits a phone', async () => {
    await page.viewport(390, 844)
    const { element } = await open()
    expect(element.scrollWidth).toBeLessThanOrEqual(390)
    await wide()
  })
})
