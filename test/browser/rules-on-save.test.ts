import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Crm, createCrm, type Identity } from '@guanxi/core'
import { activity } from '@guanxi/core/standard'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { type Database, engines } from '../support/engines.ts'
import { Keyboard } from './by-keyboard.ts'
import { type HostPage, serveHostPage } from './host-page.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 40_000 })
const admin: Identity = { id: 'ada', name: 'Ada', tenant: 'main', roles: ['admin'], locale: 'en' }
const today = Date.parse('2026-03-02T02:00:00Z')
/** Where a picture of each step goes, when somebody wants them. */
const pictures = process.env.GUANXI_PICTURES

describe('rules on save, written with the keyboard alone', () => {
  let database: Database
  let crm: Crm
  let host: HostPage
  let browser: Browser
  let page: Page
  let keys: Keyboard
  const problems: string[] = []

  beforeAll(async () => {
    const [engine] = engines.filter(({ name }) => name === 'better-sqlite3')
    if (!engine) throw new Error('There is no better-sqlite3.')
    database = await engine.create()
    crm = createCrm({ store: database.store(), identify: () => admin, clock: () => today })
    await crm.open()
    host = await serveHostPage(crm as Crm<never>, '<crm-rules src="/crm" locale="en"></crm-rules>')
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1100, height: 800 }, reducedMotion: 'reduce' })
    keys = new Keyboard(page)
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(host.url)
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
    await crm?.close()
    await database?.drop()
  })

  const text = async (selector: string) => (await page.locator(selector).first().textContent())?.replace(/\s+/g, ' ').trim() ?? ''

  async function shown(step: string): Promise<void> {
    if (!pictures) return
    await mkdir(pictures, { recursive: true })
    await page.screenshot({ path: join(pictures, `on-save-${step}.png`), fullPage: true })
  }

  async function save(object: string, record: object): Promise<{ status: number; body: Record<string, never> }> {
    const headers = { 'content-type': 'application/json', 'accept-language': 'en' }
    const response = await fetch(`${host.url}crm/api/records/${object}`, { method: 'POST', headers, body: JSON.stringify(record) })
    return { status: response.status, body: await response.json() }
  }

  async function begin(kind: string, zh: string, en: string, object: string): Promise<void> {
    await keys.press(/^New rule$/)
    await page.locator('crm-rules .sorts').waitFor()
    await keys.tabTo(/^Looks at all/)
    for (let move = 0; move < 5 && !(await keys.name()).startsWith(kind); move += 1) await keys.key('ArrowDown')
    await page.locator('crm-rules .moments').waitFor()
    await keys.write(/^Name in Chinese/, zh)
    await keys.write(/^Name in English/, en)
    await keys.tabTo(/^Object$/)
    await keys.choose(object)
    await page.waitForLoadState('networkidle')
  }

  async function switchOn(): Promise<void> {
    await keys.press(/^Save as draft$/)
    await eventually(() => text('crm-rules .life .is-now')).toContain('Draft')
    await keys.press(/^Switch on$/, 'Shift+Tab')
    await page.locator('crm-rules dialog.ask').waitFor()
    await keys.key('Enter')
    await eventually(() => text('crm-rules .life .is-live')).toContain('On')
  }

  test('a deal over 100,000 needs a close date: it is refused at its field', async () => {
    await begin('Checks a save', '大单要有预计成交日期', 'Large deals need a close date', 'deal')
    await keys.addCondition('Amount')
    await keys.choose('more')
    await keys.write(/^Value: Amount/, '100000')
    await keys.addCondition('Close date')
    await keys.choose('empty')
    await keys.write(/^Chinese$/, '超过十万的商机要填预计成交日期。')
    await keys.tabTo(/^English$/)
    await keys.insertValue('Name')
    await keys.type(' is large: when will it close?')
    await keys.tabTo(/^Field/)
    await keys.choose('closeDate')
    await shown('1-validation')
    await switchOn()
    await shown('2-on')
    const large = { name: 'New ship', amount: { minor: 20_000_000, currency: 'CNY' } }
    const { status, body } = await save('deal', large)
    expect(status).toBe(422)
    expect((body as { error?: { details?: { issues?: unknown } } }).error?.details?.issues).toMatchObject([
      { path: '/closeDate', message: 'New ship is large: when will it close?' },
    ])
    expect((await save('deal', { ...large, closeDate: '2026-05-01' })).status).toBe(201)
  })

  test('a lead from an exhibition brings a task in two days for its owner', async () => {
    await keys.press(/^Rules$/, 'Shift+Tab')
    await begin('Acts on save', '展会线索两天内联系', 'Call exhibition leads', 'lead')
    await keys.addCondition('Source')
    await keys.choose('is')
    await keys.tabTo(/^Value: Source/)
    await keys.choose('event')
    await keys.press(/^Add an action$/)
    await keys.pick('Create a task')
    await eventually(() => keys.name()).toBe('What is to be done')
    await keys.type('Call them')
    await keys.write(/^Within how many days/, '2')
    await shown('3-automation')
    await switchOn()
    const { body } = await save('lead', { name: 'Blue Sea', source: 'event', ownerId: 'wang' })
    const tasks = await crm.as(admin).records(activity).find({})
    expect(tasks.records).toMatchObject([
      { summary: 'Call them', nextStepOn: '2026-03-04', ownerId: 'wang', subject: { object: 'lead', id: (body as { id?: string }).id } },
    ])
    expect(problems.filter((one) => !one.includes('422'))).toEqual([])
  })
})
