import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { CrmOperations } from '../src/operations/operations.ts'
import { en } from '../src/webhook/messages/en.ts'
import { zhCN } from '../src/webhook/messages/zh-CN.ts'
import { FakeServer } from './support/fake-server.ts'
import { fakeSecret } from './support/fake-webhooks.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

async function open(fake = new FakeServer(), lang = 'zh-CN') {
  const mounted = mount<CrmOperations>('crm-operations', fake, { attributes: { tab: 'webhooks' }, lang })
  const { element, events } = mounted
  await eventually(() => events.map(({ type }) => type)).toContain('crm-load')
  const hook = (index: number) => all(element, '.hook')[index] as HTMLElement
  const button = (root: ParentNode, text: string) => {
    const found = [...root.querySelectorAll<HTMLElement>('.btn')].find((item) => item.textContent?.trim() === text)
    if (!found) throw new Error(`There is no ${text}`)
    return found
  }
  const sent = (method: string) => fake.seen.findLast((seen) => seen.method === method && seen.path.startsWith('webhooks'))
  return { ...mounted, fake, hook, button, sent }
}

describe('Webhooks', () => {
  it('show how each stands, what it was answered last, and why it rests', async () => {
    const { hook, element } = await open()
    expect(textOf(hook(0))).toMatch(/ERP 订单同步 .*启用 .*商机 · 新建、修改 .*204/)
    expect(textOf(hook(1))).toMatch(/暂不发送 .*已连续失败 7 次.*再试一次.*所有对象 .*503/)
    expect(textOf(hook(2))).toContain('有人暂停了它')
    expect(textOf(hook(3))).toMatch(/已停用 .*连续多日没有成功.*没有应答 .*ENOTFOUND/)
    expect(textOf(all(element, '.block').at(-1) as HTMLElement)).toMatch(/接入点 .*商城订单 .*\/hooks\/shop\.orders .*没有密钥，什么都不收/)
    clear()
    expect(textOf((await open(new FakeServer(), 'en')).hook(1))).toMatch(/On hold .*7 failures in a row/)
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  })

  it('are paused, resumed and tried with a press', async () => {
    const { hook, button, element, fake } = await open()
    await userEvent.click(button(hook(0), '暂停'))
    await eventually(() => textOf(hook(0))).toContain('已暂停')
    await userEvent.click(button(hook(0), '恢复'))
    await eventually(() => textOf(hook(0))).toContain('启用')
    await userEvent.click(button(hook(0), '发送测试'))
    await eventually(() => textOf(one(element, '.toast'))).toContain('测试已发出')
    expect(fake.count('POST', 'webhooks')).toBe(3)
  })

  it('tell what they were told, by state, and tell it again', async () => {
    const { hook, button, element } = await open()
    await userEvent.click(button(hook(0), '投递记录'))
    await eventually(() => all(element, '.deliveries tbody tr').length).toBe(4)
    await userEvent.selectOptions(one(element, '.deliveries select'), 'failed')
    await eventually(() => all(element, '.deliveries tbody tr').map(textOf)).toHaveLength(1)
    expect(textOf(one(element, '.deliveries tbody tr'))).toContain('400 · {"error":"字段 amount 不能为空"}')
    await userEvent.click(button(one(element, '.deliveries-bar'), '重新投递 7 天内失败的'))
    await eventually(() => textOf(one(element, '.toast'))).toContain('已安排重新投递 1 条')
    await userEvent.click(button(one(element, '.deliveries tbody tr'), '重新投递'))
    await eventually(() => textOf(one(element, '.deliveries .empty'))).toContain('没有这样的投递')
  })

  it('are made by keyboard alone; the secret is shown once', async () => {
    const { element, fake, sent } = await open()
    one(element, '.toolbar .btn-primary').focus()
    await userEvent.keyboard('{Enter}')
    await eventually(() => element.renderRoot.querySelector('dialog.hook-edit[open] .pick')).toBeTruthy()
    await userEvent.keyboard('账单{Tab}https://bill.example.com/in{Tab}{Tab} ')
    await userEvent.keyboard('{Enter}')
    await eventually(() => element.renderRoot.querySelector<HTMLInputElement>('dialog.hook-secret[open] input')?.value).toBe(fakeSecret)
    expect(sent('POST')?.body).toMatchObject({
      ...{ name: '账单', url: 'https://bill.example.com/in', description: null, objects: ['deal'], operations: [], condition: null },
      ownerId: 'u-li',
    })
    await userEvent.click(one(element, 'dialog.hook-secret .btn-primary'))
    await eventually(() => element.renderRoot.querySelector('dialog.hook-secret')).toBeNull()
    expect(element.renderRoot.textContent).not.toContain(fakeSecret)
    expect(fake.webhooks.hooks).toHaveLength(5)
  })

  it('are changed with their version, keep what was typed when they are refused, and are removed after a question', async () => {
    const { hook, button, element, fake, sent } = await open()
    const edit = async () => {
      await userEvent.click(button(hook(0), '编辑'))
      await eventually(() => element.renderRoot.querySelector('dialog.hook-edit[open]')).toBeTruthy()
      return one(element, 'dialog.hook-edit')
    }
    const message = '不能向这个地址发送：内网地址。'
    fake.refuseNext(({ method }) => method === 'PATCH', { status: 422, code: 'WEBHOOK_URL', message, path: '/url' })
    const dialog = await edit()
    await userEvent.fill(one(element, '#hook-url'), 'https://10.0.0.1/')
    await userEvent.click(button(dialog, '保存'))
    await eventually(() => textOf(one(element, 'dialog.hook-edit .error'))).toContain(message)
    expect(one<HTMLInputElement>(element, '#hook-url').value).toBe('https://10.0.0.1/')
    expect(one(element, '#hook-url').getAttribute('aria-invalid')).toBe('true')
    await userEvent.fill(one(element, '#hook-url'), 'https://new.example.com/')
    await userEvent.click(button(dialog, '保存'))
    await eventually(() => textOf(hook(0))).toContain('https://new.example.com/')
    expect(sent('PATCH')?.headers.get('if-match')).toBe('"1"')
    const again = await edit()
    await userEvent.click(button(again, '删除'))
    await userEvent.click(button(again, '确认删除'))
    await eventually(() => all(element, '.hook').length).toBe(3)
  })

  it('secrets are replaced, of what goes out and of what comes in', async () => {
    const { hook, button, element } = await open()
    const shown = () => element.renderRoot.querySelector<HTMLInputElement>('dialog.hook-secret[open] input')?.value
    await userEvent.click(button(hook(0), '编辑'))
    await eventually(() => element.renderRoot.querySelector('dialog.hook-edit[open]')).toBeTruthy()
    await userEvent.click(button(one(element, 'dialog.hook-edit'), '更换密钥'))
    await eventually(shown).toBe(fakeSecret)
    await userEvent.keyboard('{Escape}')
    await eventually(() => element.renderRoot.querySelector('dialog.hook-secret')).toBeNull()
    await userEvent.click(button(all(element, '.block').at(-1) as HTMLElement, '生成密钥'))
    await eventually(shown).toBe(fakeSecret)
  })

  it('say that there are none, or that the server has none, and fit a phone', async () => {
    const fake = new FakeServer()
    fake.webhooks.hooks = []
    const { element } = await open(fake)
    expect(textOf(one(element, '.empty'))).toContain('还没有 Webhook')
    expect(all(element, '.btn-primary')).toHaveLength(1)
    clear()
    const without = new FakeServer()
    without.webhooks.hooks = null
    expect(textOf(one((await open(without)).element, '.empty'))).toContain('没有启用 Webhook')
    clear()
    await page.viewport(390, 844)
    const narrow = await open()
    expect(narrow.element.scrollWidth).toBeLessThanOrEqual(390)
    await wide()
  })
})
