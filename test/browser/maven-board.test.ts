import { type Crm, createCrm, type Identity } from '@guanxi/core'
import { deal, pipeline, stage } from '@guanxi/core/standard'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadMaven } from '../maven/load-maven.ts'
import { mavenFolder, readMaven } from '../maven/maven-data.ts'
import { openBrowser } from '../support/browser.ts'
import { type Database, engines } from '../support/engines.ts'
import { type HostPage, serveHostPage } from './host-page.ts'

const data = readMaven()
const manager: Identity = { id: 'manager', name: 'Manager', tenant: 'maven' }

if (!data) {
  test.skip(`the board on the Maven pipeline: SKIPPED, ${mavenFolder} is absent`, () => {})
  process.stderr.write(`\nThe board on the Maven pipeline: SKIPPED, because ${mavenFolder} is absent; nothing of it was checked.\n`)
}

describe.skipIf(!data).each(engines.filter(({ name }) => name !== 'sqlite3'))('8,800 deals on the board, on $name', (engine) => {
  let database: Database
  let crm: Crm
  let host: HostPage
  let browser: Browser
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    if (!data) return
    database = await engine.create()
    crm = createCrm({ store: database.store(), identify: () => manager })
    await crm.open()
    await loadMaven(crm, data)
    const { records } = await crm
      .as(manager)
      .records(pipeline)
      .find({ where: { name: 'Maven' } })
    host = await serveHostPage(crm, `<crm-board object="deal" src="/crm" pipeline="${records[0]?.id}" locale="en"></crm-board>`)
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await host?.close()
    await crm?.close()
    await database?.drop()
  })

  const column = (name: string) => page.locator('[part~=column]', { has: page.getByText(name, { exact: true }) })
  const stages = async () =>
    new Map((await crm.as(manager).records(stage).find({ limit: 100 })).records.map(({ id, nameEn }) => [nameEn, id]))

  test('shows true counts, though it mounts few cards', async () => {
    await page.goto(host.url)
    await column('Prospecting').locator('[part~=card]').first().waitFor()
    for (const [name, count] of [
      ['Prospecting', '500'],
      ['Engaging', '1,589'],
      ['Won', '4,238'],
    ] as const) {
      await expect.poll(() => column(name).locator('[part~=column-header]').textContent()).toContain(count)
    }
    expect(await page.locator('crm-board [part~=card]').count()).toBeLessThan(200)
    expect(problems).toEqual([])
  })

  test('a dragged card is there after a reload', async () => {
    const card = column('Prospecting').locator('[part~=card]').first()
    const id = await card.getAttribute('data-card')
    const from = await card.boundingBox()
    const to = await column('Engaging').locator('[part~=column-body]').boundingBox()
    if (!id || !from || !to) throw new Error('The board has no card to drag.')
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
    await page.mouse.move(from.x + from.width / 2, from.y + 20)
    await page.mouse.down()
    await page.mouse.move(to.x + to.width / 2, to.y + 60, { steps: 12 })
    await page.mouse.up()
    expect((await saved).status()).toBe(200)
    const engaging = (await stages()).get('Engaging')
    expect((await crm.as(manager).records(deal).get(id)).stageId).toBe(engaging)

    await page.reload()
    await column('Engaging').locator(`[data-card="${id}"]`).waitFor()
    await expect.poll(() => column('Prospecting').locator('[part~=column-header]').textContent()).toContain('499')
    await expect.poll(() => column('Engaging').locator('[part~=column-header]').textContent()).toContain('1,590')
    expect(problems).toEqual([])
  })
})
