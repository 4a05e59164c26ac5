import { type Crm, createCrm, definePlugin, extendObject, type Identity } from '@guanxi/core'
import { lead, segment, segmentWhere } from '@guanxi/core/standard'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { type Database, engines } from '../support/engines.ts'
import { Keyboard } from './by-keyboard.ts'
import { type HostPage, serveHostPage } from './host-page.ts'

vi.setConfig({ testTimeout: 90_000 })

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })
const day = 86_400_000
const rep: Identity = { id: 'rep', name: 'Rep', tenant: 'test', locale: 'en' }

const regions = extendObject(lead, {
  region: {
    enum: ['east', 'south', 'north'],
    options: [{ value: 'east', label: { 'zh-CN': '华东', en: 'East China' } }],
    label: { 'zh-CN': '区域', en: 'Region' },
  },
  budget: { kind: 'money', label: { 'zh-CN': '预算', en: 'Budget' } },
  touchedAt: { kind: 'instant', label: { 'zh-CN': '最近接触', en: 'Last touch' } },
})
const sales = definePlugin({
  id: 'sales',
  version: '1.0.0',
  core: '*',
  requires: { standard: '*' },
  setup: (plugin) => void plugin.extend(regions),
})

describe('with the keyboard alone, on a real server', () => {
  let database: Database | undefined
  let crm: Crm<never>
  let host: HostPage
  let browser: Browser
  let page: Page
  let keys: Keyboard
  const problems: string[] = []

  beforeAll(async () => {
    database = await engines.find(({ name }) => name === 'better-sqlite3')?.create()
    if (!database) throw new Error('There is no database.')
    crm = createCrm({ store: database.store(), plugins: [sales()], identify: () => rep }) as Crm<never>
    await crm.open()
    await crm
      .as(rep)
      .records(regions)
      .createMany(
        Array.from({ length: 120 }, (_, index) => ({
          name: `Lead ${index}`,
          region: (['east', 'south', 'north'] as const)[index % 3],
          budget: index % 5 === 0 ? null : { minor: 4_000_000 + index * 150_000, currency: 'CNY' },
          touchedAt: index % 7 === 0 ? null : Date.now() - (index % 14) * day - 3_600_000,
        })),
      )
    host = await serveHostPage(crm, '<crm-filter object="lead" src="/crm" preview segments locale="en"></crm-filter>')
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    keys = new Keyboard(page)
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await host?.close()
    await crm?.close()
    await database?.drop()
  })

  test('East China leads over ¥100,000 that nobody touched for 7 days are built, counted and saved', async () => {
    await page.goto(host.url)
    await page.locator('[data-add]').waitFor()

    await keys.addCondition('Region')
    await keys.tabTo(/^East China$/)
    await keys.key('Space')

    await keys.addCondition('Budget')
    await keys.tabTo(/^Value: Budget$/)
    await page.keyboard.type('100000')

    await keys.addCondition('Last touch')
    for (let press = 0; press < 20; press += 1) {
      const chosen = await page
        .locator('[data-comparison]')
        .last()
        .evaluate((select) => (select as HTMLSelectElement).value)
      if (chosen === 'olderThan') break
      await keys.key('ArrowDown')
    }
    const where = {
      and: [
        { in: [{ var: 'region' }, ['east']] },
        { '>': [{ var: 'budget' }, { money: [10_000_000, 'CNY'] }] },
        { '<': [{ var: 'touchedAt' }, { ago: 'P7D' }] },
      ],
    }
    const value = () => page.locator('crm-filter').evaluate((element) => (element as unknown as { value: unknown }).value)
    expect(await value()).toEqual(where)
    const count = await crm.as(rep).records(regions).count({ where })
    expect(count).toBeGreaterThan(3)
    await eventually(() => page.locator('[data-count]').textContent()).toBe(String(count))
    expect(await page.locator('.say').textContent()).toContain(
      'Region is one of East China and Budget is more than ¥100,000 and Last touch is longer ago than 7 days.',
    )

    await keys.press(/^Save as a segment$/)
    await page.locator('#segment-name').waitFor()
    await page.keyboard.type('Gone quiet')
    await keys.key('Enter')
    await page.locator('.toast:popover-open').waitFor()
    const [saved] = (
      await crm
        .as(rep)
        .records(segment)
        .find({ where: { name: 'Gone quiet' } })
    ).records
    if (!saved) throw new Error('The segment was not saved.')
    expect(
      await crm
        .as(rep)
        .records(regions)
        .count({ where: segmentWhere(saved) }),
    ).toBe(count)
    expect(problems).toEqual([])
  })
})
