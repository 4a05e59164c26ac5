import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmField } from '../src/field/field.ts'
import type { CrmForm } from '../src/form/form.ts'
import { FakeServer, type Seen } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
beforeEach(() => sessionStorage.clear())
afterEach(clear)

async function open(attributes: Record<string, string>, properties: Record<string, unknown> = {}, fake = new FakeServer(), src?: string) {
  const mounted = mount<CrmForm>('crm-form', fake, { attributes: { object: 'deal', ...attributes }, properties, src })
  await eventually(() => mounted.events.map((event) => event.type)).toContain('crm-load')
  await mounted.element.updateComplete
  const field = (name: string) => one<CrmField>(mounted.element, `crm-field[name=${name}]`)
  const enter = async (name: string, text: string) => userEvent.fill(one(field(name), 'input'), text)
  return { ...mounted, fake, field, enter }
}

describe('A draft', () => {
  const leave = () => window.dispatchEvent(new PageTransitionEvent('pagehide'))

  it('is back after the page was away by accident, and can be dropped', async () => {
    const fake = new FakeServer()
    const first = await open({ 'record-id': 'd4' }, {}, fake)
    await first.enter('competitor', '某司')
    leave()
    clear()
    const again = await open({ 'record-id': 'd4' }, {}, fake, first.src)
    await eventually(() => textOf(again.element)).toContain('已恢复上次没有保存的内容')
    expect(again.field('competitor').value).toBe('某司')
    expect(again.element.isDirty).toBe(true)
    await userEvent.click(one(again.element, '.restored button'))
    await eventually(() => again.field('competitor').value ?? null).toBe(null)
    expect(again.element.isDirty).toBe(false)
  })

  it('is nobody else’s, and names whom it belongs to', async () => {
    const fake = new FakeServer()
    const first = await open({ 'record-id': 'd4' }, {}, fake)
    await first.enter('competitor', '某司')
    leave()
    expect(Object.keys(sessionStorage)).toEqual([JSON.stringify(['guanxi-draft', first.src, 't1', 'u-li', 'deal', 'd4'])])
    clear()
    const other = await open({ 'record-id': 'd5' }, {}, fake, first.src)
    expect(textOf(other.element)).not.toContain('已恢复')
  })

  it('is not put over a record that has changed since, and goes when it is saved', async () => {
    const fake = new FakeServer()
    const first = await open({ 'record-id': 'd4' }, {}, fake)
    await first.enter('competitor', '某司')
    leave()
    clear()
    fake.change('deal', 'd4', { amount: { minor: 1, currency: 'CNY' } })
    const again = await open({ 'record-id': 'd4' }, {}, fake, first.src)
    expect(textOf(again.element)).not.toContain('已恢复')
    await again.enter('competitor', '另一家')
    leave()
    expect(sessionStorage.length).toBe(1)
    await again.element.save()
    await eventually(() => sessionStorage.length).toBe(0)
  })
})

describe('A check while somebody types', () => {
  it('says which record has the number already, and does not stand in the way', async () => {
    const fake = new FakeServer()
    const taken = fake.record('customer', 'c4')
    const { field, enter, element, fake: server } = await open({ object: 'customer' }, {}, fake)
    await enter('name', '新客户')
    await enter('phone', String(taken.phone))
    await eventually(() => textOf(field('phone'))).toContain(`「${taken.name}」已经用了这个值`)
    expect(one(field('phone'), 'input').getAttribute('aria-describedby')).toContain('notice')
    expect(field('phone').checkValidity()).toBe(true)
    await element.save()
    await eventually(() => server.count('POST', 'records/customer')).toBe(1)
  })

  it('says nothing of what the server takes for no value, and tells where it could not be asked', async () => {
    const fake = new FakeServer()
    const asked = (seen: Seen) => seen.path === 'records/customer' && seen.query.has('where')
    fake.refuseNext(asked, { status: 400, code: 'VALUE_INVALID', message: '' })
    const { field, enter } = await open({ object: 'customer' }, {}, fake)
    await enter('phone', '123')
    await eventually(() => fake.seen.some(asked)).toBe(true)
    await eventually(() => textOf(field('phone'))).not.toContain('正在核对')
    expect(textOf(field('phone'))).not.toContain('没能核对')
    fake.refuseNext(asked, 'offline')
    await enter('phone', '13800138001')
    await eventually(() => textOf(field('phone'))).toContain('没能核对')
  })

  it('drops an answer that is out of date', async () => {
    const fake = new FakeServer()
    const release = fake.hold((seen) => seen.path === 'records/customer' && seen.query.has('where'))
    const { field, enter } = await open({ object: 'customer' }, {}, fake)
    await enter('phone', String(fake.record('customer', 'c4').phone))
    await eventually(() => textOf(field('phone'))).toContain('正在核对')
    await enter('phone', '+8613900000000')
    release()
    await eventually(() => textOf(field('phone'))).not.toContain('正在核对')
    expect(textOf(field('phone'))).not.toContain('已经用了')
  })

  it('may be the host’s own, with its sentence in place and in the summary', async () => {
    const asked: unknown[] = []
    const signals: AbortSignal[] = []
    const checks = {
      name: async (value: unknown, signal: AbortSignal) => {
        asked.push(value)
        signals.push(signal)
        return value === '禁用' ? '这个名称不能用。' : null
      },
    }
    const { field, enter, element } = await open({ 'record-id': 'd4' }, { checks })
    await enter('name', '禁')
    await enter('name', '禁用')
    await eventually(() => textOf(field('name'))).toContain('这个名称不能用。')
    // A slow typist may be asked about what was there in between.
    expect(asked.at(-1)).toBe('禁用')
    await enter('name', '可用')
    await eventually(() => asked.at(-1)).toBe('可用')
    expect(signals.slice(0, -1).every(({ aborted }) => aborted)).toBe(true)
    expect(textOf(element)).not.toContain('不能用')
  })
})

describe('A field in a host’s own form', () => {
  it('is an entry of it, is reset with it, and stops it while it is wrong', async () => {
    const fake = new FakeServer()
    const deal = fake.objects.find((object) => object.name === 'deal')
    const form = document.createElement('form')
    document.body.append(form)
    const { element } = mount<CrmField>('crm-field', fake, {
      properties: { field: deal?.fields.find((one) => one.name === 'name'), value: '起点' },
    })
    form.append(element)
    await element.updateComplete
    expect(new FormData(form).get('name')).toBe('起点')
    await userEvent.fill(one(element, 'input'), '')
    await eventually(() => form.checkValidity()).toBe(false)
    form.reset()
    await eventually(() => new FormData(form).get('name')).toBe('起点')
    expect(form.checkValidity()).toBe(true)
  })

  it('keeps a whole form beside it apart: two forms in one another do not mix', async () => {
    const form = document.createElement('form')
    let submitted = 0
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      submitted += 1
    })
    document.body.append(form)
    const fake = new FakeServer()
    const { element, field } = await open({ 'record-id': 'd4' }, {}, fake)
    form.append(element)
    await eventually(() => all(element, 'crm-field').length).toBeGreaterThan(5)
    await userEvent.fill(one(field('competitor'), 'input'), '某司')
    await userEvent.keyboard('{Enter}')
    await eventually(() => fake.record('deal', 'd4').competitor).toBe('某司')
    expect(submitted).toBe(0)
    expect([...new FormData(form).keys()]).toEqual([])
  })
})

describe('A masked field', () => {
  const maskedServer = () => {
    const fake = new FakeServer()
    fake.objects = fake.objects.map((object) =>
      object.name === 'customer'
        ? { ...object, fields: object.fields.map((one) => (one.name === 'phone' ? { ...one, masked: true, revealable: true } : one)) }
        : object,
    )
    fake.change('customer', 'c4', { phone: '138****5678' })
    fake.unmasked.set('c4.phone', '+8613812345678')
    return fake
  }

  it('shows one value to who asks, and asks the server for it', async () => {
    const fake = maskedServer()
    const { field } = await open({ object: 'customer', 'record-id': 'c4', mode: 'read' }, {}, fake)
    await eventually(() => textOf(field('phone'))).toContain('138****5678')
    expect(all(field('phone'), 'a[href]')).toEqual([])
    await eventually(() => all(field('phone'), 'button').length).toBe(1)
    await userEvent.click(one(field('phone'), 'button'))
    await eventually(() => textOf(field('phone'))).toContain('138 1234 5678')
    expect(fake.seen.filter(({ path }) => path.endsWith('/reveal')).map(({ body }) => body)).toEqual([{ field: 'phone' }])
  })

  it('stays as it is while another one is saved, and is never sent masked', async () => {
    const fake = maskedServer()
    const { element, enter } = await open({ object: 'customer', 'record-id': 'c4' }, {}, fake)
    await enter('name', '云杉新材')
    await userEvent.click(one(element, '[type=submit]'))
    await eventually(() => fake.record('customer', 'c4').name).toBe('云杉新材')
    expect(fake.seen.find(({ method }) => method === 'PATCH')?.body).toEqual({ name: '云杉新材' })
  })
})
