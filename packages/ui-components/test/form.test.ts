import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmField } from '../src/field/field.ts'
import type { CrmForm } from '../src/form/form.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

async function open(attributes: Record<string, string>, fake = new FakeServer(), properties: Partial<CrmForm> = {}) {
  const mounted = mount<CrmForm>('crm-form', fake, { attributes: { object: 'deal', ...attributes }, properties })
  await eventually(() => mounted.events.map((event) => event.type)).toContain('crm-load')
  await mounted.element.updateComplete
  const { element, events } = mounted
  await Promise.all(all<CrmField>(element, 'crm-field').map((field) => field.updateComplete))
  const field = (name: string) => one<CrmField>(element, `crm-field[name="${name}"]`)
  const control = (name: string) => one<HTMLInputElement>(field(name), '#control')
  const type = async (name: string, text: string) => {
    await userEvent.fill(control(name), text)
    await field(name).updateComplete
  }
  const press = (text: string) => {
    const button = all<HTMLButtonElement>(element, 'button').find((one) => one.textContent?.trim() === text)
    if (!button) throw new Error(`No button ${text} in: ${textOf(element)}`)
    return userEvent.click(button)
  }
  const saved = () => events.filter((event) => event.type === 'crm-saved').map((event) => event.detail)
  const writes = () => fake.seen.filter((seen) => seen.method !== 'GET')
  return { ...mounted, fake, field, control, type, press, saved, writes }
}

describe('A form for a new record', () => {
  it('has the definition’s sections, then the rest, then the tenant’s fields, without what code sets', async () => {
    const { element } = await open({})
    expect(all(element, 'legend').map((legend) => legend.textContent)).toEqual(['商机', '进展', '内容', '自定义字段'])
    const names = all<CrmField>(element, 'crm-field').map((field) => field.name)
    expect(names.slice(0, 3)).toEqual(['name', 'customerId', 'ownerId'])
    expect(names).not.toContain('status')
    expect(names).not.toContain('createdAt')
    expect(names.slice(-3)).toEqual(['custom.budgetApproved', 'custom.demoAt', 'custom.discount'])
  })

  it('begins with defaults and sends them with what was entered, once, with a key', async () => {
    const { type, press, saved, writes } = await open({})
    await type('name', '新商机')
    await type('amount', '12,000')
    await type('custom.discount', '0.9')
    await press('保存商机')
    await eventually(() => saved().length).toBe(1)
    const [sent] = writes()
    expect(sent?.body).toEqual({
      priority: 'normal',
      name: '新商机',
      amount: { minor: 1_200_000, currency: 'CNY' },
      custom: { discount: '0.9' },
    })
    expect(sent?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/)
    expect(saved()[0]).toMatchObject({ operation: 'create', record: { name: '新商机', version: 1 } })
  })

  it('sends a repeated attempt with the same key', async () => {
    const { type, press, saved, writes, fake } = await open({})
    await type('name', '新商机')
    fake.refuseNext((seen) => seen.method === 'POST', 'offline')
    await press('保存商机')
    await eventually(() => writes().length).toBe(1)
    await press('保存商机')
    await eventually(() => saved().length).toBe(1)
    expect(writes()[0]?.headers.get('idempotency-key')).toBe(writes()[1]?.headers.get('idempotency-key'))
  })

  it('shows no problem before it is sent, then all of them with ways to their fields', async () => {
    const { element, type, press, field, control, writes } = await open({})
    expect(all(element, '[part~=error]')).toEqual([])
    await type('custom.discount', '7')
    await press('保存商机')
    await expect
      .poll(() => all(element, '.summary li').map((line) => line.textContent))
      .toEqual(['商机名称：必填。', '折扣率：不能大于 1。'])
    expect(writes()).toEqual([])
    expect(element.shadowRoot?.activeElement?.className).toContain('summary')
    await userEvent.click(all(element, '.summary button')[1] ?? element)
    expect(field('custom.discount').shadowRoot?.activeElement).toBe(control('custom.discount'))
    await type('name', '有名字了')
    await eventually(() => all(element, '.summary li').length).toBe(1)
  })

  it('puts the server’s objections to their fields, and the others on top', async () => {
    const { element, type, press, field, fake } = await open({})
    await type('name', '新商机')
    const issues = [
      { code: 'VALUE_TOO_LARGE', path: '/amount', message: '超过授权额度。', hint: null },
      { code: 'VALUE_OPTION', path: '/custom/discount', message: '折扣需要审批。', hint: null },
      { code: 'RULE', path: '/secret', message: '客户已被冻结。', hint: null },
    ]
    fake.refuseNext((seen) => seen.method === 'POST', {
      status: 422,
      code: 'VALIDATION_FAILED',
      message: '有 3 处需要修改。',
      details: { issues },
    })
    await press('保存商机')
    await expect
      .poll(() => all(element, '.summary li').map((line) => line.textContent))
      .toEqual(['预计金额：超过授权额度。', '折扣率：折扣需要审批。', '客户已被冻结。'])
    expect(textOf(field('amount'))).toContain('超过授权额度。')
    await type('amount', '1')
    await eventually(() => all(element, '.summary li').length).toBe(2)
  })

  it('can be vetoed by the host', async () => {
    const { element, type, writes } = await open({})
    element.addEventListener('crm-submit', (event) => event.preventDefault())
    await type('name', '新商机')
    expect(await element.save()).toBe(false)
    expect(writes()).toEqual([])
  })

  it('is refused kindly to those who may not create', async () => {
    const fake = new FakeServer()
    fake.objects = fake.objects.map((object) => ({ ...object, permissions: ['read'] }))
    const { element } = await open({}, fake)
    expect(textOf(element)).toContain('不能新建商机')
  })
})

describe('A form for a record', () => {
  it('sends only what changed, with the version it was read at', async () => {
    const { type, press, saved, writes } = await open({ 'record-id': 'd4' })
    await type('name', '二期（改）')
    await press('保存商机')
    await eventually(() => saved().length).toBe(1)
    expect(writes()).toHaveLength(1)
    expect(writes()[0]).toMatchObject({ method: 'PATCH', path: 'records/deal/d4', body: { name: '二期（改）' } })
    expect(writes()[0]?.headers.get('if-match')).toBe('"1"')
  })

  it('keeps what is entered while the answer is on its way', async () => {
    const { element, type, press, saved, fake, control } = await open({ 'record-id': 'd4' })
    await type('name', '先发出的')
    const release = fake.hold((seen) => seen.method === 'PATCH')
    await press('保存商机')
    await type('competitor', '后写的')
    release()
    await eventually(() => saved().length).toBe(1)
    expect(element.isDirty).toBe(true)
    expect(control('competitor').value).toBe('后写的')
    expect(fake.record('deal', 'd4')).toMatchObject({ name: '先发出的', competitor: null })
  })

  it('clears a value with null and forgets an edit that was taken back', async () => {
    const { type, element, writes, saved } = await open({ 'record-id': 'd4' })
    await type('name', '改')
    await type('name', '二期：设备台账与售后工单')
    expect(element.isDirty).toBe(false)
    await type('closeDate', '')
    await element.save()
    await eventually(() => saved().length).toBe(1)
    expect(writes()[0]?.body).toEqual({ closeDate: null })
  })

  it('asks before changes are lost, and leaves when there are none', async () => {
    const { element, type, press, events, control } = await open({ 'record-id': 'd4' })
    await type('name', '改')
    const focused = () => (element.shadowRoot?.activeElement as HTMLElement | null) ?? element
    element.cancel()
    await eventually(() => textOf(element)).toContain('有未保存的修改')
    await eventually(() => textOf(focused())).toBe('继续编辑')
    await userEvent.keyboard('{Enter}')
    await eventually(() => (focused() as CrmField).name).toBe('name')
    expect(control('name').value).toBe('改')
    await press('取消')
    await press('放弃修改')
    expect(events.at(-1)?.type).toBe('crm-cancel')
    await eventually(() => control('name').value).toBe('二期：设备台账与售后工单')
  })

  it('holds the page back while something is unsaved', async () => {
    const { type } = await open({ 'record-id': 'd4' })
    const leave = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    expect(leave()).toBe(false)
    await type('name', '改')
    expect(leave()).toBe(true)
  })

  it('shows both values of a conflict, sends what was chosen, over the newer version', async () => {
    const { element, type, press, saved, writes, fake } = await open({ 'record-id': 'd4' })
    fake.change('deal', 'd4', { name: '孙悦的名字', amount: { minor: 22_600_000, currency: 'CNY' }, competitor: '对手' })
    await type('name', '我的名字')
    await type('amount', '240000')
    await press('保存商机')
    await eventually(() => textOf(element)).toContain('孙悦刚刚改过这条记录')
    expect(all(element, '.conflict tbody tr').map((row) => textOf(row))).toEqual([
      '商机名称 孙悦的名字 我的名字',
      '预计金额 ¥ 226,000 ¥ 240,000',
    ])
    expect(await element.save()).toBe(false)
    await press('孙悦的名字')
    await userEvent.click(all(element, '.conflict tbody tr:nth-child(2) button')[1] ?? element)
    await press('保存商机')
    await eventually(() => saved().length).toBe(1)
    expect(writes().at(-1)?.body).toEqual({ amount: { minor: 24_000_000, currency: 'CNY' } })
    expect(writes().at(-1)?.headers.get('if-match')).toBe('"2"')
    expect(fake.record('deal', 'd4')).toMatchObject({ name: '孙悦的名字', competitor: '对手', version: 3 })
  })

  it('merges without asking when others changed other fields', async () => {
    const { type, press, saved, fake } = await open({ 'record-id': 'd4' })
    fake.change('deal', 'd4', { competitor: '对手' })
    await type('name', '我的名字')
    await press('保存商机')
    await eventually(() => saved().length).toBe(1)
    expect(fake.record('deal', 'd4')).toMatchObject({ name: '我的名字', competitor: '对手' })
  })

  it('deletes, and brings back', async () => {
    const { element, press, saved, fake } = await open({ 'record-id': 'd4' })
    await press('删除')
    await eventually(() => textOf(element)).toContain('30 天内可以恢复')
    expect(fake.record('deal', 'd4').deletedAt).not.toBe(null)
    await press('撤销')
    await eventually(() => saved().map((detail) => detail.operation)).toEqual(['delete', 'restore'])
    expect(fake.record('deal', 'd4').deletedAt).toBe(null)
    expect(textOf(element)).toContain('二期：设备台账与售后工单')
  })

  it('reads first and edits on request', async () => {
    const { element, press, control } = await open({ 'record-id': 'd4', mode: 'read' })
    expect(all(element, 'input')).toEqual([])
    expect(textOf(element)).toContain('¥ 480,000')
    expect(textOf(element)).toContain('云杉智造')
    expect(textOf(element)).toContain('创建于')
    await press('编辑')
    await eventually(() => control('name').value).toBe('二期：设备台账与售后工单')
    await press('取消')
    await eventually(() => all(element, 'input')).toEqual([])
  })

  it('cannot be edited by those who may only read', async () => {
    const fake = new FakeServer()
    fake.objects = fake.objects.map((object) => ({ ...object, permissions: ['read'] }))
    const { element } = await open({ 'record-id': 'd4' }, fake)
    expect(all(element, 'input')).toEqual([])
    expect(all(element, 'button')).toEqual([])
  })

  it('follows a change that was made elsewhere on the page while nothing is edited', async () => {
    const { element, session, control } = await open({ 'record-id': 'd4' })
    const record = session.store.get('deal', 'd4')
    session.store.commit('deal', { ...record, id: 'd4', version: 2, name: '从看板改的' })
    await element.updateComplete
    await eventually(() => control('name').value).toBe('从看板改的')
  })

  it('shows why it could not be read, and tries again', async () => {
    const fake = new FakeServer()
    fake.refuseNext((seen) => seen.path === 'records/deal/d4', 'offline')
    const { element } = mount<CrmForm>('crm-form', fake, { attributes: { object: 'deal', 'record-id': 'd4' } })
    await eventually(() => textOf(element)).toContain('没有网络连接')
    await userEvent.click(one(element, '.empty button'))
    await eventually(() => textOf(element)).toContain('二期：设备台账与售后工单')
  })
})
