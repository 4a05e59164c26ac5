import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '../src/operations/messages/en.ts'
import { zhCN } from '../src/operations/messages/zh-CN.ts'
import type { CrmOperations } from '../src/operations/operations.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

async function open(attributes: Readonly<Record<string, string>> = {}, fake = new FakeServer(), lang = 'zh-CN') {
  const mounted = mount<CrmOperations>('crm-operations', fake, { attributes, lang })
  const { element, events } = mounted
  await eventually(() => events.map(({ type }) => type)).toContain('crm-load')
  const row = (index: number) => all(element, 'tbody tr')[index] as HTMLElement
  const button = (root: Element, text: string) => {
    const found = [...root.querySelectorAll<HTMLElement>('.btn')].find((item) => item.textContent?.trim() === text)
    if (!found) throw new Error(`There is no ${text}`)
    return found
  }
  return { ...mounted, fake, row, button }
}

describe('Operations', () => {
  it('show at a glance who is behind, what was given up, and what holds everything', async () => {
    const { element } = await open()
    expect(textOf(one(element, '.banner'))).toContain('有事项需要处理')
    expect(textOf(one(element, '.banner'))).toContain('95 秒')
    expect(all(element, '.block h3').map(textOf)).toEqual(['变更的接收方', '作业', 'Webhook', '定时'])
    const rows = all(element, 'tbody tr').map(textOf)
    expect(rows.find((text) => text.startsWith('erp:push-orders'))).toMatch(/1,000\+ 42.*2 1/)
    expect(rows.find((text) => text.startsWith('old.report'))).toContain('没有插件')
    clear()
    expect(textOf(one((await open({}, new FakeServer(), 'en')).element, '.banner'))).toContain('Something needs attention')
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  })

  it('list runs that a limit stopped, with their numbers: looked at, confirmed or not carried out, and rules that broke', async () => {
    const fake = new FakeServer()
    fake.objects = fake.objects.map((object) => ({ ...object, permissions: [...object.permissions, 'define'] }))
    fake.deciders.wait()
    if (fake.operations.health) fake.operations.health = { ...fake.operations.health, confirmations: 2, broken: 1 }
    const { element, button, events } = await open({}, fake, 'en')
    expect(textOf(one(element, '.banner-danger'))).toMatch(/One rule does nothing now.*Large deals.*There is no field/)
    const rows = all(element, '.waiting tbody tr')
    expect(textOf(rows[0] as HTMLElement)).toMatch(/Idle deals go back.*1,479.*812 records; the limit is 74/)
    await userEvent.click(button(rows[1] as HTMLElement, 'Do not run'))
    await eventually(() => all(element, '.waiting tbody tr').length).toBe(1)
    await userEvent.click(button(one(element, '.waiting'), 'Look and confirm'))
    await eventually(() => textOf(one(element, 'dialog.ask'))).toMatch(/Stopped: above the limit: Idle deals go back.*1,479.*孙悦 812/)
    await userEvent.click(button(one(element, 'dialog.ask'), 'Change these 1,479 records'))
    await eventually(() => all(element, '.waiting').length).toBe(0)
    expect(fake.deciders.runs.slice(0, 2).map(({ status }) => status)).toEqual(['done', 'dismissed'])
    await userEvent.click(one(element, '.broken-list button'))
    expect(events.filter(({ type }) => type === 'crm-rule').map(({ detail }) => detail.action)).toEqual(['dismissed', 'run', 'open'])
  })

  it('attack:J10 a job that was given up is tried again, once', async () => {
    const { element, row, button, fake } = await open({ tab: 'jobs' })
    expect(textOf(row(0))).toContain('ECONNREFUSED 10.0.0.7:8443 · 第 10 次，共 10 次')
    expect(row(1).querySelector('.btn')).toBeNull()
    await userEvent.click(button(row(0), '立即重试'))
    await eventually(() => textOf(one(element, '.toast'))).toContain('已安排重试')
    await eventually(() => textOf(row(0))).toContain('等待')
    expect(fake.count('POST', 'operations/jobs')).toBe(1)
  })

  it('giving up asks first', async () => {
    const { row, button, element, fake } = await open({ tab: 'parked' })
    expect(textOf(row(1))).toContain('等待同一记录的前一个变更')
    await userEvent.click(button(row(0), '放弃'))
    await eventually(() => row(0).querySelectorAll('.btn').length).toBe(2)
    expect(fake.count('POST', 'operations')).toBe(0)
    await userEvent.click(button(row(0), '保留'))
    await userEvent.click(button(row(0), '放弃'))
    await userEvent.click(button(row(0), '确认放弃'))
    await eventually(() => all(element, 'tbody tr').length).toBe(2)
    await eventually(() => textOf(one(element, '.toast'))).toContain('已放弃')
  })

  it('says when somebody else was faster', async () => {
    const { row, button, element, fake } = await open({ tab: 'jobs' })
    fake.operations.jobs = fake.operations.jobs.slice(1)
    await userEvent.click(button(row(0), '立即重试'))
    await eventually(() => textOf(one(element, '.toast'))).toContain('别人已经处理了')
    await eventually(() => all(element, 'tbody tr').length).toBe(2)
  })

  it('show what was sent to whom and why not, by state, and send it again', async () => {
    const { element, row, button } = await open({ tab: 'sends' })
    expect(textOf(row(0))).toMatch(/李蔚然 · email .*发送失败 .*拒收：550 no such mailbox/)
    await userEvent.selectOptions(one(element, '.toolbar select'), 'unknown')
    await eventually(() => all(element, 'tbody tr').length).toBe(1)
    expect(textOf(row(0))).toContain('sales-room')
    await userEvent.click(button(row(0), '重新发送'))
    await eventually(() => textOf(one(element, '.empty'))).toContain('没有这样的消息')
  })

  it('are about messages only where the server tells of nothing else', async () => {
    const fake = new FakeServer()
    fake.operations.health = null
    const { element } = await open({}, fake)
    expect(all(element, '.tabs button').map(textOf)).toEqual(['消息'])
    expect(all(element, 'tbody tr').length).toBe(4)
  })

  it('change place by keyboard, and say why there is nothing', async () => {
    const { element, fake } = await open()
    fake.refuseNext(({ path }) => path === 'operations/parked', { status: 403, code: 'FORBIDDEN', message: '没有权限执行此操作。' })
    all(element, '.tabs button')[2]?.focus()
    await userEvent.keyboard('{Enter}')
    await eventually(() => textOf(one(element, '.empty'))).toContain('没有权限')
    expect(element.getAttribute('tab')).toBe('parked')
  })

  it('fit a phone', async () => {
    await page.viewport(390, 844)
    const { element } = await open({ tab: 'jobs' })
    expect(element.scrollWidth).toBeLessThanOrEqual(390)
    await wide()
  })
})
