import type { Crm, Session } from '@guanxi/core'
import { customer, deal } from '@guanxi/core/standard'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { daysToClose, dealsByStage, stagesAsOf, wonByAgent, wonByProduct, wonByTeam } from '../import/maven/figures.ts'
import { admin, mavenIsThere, readyCrm } from '../import/maven/setting.ts'
import { mavenFolder, readMaven } from '../maven/maven-data.ts'
import { openBrowser } from '../support/browser.ts'
import type { Database, Engine } from '../support/engines.ts'
import { type HostPage, serveHostPage } from './host-page.ts'
import { ImportHands } from './import-steps.ts'

/** Long enough for a machine that has other things to do. */
const patience = 600_000
const files = ['sales_pipeline.csv', 'accounts.csv', 'products.csv', 'sales_teams.csv']

if (!mavenIsThere) process.stderr.write(`\nMaven by hand: SKIPPED, because ${mavenFolder} is absent; nothing of it was checked.\n`)

/** Clicks and keys only, from the four files to the figures: two minutes an engine, so only the long suites run it. */
export function mavenByHand(engine: Engine): void {
  describe.skipIf(!mavenIsThere)(`the Maven pipeline, imported by hand on ${engine.name}`, () => {
    let database: Database
    let crm: Crm
    let session: Session
    let host: HostPage
    let browser: Browser
    let page: Page
    let hands: ImportHands
    const problems: string[] = []

    beforeAll(async () => {
      database = await engine.create()
      crm = await readyCrm(database, () => admin)
      session = crm.as(admin)
      host = await serveHostPage(crm, '<crm-import src="/crm"></crm-import>')
      browser = await openBrowser()
      page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      page.setDefaultTimeout(120_000)
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (error) => problems.push(error.message))
      page.on('dialog', (dialog) => void dialog.accept())
      hands = new ImportHands(page, engine.name)
    }, patience)

    afterAll(async () => {
      await browser?.close()
      await host?.close()
      await crm?.close()
      await database?.drop()
    })

    const figure = async (key: string): Promise<number> =>
      Number((await page.locator(`[data-figure=${key}] .figure-count`).textContent())?.replaceAll(',', ''))
    const chooseFiles = async (): Promise<void> => {
      await page.locator('.drop').waitFor()
      await hands.choose(files.map((name) => `${mavenFolder}${name}`))
      await page
        .locator('.file .good')
        .nth(files.length - 1)
        .waitFor()
    }

    test(
      'takes the four files and knows what each is about',
      async () => {
        await page.goto(host.url)
        await page.locator('.drop').waitFor()
        await hands.picture('start')
        await chooseFiles()
        await hands.picture('files')
        const chosen = await page
          .locator('.file-choice select')
          .evaluateAll((selects) => selects.map((one) => (one as HTMLSelectElement).value))
        expect(chosen).toEqual(['deal', 'customer', 'product', '@people'])
        await hands.press('Next: map columns')
        await page.locator('.columns').waitFor()
        await hands.settled()
        expect(problems).toEqual([])
      },
      patience,
    )

    test(
      'people, products and accounts need few words',
      async () => {
        await hands.file('sales_teams.csv')
        expect(await hands.questions()).toEqual([])
        await hands.settled()
        await hands.press('Keep')
        await hands.file('products.csv')
        await hands.pick(await hands.settings('sales_price'), 'Currency', 'USD')
        await page.getByRole('group', { name: 'Find existing records by' }).getByLabel('Name', { exact: true }).check()
        await hands.settled()
        await hands.settled()
        await hands.press('Keep')

        await hands.file('accounts.csv')
        await hands.picture('accounts')
        expect(await hands.questions()).toHaveLength(1)
        await hands.press('Use “Technology”')
        await page.locator('.question').waitFor({ state: 'detached' })
        const revenue = await hands.settings('revenue')
        await hands.pick(revenue, 'Currency', 'USD')
        await hands.pick(revenue, 'Times', '× 1,000,000')
        const region = await hands.settings('office_location')
        await hands.type(region, 'A value of the file…', 'Philipines')
        await hands.type(region, 'What “Philipines” means', 'Philippines')
        await page.getByRole('group', { name: 'Find existing records by' }).getByLabel('Name', { exact: true }).check()
        await hands.settled()
        await hands.picture('accounts-done')
        await hands.settled()
        await hands.press('Keep')
        expect(problems).toEqual([])
      },
      patience,
    )

    test(
      'the opportunities: the broken key, two pipelines, a name from columns, and what happened when',
      async () => {
        await hands.file('sales_pipeline.csv')
        await hands.picture('opportunities')
        expect((await hands.questions()).map((text) => text.slice(0, 20))).toEqual([
          expect.stringContaining('product'),
          expect.stringContaining('deal_stage'),
          expect.stringContaining('Name'),
        ])
        await hands.press('Use “GTX Pro”')
        await page.locator('.question').nth(2).waitFor({ state: 'detached' })
        await hands.pick(page.locator('.question', { hasText: 'deal_stage' }), 'Pipeline of the Stage', 'Maven')
        await page.locator('.question').nth(1).waitFor({ state: 'detached' })
        await hands.press('Fill it')
        const name = page.locator('[data-fill=name]')
        await hands.pick(name, 'Insert a column…', 'account')
        await hands.pick(name, 'Insert a column…', 'product')
        expect(await name.getByLabel('Name from columns').inputValue()).toBe('{account} · {product}')
        await hands.settled()
        expect(await hands.questions()).toEqual([])
        await hands.pick(await hands.settings('close_value'), 'Currency', 'USD')
        const key = page.getByRole('group', { name: 'Find existing records by' }).getByLabel('Opportunity id', { exact: true })
        if (!(await key.isChecked())) await key.check()

        await page.getByText('The whole file', { exact: true }).click()
        await hands.type(page.locator('details', { hasText: 'The whole file' }), 'Time zone', 'UTC')
        const history = page.locator('details', { hasText: 'So that the timeline tells' })
        await history.locator('summary').click()
        await hands.pick(history, 'Created on', 'engage_date')
        for (const [index, outcome] of ['Won', 'Lost'].entries()) {
          await history.getByRole('button', { name: 'Add a later change' }).click()
          await hands.settled()
          const moment = history.getByRole('group', { name: `Later change ${index + 1}` })
          expect(await moment.getByLabel('Happened on').inputValue()).toBe('close_date')
          await hands.pick(moment, 'Only where column', 'deal_stage')
          await hands.type(moment, 'Is (one or more)', outcome)
          await hands.pick(moment, 'Stage comes from', 'Fixed value')
          await hands.type(moment, 'Stage became', outcome)
          await hands.pick(moment, 'Add a field…', 'Amount')
          await hands.pick(moment, 'Add a field…', 'Close date')
          if (outcome !== 'Lost') continue
          await hands.pick(moment, 'Add a field…', 'Reason it was lost')
          await hands.pick(moment, 'Reason it was lost became', 'Other')
        }
        await hands.type(history, 'Stage at first', 'Engaging')
        await hands.picture('opportunities-done')
        await hands.settled()
        await hands.press('Keep')
        await page.getByText('Kept “sales_pipeline”').waitFor()
        expect(problems).toEqual([])
      },
      patience,
    )

    test(
      'the dry run says what would become of each row, and writes nothing',
      async () => {
        await hands.press(/Dry run of 8,927 rows/)
        await page.locator('.figures').waitFor({ timeout: 300_000 })
        await hands.picture('rehearsal')
        expect(await figure('create')).toBe(8927)
        expect(await figure('refuse')).toBe(0)
        await page.locator('[data-figure=repaired]').click()
        await hands.picture('rehearsal-repairs')
        const repairs = await page.locator('.repair').allTextContents()
        expect(repairs.find((text) => text.includes('product'))).toContain('1,480 cells')
        expect(repairs.find((text) => text.includes('product'))).toContain('GTX Pro')
        expect(repairs.find((text) => text.includes('sector'))).toContain('Technology')
        expect(await session.records(deal).count()).toBe(0)
        expect(problems).toEqual([])
      },
      patience,
    )

    test(
      'the import is cancelled, found again after a reload, and goes on to its end',
      async () => {
        await hands.press(/Import 8,927 rows/)
        await page.locator('.progress-panel').waitFor()
        await hands.picture('running')
        await hands.press('Cancel import')
        await page.getByText('The import was cancelled').waitFor()
        await hands.picture('cancelled')
        expect(await session.records(deal).count()).toBeLessThan(8800)
        await page.reload()
        await page.locator('.job-row').first().waitFor()
        await hands.picture('recent')
        await page.locator('.job-row').first().click()
        await hands.press('Go on')
        await page.getByText('Import done').waitFor({ timeout: 300_000 })
        await hands.picture('done')
        // People that were taken when the import was called off are there already when it goes on.
        expect((await figure('create')) + (await figure('unchanged'))).toBe(8927)
        expect(await figure('refuse')).toBe(0)
        expect(problems).toEqual([])
      },
      patience,
    )

    test(
      'its README’s figures are there: stages, value, rate, people, quarters, products, days, the past',
      async () => {
        expect(await dealsByStage(session)).toEqual({ Won: 4238, Lost: 2473, Engaging: 1589, Prospecting: 500 })
        const won = await session.records(deal).aggregate({ where: { status: 'won' }, measures: ['count', 'sum:amount'] })
        expect(won).toMatchObject([{ group: { currency: 'USD' }, values: { count: 4238, 'sum:amount': 1_000_553_400 } }])
        const agents = await wonByAgent(session)
        expect(agents.get('Darcel Schlecht')).toMatchObject({ dollars: 1_153_214, won: 349 })
        expect(agents.get('Violet Mclelland')).toMatchObject({ dollars: 123_431, won: 122 })
        const people = await session.directory.people({ limit: 1000 })
        expect(people.filter(({ roles }) => !roles.includes('manager'))).toHaveLength(35)
        expect(people.map(({ name }) => name)).toEqual(expect.arrayContaining(['Carl Lin', 'Mei-Mei Johns', 'Natalya Ivanova']))
        expect(await wonByTeam(session)).toMatchObject({
          managers: {
            'Melvin Marxen': 2_251_930,
            'Summer Sewald': 1_964_750,
            'Rocco Neubert': 1_960_545,
            'Celia Rouche': 1_603_897,
            'Cara Losch': 1_130_049,
            'Dustin Brinkmann': 1_094_363,
          },
          offices: { West: 3_568_647, Central: 3_346_293, East: 3_090_594 },
        })
        for (const [from, to, count, dollars] of [
          ['2017-01-01', '2017-03-31', 531, 1_134_672],
          ['2017-04-01', '2017-06-30', 1254, 3_086_111],
          ['2017-07-01', '2017-09-30', 1257, 2_982_255],
          ['2017-10-01', '2017-12-31', 1196, 2_802_496],
        ] as const) {
          const where = { status: 'won', closeDate: { gte: from, lte: to } } as const
          const rows = await session.records(deal).aggregate({ where, measures: ['count', 'sum:amount'] })
          expect(rows).toMatchObject([{ values: { count, 'sum:amount': dollars * 100 } }])
        }
        expect(await wonByProduct(session)).toMatchObject({ 'GTX Pro': 3_510_578, 'GTX Plus Pro': 2_629_651, 'MG Special': 43_768 })
        expect(await session.records(customer).count({ where: { parentId: { isNull: false } } })).toBe(15)
        expect(await session.records(customer).count({ where: { region: 'Philippines' } })).toBe(1)
        expect(await session.records(deal).count({ where: { customerId: { isNull: true } } })).toBe(1425)
        expect(await session.records(deal).count({ where: { status: 'open', amount: { isNull: false } } })).toBe(0)
        const days = await daysToClose(session, 'won')
        expect(days.reduce((sum, each) => sum + each, 0) / days.length).toBeCloseTo(51.782, 3)
      },
      patience,
    )

    test(
      'the change log knows where each deal was in the middle of 2017',
      async () => {
        const end = '2017-06-30'
        const expected: Record<string, number> = {}
        for (const row of readMaven()?.pipeline ?? []) {
          if (!row.engage_date || row.engage_date > end) continue
          const name = row.close_date && row.close_date <= end ? `${row.deal_stage}` : 'Engaging'
          expected[name] = (expected[name] ?? 0) + 1
        }
        expect(await stagesAsOf(session, Date.parse(`${end}T23:59:59Z`))).toEqual(expected)
      },
      patience,
    )

    test(
      'the same files again, with the mappings that were kept, add nothing and say so',
      async () => {
        await hands.press('Import another')
        await chooseFiles()
        await hands.press('Next: map columns')
        await page.locator('.columns').waitFor()
        for (const file of ['sales_teams', 'products', 'accounts', 'sales_pipeline']) {
          await hands.file(`${file}.csv`)
          await hands.pick(page, 'Use a kept one…', file)
        }
        await hands.file('sales_pipeline.csv')
        expect(await hands.questions()).toEqual([])
        await hands.press(/Dry run of 8,927 rows/)
        await page.locator('.figures').waitFor({ timeout: 300_000 })
        expect(await figure('unchanged')).toBe(8927)
        await hands.press(/Import 8,927 rows/)
        await page.getByText('This file is already in: nothing was added').waitFor({ timeout: 300_000 })
        await hands.picture('again')
        expect(await session.records(deal).count()).toBe(8800)
        expect(problems).toEqual([])
      },
      patience,
    )
  })
}
