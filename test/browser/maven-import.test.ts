import { type Crm, createCrm } from '@guanxi/core'
import { importing } from '@guanxi/adapters/import'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mavenFolder } from '../maven/maven-data.ts'
import { admin, mavenIsThere, readyCrm } from '../import/maven/setting.ts'
import { openBrowser } from '../support/browser.ts'
import { type Database, engines } from '../support/engines.ts'
import { type HostPage, serveHostPage } from './host-page.ts'
import { ImportHands } from './import-steps.ts'

void createCrm
void importing
describe.skipIf(!mavenIsThere).each(engines.filter(({ name }) => name === 'better-sqlite3'))('Maven by hand on $name', (engine) => {
  let database: Database
  let crm: Crm
  let host: HostPage
  let browser: Browser
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    database = await engine.create()
    crm = await readyCrm(database, () => admin)
    host = await serveHostPage(crm, '<crm-import src="/crm"></crm-import>')
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(20_000)
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await host?.close()
    await crm?.close()
    await database?.drop()
  })

  test('explore', async () => {
    await page.goto(host.url)
    const hands = new ImportHands(page, engine.name)
    await page.locator('.drop').waitFor()
    await hands.choose(['sales_pipeline.csv', 'accounts.csv', 'products.csv', 'sales_teams.csv'].map((name) => `${mavenFolder}${name}`))
    await page.locator('.file .good').nth(3).waitFor()
    await hands.picture('files')
    await hands.press('Next: map columns')
    await page.locator('.columns').waitFor()
    await hands.settled()
    for (const file of ['sales_teams.csv', 'products.csv', 'accounts.csv', 'sales_pipeline.csv']) {
      await hands.file(file)
      console.log(file, await page.locator('.column').evaluateAll((rows) => rows.map((row) => row.querySelector('b')?.textContent + ' -> ' + (row.querySelector('select') as HTMLSelectElement).selectedOptions[0]?.textContent + ' | ' + row.querySelector('.column-why')?.textContent)))
      console.log(await hands.questions())
      await hands.picture(file)
    }
    expect(problems).toEqual([])
  }, 120_000)
})
