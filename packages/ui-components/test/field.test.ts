import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmField } from '../src/field/field.ts'
import { type FieldView, registerRenderer } from '../src/index.ts'
import { definitions } from './support/definitions.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, type Mounted, mount, one, textOf, wide } from './support/mount.ts'

const fieldNamed = (name: string, object = 'deal'): FieldView => {
  const found = definitions.find((one) => one.name === object)?.fields.find((field) => field.name === name)
  if (!found) throw new Error(name)
  return found
}

/** A field in a form of the page. */
async function inForm(
  field: FieldView,
  value: unknown,
  properties: Partial<CrmField> = {},
  lang = 'zh-CN',
): Promise<Mounted<CrmField> & { form: HTMLFormElement; control: HTMLInputElement }> {
  const mounted = mount<CrmField>('crm-field', new FakeServer(), { properties: { field, value, ...properties }, lang })
  const form = document.createElement('form')
  form.addEventListener('submit', (event) => event.preventDefault())
  form.append(mounted.element)
  document.body.append(form)
  await mounted.element.updateComplete
  return { ...mounted, form, control: one<HTMLInputElement>(mounted.element, '#control') }
}

beforeAll(wide)
afterEach(clear)

describe('A field', () => {
  it.each([
    ['text', fieldNamed('name'), '二期', '二期'],
    ['longText', fieldNamed('description'), '第一行', '第一行'],
    ['integer', fieldNamed('employees', 'customer'), 42, '42'],
    ['decimal', fieldNamed('custom.discount'), '0.95', '0.95'],
    ['money', fieldNamed('amount'), { minor: 48_000_000, currency: 'CNY' }, '480,000'],
    ['date', fieldNamed('closeDate'), '2026-03-28', '2026-03-28'],
    ['choice', fieldNamed('source'), 'website', 'website'],
    ['phone', fieldNamed('phone', 'customer'), '+8613800138000', '138 0013 8000'],
    ['email', fieldNamed('email', 'customer'), 'a@b.cn', 'a@b.cn'],
    ['url', fieldNamed('website', 'customer'), 'https://a.cn', 'https://a.cn'],
  ] as const)('shows %s in its native control', async (_kind, field, value, shown) => {
    const { control, element } = await inForm(field, value)
    expect(control.value).toBe(shown)
    expect(element.checkValidity()).toBe(true)
    expect(element.internals.labels.length + all(element, 'label[for=control]').length).toBe(1)
  })

  it.each([
    ['text', fieldNamed('name'), '新签', '新签', '新签'],
    ['integer', fieldNamed('employees', 'customer'), '42', 42, '42'],
    ['decimal', fieldNamed('custom.discount'), '0.9', '0.9', '0.9'],
    ['money', fieldNamed('amount'), '12800.5', { minor: 1_280_050, currency: 'CNY' }, '{"minor":1280050,"currency":"CNY"}'],
    ['date', fieldNamed('closeDate'), '2026-03-28', '2026-03-28', '2026-03-28'],
    ['phone', fieldNamed('phone', 'customer'), '138 0013 8000', '138 0013 8000', '138 0013 8000'],
    ['email', fieldNamed('email', 'customer'), 'a@b.cn', 'a@b.cn', 'a@b.cn'],
  ] as const)('takes %s that is typed, tells of it, and is part of the form', async (_kind, field, typed, value, entry) => {
    const { control, element, events, form } = await inForm(field, null)
    await userEvent.fill(control, typed)
    await element.updateComplete
    expect(element.value).toEqual(value)
    expect(events.at(-1)?.detail).toEqual({ name: field.name, value })
    expect(new FormData(form).get(field.name)).toBe(entry)
  })

  it('takes a moment in the reader’s time zone as milliseconds UTC', async () => {
    const { control, element } = await inForm(fieldNamed('custom.demoAt'), null)
    await userEvent.fill(control, '2026-03-28T09:30')
    expect(element.value).toBe(new Date(2026, 2, 28, 9, 30).getTime())
  })

  it('is one press for yes and no, and for a few required options', async () => {
    const flag = await inForm(fieldNamed('custom.budgetApproved'), null)
    await userEvent.click(flag.control)
    expect(flag.element.value).toBe(true)
    const priority = await inForm(fieldNamed('priority'), 'normal')
    const [, , high] = all<HTMLInputElement>(priority.element, 'input[type=radio]')
    high?.click()
    expect(priority.element.value).toBe('high')
  })

  it('sends several choices as several entries', async () => {
    const { element, form } = await inForm(fieldNamed('needs'), ['crm'])
    all<HTMLInputElement>(element, 'input[type=checkbox]')[1]?.click()
    await element.updateComplete
    expect(new FormData(form).getAll('needs')).toEqual(['crm', 'service'])
  })

  it('keeps an option that is no longer offered, where it is set', async () => {
    const field: FieldView = { ...fieldNamed('source'), options: [{ value: 'fax', retired: true }, { value: 'web' }] }
    const set = await inForm(field, 'fax')
    expect(all(set.element, 'option').map((option) => option.getAttribute('value'))).toEqual(['', 'fax', 'web'])
    const unset = await inForm(field, null)
    expect(all(unset.element, 'option').map((option) => option.getAttribute('value'))).toEqual(['', 'web'])
  })

  it('complains only once it was touched, and says so to assistive technology', async () => {
    const { control, element } = await inForm(fieldNamed('name'), '')
    expect(element.checkValidity()).toBe(false)
    expect(control.getAttribute('aria-invalid')).toBe('false')
    await userEvent.click(control)
    await userEvent.tab()
    await element.updateComplete
    expect(control.getAttribute('aria-invalid')).toBe('true')
    expect(control.getAttribute('aria-describedby')).toBe('error')
    expect(one(element, '#error').textContent?.trim()).toBe('必填。')
    expect(element.internals.validity.valueMissing).toBe(true)
  })

  it('shows the server’s objection until the value changes', async () => {
    const { control, element } = await inForm(fieldNamed('name'), '重复', { error: '已被使用。' })
    expect(textOf(element)).toContain('已被使用。')
    await userEvent.fill(control, '另一个')
    await element.updateComplete
    expect(textOf(element)).not.toContain('已被使用。')
  })

  it('keeps what is no number, and does not pretend it is empty', async () => {
    const { control, element } = await inForm(fieldNamed('amount'), null)
    await userEvent.fill(control, '十万')
    await userEvent.tab()
    await userEvent.tab()
    await element.updateComplete
    expect(control.value).toBe('十万')
    expect(textOf(element)).toContain('请填写数字。')
    expect(element.internals.validity.badInput).toBe(true)
  })

  it('leaves alone what is being typed, and groups it afterwards', async () => {
    const { control, element } = await inForm(fieldNamed('amount'), { minor: 48_000_000, currency: 'CNY' })
    expect(control.value).toBe('480,000')
    await userEvent.tripleClick(control)
    await userEvent.keyboard('1280000.50')
    expect(control.value).toBe('1280000.50')
    await userEvent.tab()
    await userEvent.tab()
    await element.updateComplete
    expect(control.value).toBe('1,280,000.50')
    const discount = await inForm(fieldNamed('custom.discount'), null)
    await userEvent.type(discount.control, '0.05')
    expect(discount.element.value).toBe('0.05')
  })

  it('keeps the sum when the currency changes', async () => {
    const { element } = await inForm(fieldNamed('amount'), { minor: 10_000, currency: 'CNY' })
    await userEvent.selectOptions(one(element, 'select'), 'JPY')
    expect(element.value).toEqual({ minor: 100, currency: 'JPY' })
  })

  it('goes back to its first value with the form, and restores a saved state', async () => {
    const { control, element, form } = await inForm(fieldNamed('name'), '原名')
    await userEvent.fill(control, '改过')
    form.reset()
    expect(element.value).toBe('原名')
    element.formStateRestoreCallback('"恢复的"')
    expect(element.value).toBe('恢复的')
  })

  it('is disabled with its fieldset', async () => {
    const { element, form } = await inForm(fieldNamed('name'), 'a')
    const set = document.createElement('fieldset')
    set.disabled = true
    form.append(set)
    set.append(element)
    await element.updateComplete
    expect(one<HTMLInputElement>(element, '#control').disabled).toBe(true)
    expect(new FormData(form).get('name')).toBe(null)
  })

  it('sends the form on Enter, but not while an input method composes', async () => {
    const { control, form } = await inForm(fieldNamed('name'), 'a')
    const onSubmit = vi.fn()
    form.addEventListener('submit', onSubmit)
    control.focus()
    control.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, isComposing: true }))
    expect(onSubmit).not.toHaveBeenCalled()
    await userEvent.keyboard('{Enter}')
    expect(onSubmit).toHaveBeenCalledOnce()
  })

  it('lets a host bring its own element for some fields', async () => {
    customElements.define(
      'host-colour',
      class extends HTMLElement {
        value: unknown = null
      },
    )
    registerRenderer({ test: (field) => field.name === 'colour', rank: 10, tag: 'host-colour' })
    const { element } = await inForm({ name: 'colour', kind: 'text', label: { 'zh-CN': '颜色', en: 'Colour' } }, 'red')
    const own = one<HTMLElement & { value: unknown }>(element, 'host-colour')
    expect(own.value).toBe('red')
    own.value = 'blue'
    own.dispatchEvent(new Event('change'))
    expect(element.value).toBe('blue')
  })

  it('shows a value for reading as text, with links where they help', async () => {
    const { element } = mount<CrmField>('crm-field', new FakeServer(), {
      properties: { field: fieldNamed('phone', 'customer'), value: '+8613800138000', reading: true },
    })
    await eventually(() => all<HTMLAnchorElement>(element, 'a').map(({ href }) => href)).toEqual(['tel:+8613800138000'])
    const risky = mount<CrmField>('crm-field', new FakeServer(), {
      properties: { field: fieldNamed('website', 'customer'), value: 'javascript:alert(1)', reading: true },
    })
    await risky.element.updateComplete
    expect(all(risky.element, 'a')).toEqual([])
  })
})

describe('A lookup', () => {
  const setUp = async (name: string, value: unknown = null, lang = 'zh-CN') => {
    const fake = new FakeServer()
    const mounted = mount<CrmField>('crm-field', fake, { properties: { field: fieldNamed(name), value }, lang })
    await mounted.element.updateComplete
    return { ...mounted, fake, control: one<HTMLInputElement>(mounted.element, '#control') }
  }
  const options = (element: Element) => all(element, '[role=option]').map((option) => option.querySelector('.grow')?.textContent)

  it('finds records on the server, marks what was typed, and takes one by keyboard', async () => {
    const { control, element, fake } = await setUp('customerId')
    element.style.cssText = 'display: block; width: 300px; margin: 40px'
    await userEvent.type(control, '物流')
    await eventually(() => options(element).length).toBeGreaterThan(1)
    expect(options(element).every((name) => name?.includes('物流'))).toBe(true)
    expect(one(element, 'mark').textContent).toBe('物流')
    const [list, box] = [one(element, '[data-choices]'), one(element, '.box')].map((each) => each.getBoundingClientRect())
    expect([list?.left, list?.top, list?.width]).toEqual([box?.left, (box?.bottom ?? 0) + 4, box?.width])
    expect(getComputedStyle(one(element, '[data-choices]')).borderTopWidth).toBe('0px')
    expect(control.getAttribute('aria-expanded')).toBe('true')
    await userEvent.keyboard('{ArrowDown}')
    await element.updateComplete
    expect(control.getAttribute('aria-activedescendant')).toBe('choice-1')
    const name = options(element)[1]
    await userEvent.keyboard('{Enter}')
    await element.updateComplete
    expect(fake.record('customer', String(element.value)).name).toBe(name)
    expect(control.value).toBe(name)
    expect(control.getAttribute('aria-expanded')).toBe('false')
  })

  it('drops an answer that comes after a newer question', async () => {
    const { control, element, fake } = await setUp('customerId')
    const release = fake.hold((seen) => seen.query.get('search') === '物流')
    await userEvent.type(control, '物流')
    await eventually(() => fake.seen.some((seen) => seen.query.get('search') === '物流')).toBe(true)
    await userEvent.clear(control)
    await userEvent.type(control, '云杉')
    await eventually(() => options(element)).toEqual(['云杉智造'])
    release()
    await fake.fetch('/crm/api/me')
    expect(options(element)).toEqual(['云杉智造'])
  })

  it('waits while an input method composes', async () => {
    const { control, fake } = await setUp('customerId')
    control.focus()
    control.value = 'yun'
    control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, isComposing: true }))
    control.value = '云杉'
    control.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true, data: '云杉' }))
    await eventually(() => fake.seen.map((seen) => seen.query.get('search')).filter(Boolean)).toEqual(['云杉'])
  })

  it('finds people in the directory', async () => {
    const { control, element } = await setUp('ownerId')
    await userEvent.type(control, '陈')
    await eventually(() => options(element)).toEqual(['陈思远'])
    await userEvent.keyboard('{Enter}')
    expect(element.value).toBe('u-chen')
  })

  it('collects several records and takes the last one back with Backspace', async () => {
    const { control, element } = await setUp('productIds', ['pr1'])
    await userEvent.type(control, '实施')
    await eventually(() => options(element)).toEqual(['实施服务 · 10 人天'])
    await userEvent.keyboard('{Enter}')
    expect(element.value).toEqual(['pr1', 'pr2'])
    await userEvent.keyboard('{Backspace}')
    expect(element.value).toEqual(['pr1'])
  })

  it('offers only stages of the chosen pipeline', async () => {
    const { control, element } = await setUp('stageId')
    element.siblings = (name) => (name === 'pipelineId' ? 'p2' : null)
    await userEvent.click(control)
    await eventually(() => options(element)).toEqual(['续约洽谈'])
  })

  it('calls records by their English names in English', async () => {
    const { control, element } = await setUp('stageId', null, 'en')
    element.siblings = (name) => (name === 'pipelineId' ? 'p2' : null)
    await userEvent.click(control)
    await eventually(() => options(element)).toEqual(['Renewing'])
  })

  it('means nobody when the name is deleted', async () => {
    const { control, element } = await setUp('ownerId', 'u-chen')
    await userEvent.clear(control)
    await userEvent.tab()
    expect(element.value).toBe(null)
  })

  it('says that nothing was found, and that it could not look', async () => {
    const { control, element, fake } = await setUp('customerId')
    await userEvent.type(control, '查无此人')
    await eventually(() => textOf(element)).toContain('没有匹配项')
    fake.refuseNext((seen) => seen.path === 'records/customer', 'offline')
    await userEvent.type(control, '！')
    await eventually(() => textOf(element)).toContain('没能载入')
  })
})
