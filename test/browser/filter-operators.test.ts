import { type Crm, createCrm, defineObject, definePlugin, type Identity } from '@guanxi/core'
import { compileExpression, formsWith, type OperatorDefinition } from '@guanxi/core/expression'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { type Database, engines } from '../support/engines.ts'
import { type HostPage, serveHostPage } from './host-page.ts'

vi.setConfig({ testTimeout: 90_000 })

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })
const rep: Identity = { id: 'rep', name: 'Rep', tenant: 'test' }
const words = (zh: string, en: string) => ({ 'zh-CN': zh, en })

const even: OperatorDefinition = {
  name: 'shop.isEven',
  takes: ['int'],
  gives: 'bool',
  cost: 1,
  words: words('{0}是双数', '{0} is even'),
  denied: words('{0}不是双数', '{0} is not even'),
  run: (count: number) => count % 2 === 0,
  sql: {
    sqlite: { holds: (a) => `(${a} % 2 = 0)`, fails: (a) => `((${a} % 2 = 0) IS NOT TRUE)` },
    postgres: { holds: (a) => `(${a} % 2 = 0)`, fails: (a) => `((${a} % 2 = 0) IS NOT TRUE)` },
  },
}
const near: OperatorDefinition = {
  name: 'shop.isNear',
  takes: ['int', 'int'],
  gives: 'bool',
  cost: 1,
  words: words('{0}接近{1}', '{0} is close to {1}'),
  denied: words('{0}不接近{1}', '{0} is not close to {1}'),
  run: (count: number, other: number) => Math.abs(count - other) <= 1,
  sql: {
    sqlite: { holds: (a, b) => `(abs(${a} - ${b}) <= 1)`, fails: (a, b) => `((abs(${a} - ${b}) <= 1) IS NOT TRUE)` },
    postgres: { holds: (a, b) => `(abs(${a} - ${b}) <= 1)`, fails: (a, b) => `((abs(${a} - ${b}) <= 1) IS NOT TRUE)` },
  },
}

const order = defineObject(
  'order',
  {
    type: 'object',
    properties: {
      title: { type: 'string', label: words('标题', 'Title') },
      pieces: { type: 'integer', minimum: 0, maximum: 1000, label: words('件数', 'Pieces') },
      packing: { type: 'string', label: words('包装', 'Packing'), when: { required: { 'shop.isEven': [{ var: 'pieces' }] } } },
    },
  },
  { label: words('订单', 'Order') },
)

const shop = definePlugin({
  id: 'shop',
  version: '1.0.0',
  core: '*',
  setup(plugin) {
    plugin.object(order)
    plugin.operator(even)
    plugin.operator(near)
  },
})

const pieces = [0, 1, 2, 3, 4, 5, 6, 7, 8, null]
const conditions = [
  { 'shop.isEven': [{ var: 'pieces' }] },
  { '!': [{ 'shop.isEven': [{ var: 'pieces' }] }] },
  { 'shop.isNear': [{ var: 'pieces' }, 5] },
  { '!': [{ 'shop.isNear': [{ var: 'pieces' }, 5] }] },
  { and: [{ 'shop.isNear': [{ var: 'pieces' }, 5] }, { '!': [{ 'shop.isEven': [{ var: 'pieces' }] }] }] },
]

async function openShop(engine: string): Promise<{ crm: Crm<never>; database: Database }> {
  const database = await engines.find(({ name }) => name === engine)?.create()
  if (!database) throw new Error('There is no database.')
  const crm = createCrm({ store: database.store(), plugins: [shop()], identify: () => rep }) as Crm<never>
  await crm.open()
  const records = pieces.map((count) => ({ title: `Order ${count}`, pieces: count, packing: 'box' }))
  await crm
    .as(rep)
    .records(order)
    .createMany(records as never)
  return { crm, database }
}

describe.each(['better-sqlite3', 'postgres'])('operators of a plugin on %s', (engine) => {
  test('choose the records that they choose in memory', async () => {
    const { crm, database } = await openShop(engine)
    try {
      for (const where of conditions) {
        const rule = compileExpression(where, { fields: { pieces: 'integer' }, forms: formsWith([even, near]) })
        const expected = pieces.filter((count) => rule.evaluate({ pieces: count }) === true).map((count) => `Order ${count}`)
        const { records } = await crm
          .as(rep)
          .records(order)
          .find({ where, sort: ['title'] })
        expect(records.map(({ title }) => title).sort()).toEqual(expected.sort())
      }
    } finally {
      await crm.close()
      await database.drop()
    }
  })
})

describe('operators of a plugin, on a real server', () => {
  let shopping: Awaited<ReturnType<typeof openShop>>
  let host: HostPage
  let browser: Browser
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    shopping = await openShop('better-sqlite3')
    const body = `<crm-filter object="order" src="/crm" preview locale="en"></crm-filter><crm-form object="order" src="/crm" locale="en"></crm-form>`
    host = await serveHostPage(shopping.crm, body)
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(host.url)
    await page.locator('crm-filter [data-add]').waitFor()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await host?.close()
    await shopping?.crm.close()
    await shopping?.database.drop()
  })

  const filter = () => page.locator('crm-filter')
  const value = () => filter().evaluate((element) => (element as unknown as { value: unknown }).value)
  const count = () => page.locator('crm-filter [data-count]').textContent()
  const counted = async (where: object) =>
    String(
      await shopping.crm
        .as(rep)
        .records(order)
        .count({ where: where as Record<string, unknown> }),
    )

  test('are chosen in the builder, entered with their value, counted by the server and said', async () => {
    await page.locator('crm-filter [data-add]').first().click()
    await page.locator('.panel .picker').waitFor()
    await page.keyboard.type('Pieces')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const comparison = page.locator('crm-filter [data-comparison]')
    const offered = await comparison.locator('option').allTextContents()
    expect(offered.slice(-4)).toEqual(['is even', 'is not even', 'is close to', 'is not close to'])

    await comparison.selectOption('!shop.isEven')
    expect(await value()).toEqual({ and: [{ '!': [{ 'shop.isEven': [{ var: 'pieces' }] }] }] })
    await eventually(count).toBe(await counted({ '!': [{ 'shop.isEven': [{ var: 'pieces' }] }] }))
    expect(await page.locator('crm-filter .say').textContent()).toContain('Pieces is not even.')

    await comparison.selectOption('shop.isNear')
    await page.locator('crm-filter [data-value] input').fill('5')
    await page.keyboard.press('Tab')
    await eventually(value).toEqual({ and: [{ 'shop.isNear': [{ var: 'pieces' }, 5] }] })
    await eventually(count).toBe(await counted({ 'shop.isNear': [{ var: 'pieces' }, 5] }))
    expect(await page.locator('crm-filter .say').textContent()).toContain('Pieces is close to 5.')
  })

  test('come back from outside with their controls, in the other language too', async () => {
    const where = { and: [{ '!': [{ 'shop.isNear': [{ var: 'pieces' }, 5] }] }] }
    await filter().evaluate((element, given) => Object.assign(element, { locale: 'zh-CN', value: given }), where)
    await eventually(() => page.locator('crm-filter .say').textContent()).toContain('件数不接近5。')
    expect(await page.locator('crm-filter [data-comparison]').inputValue()).toBe('!shop.isNear')
    expect(await value()).toEqual(where)
    await eventually(count).toBe(await counted(where))
  })

  test('in the conditions of a form are left to the server, which says what is missing', async () => {
    const field = (name: string) => page.locator(`crm-form crm-field[name="${name}"]`)
    await field('title').locator('input').fill('Order 10')
    await field('pieces').locator('input').fill('10')
    await page
      .locator('crm-form')
      .getByRole('button', { name: /Create|Save/ })
      .click()
    await field('packing').locator('[part~="error"]').waitFor()
    expect(
      await shopping.crm
        .as(rep)
        .records(order)
        .count({ where: { title: 'Order 10' } }),
    ).toBe(0)

    await field('pieces').locator('input').fill('11')
    await page
      .locator('crm-form')
      .getByRole('button', { name: /Create|Save/ })
      .click()
    await eventually(() =>
      shopping.crm
        .as(rep)
        .records(order)
        .count({ where: { title: 'Order 10' } }),
    ).toBe(1)
    expect(problems.filter((text) => !text.includes('status of 4'))).toEqual([])
  })
})
