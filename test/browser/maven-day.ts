import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Crm, createCrm, type Identity } from '@guanxi/core'
import { deal, pipeline, savedView, stage } from '@guanxi/core/standard'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { loadMaven } from '../maven/load-maven.ts'
import { mavenFolder, readMaven } from '../maven/maven-data.ts'
import { openBrowser } from '../support/browser.ts'
import type { Database, Engine } from '../support/engines.ts'
import { type HostPage, serveHostPage } from './host-page.ts'

vi.setConfig({ testTimeout: 90_000 })

/** Waits until something holds; long enough for a busy machine. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })

const data = readMaven()
const manager: Identity = { id: 'manager', name: 'Manager', tenant: 'maven' }
const colleague: Identity = { id: 'colleague', name: 'Colleague', tenant: 'maven' }
/** Where a picture of each step goes, when somebody wants them. */
const pictures = process.env.GUANXI_PICTURES

if (!data) {
  test.skip(`a day's work on the Maven pipeline: SKIPPED, ${mavenFolder} is absent`, () => {})
  process.stderr.write(`\nA day's work on the Maven pipeline: SKIPPED, because ${mavenFolder} is absent; nothing of it was checked.\n`)
}

/** From the first look to undo, with a picture of each step. The daily tests run it on one database, the long suites on the other. */
export function mavenDay(engine: Engine): void {
  describe.skipIf(!data)(`a day’s work on 8,800 deals, on ${engine.name}`, () => {
    let database: Database
    let crm: Crm
    let host: HostPage
    let boardHost: HostPage
    let browser: Browser
    let page: Page
    const problems: string[] = []

    beforeAll(async () => {
      if (!data) return
      database = await engine.create()
      crm = createCrm({ store: database.store(), identify: () => manager })
      await crm.open()
      await loadMaven(crm, data)
      await crm.as(colleague).records(deal).find({ limit: 1 })
      host = await serveHostPage(crm, '<crm-list object="deal" src="/crm" locale="en" sort="-amount"></crm-list>')
      const { records } = await crm
        .as(manager)
        .records(pipeline)
        .find({ where: { name: 'Maven' } })
      boardHost = await serveHostPage(crm, `<crm-board object="deal" src="/crm" pipeline="${records[0]?.id}" locale="en"></crm-board>`)
      browser = await openBrowser()
      page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      page.on('console', (message) => message.type() === 'error' && !/409|422/.test(message.text()) && problems.push(message.text()))
      page.on('pageerror', (error) => problems.push(error.message))
    }, 120_000)

    afterAll(async () => {
      await browser?.close()
      await host?.close()
      await boardHost?.close()
      await crm?.close()
      await database?.drop()
    })

    const deals = (identity = manager) => crm.as(identity).records(deal)
    const count = () => page.locator('crm-list .count').first().textContent()
    const cell = (row: number, field: string) => page.locator(`tr[data-row="${row}"] [data-col="${field}"]`)
    const toast = () => page.locator('.toast:popover-open').textContent()
    const shown = async (step: string) => {
      if (!pictures) return
      await mkdir(pictures, { recursive: true })
      await page.screenshot({ path: join(pictures, `${engine.name}-${step}.png`) })
    }

    test('the list counts all, draws few, and scrolls to its end', async () => {
      await page.goto(host.url)
      await eventually(count).toContain('8,800')
      expect(await page.locator('tr[data-row]').count()).toBeLessThan(80)
      await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo({ top: scroller.scrollHeight }))
      await eventually(() => page.locator('tr[data-row="8799"][data-id]').count()).toBe(1)
      expect(await page.locator('tr[data-row]').count()).toBeLessThan(80)
      await shown('list-end')
    })

    test('a condition narrows it to what the core counts', async () => {
      await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo({ top: 0 }))
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      await page.locator('.panel input').fill('Amount')
      await page.locator('.panel .menu-item').first().click()
      await page.locator('.panel crm-field input').fill('20000')
      await page.locator('.panel crm-field select').selectOption('USD')
      await page.getByRole('button', { name: 'Apply' }).click()
      const matching = await deals().count({ where: { amount: { gte: { minor: 2_000_000, currency: 'USD' } } } })
      await eventually(count).toContain(matching.toLocaleString('en'))
      await shown('list-filter')
      await page.getByRole('button', { name: 'Remove filter Amount' }).click()
      await eventually(count).toContain('8,800')
    })

    test('groups have the sums of the core', async () => {
      await page.getByRole('button', { name: 'Group by' }).click()
      await page.getByRole('menuitemradio', { name: 'Status', exact: true }).click()
      const rows = await deals().aggregate({ group: ['status'], measures: ['count'] })
      const won = rows.find(({ group }) => group.status === 'won')
      const open = rows.find(({ group }) => group.status === 'open')
      await eventually(() => page.locator('tr.group').first().textContent()).toContain(Number(open?.values.count).toLocaleString('en'))
      await page.locator('tr.group button').first().click()
      await eventually(() => page.locator('tr.group').nth(1).textContent()).toContain(Number(won?.values.count).toLocaleString('en'))
      await shown('list-groups')
      await page.getByRole('button', { name: 'Group: Status' }).click()
      await page.getByRole('menuitemradio', { name: 'No groups' }).click()
      await cell(0, 'closeDate').waitFor()
    })

    test('a cell is edited by keyboard, and taken back', async () => {
      const id = (await page.locator('tr[data-row="3"]').getAttribute('data-id')) ?? ''
      const before = await deals().get(id)
      await cell(3, 'closeDate').focus()
      await page.keyboard.press('F2')
      await page.locator('.cell-editor input').fill('2031-05-20')
      await shown('list-cell')
      await page.keyboard.press('Enter')
      await eventually(async () => (await deals().get(id)).closeDate).toBe('2031-05-20')
      await page.locator('.toast .act').click()
      await eventually(async () => (await deals().get(id)).closeDate).toBe(before.closeDate)
    })

    test('a lost race shows both values, and mine is kept when I say so', async () => {
      const id = (await page.locator('tr[data-row="4"]').getAttribute('data-id')) ?? ''
      await cell(4, 'closeDate').focus()
      await page.keyboard.press('F2')
      await page.locator('.cell-editor input').fill('2032-01-01')
      await deals(colleague).update({ id, version: 'any' }, { closeDate: '2033-02-02' })
      await page.keyboard.press('Enter')
      await page.getByText('has just set another value').waitFor()
      await shown('list-conflict')
      await page.getByRole('button', { name: /^Use mine/ }).click()
      await eventually(async () => (await deals().get(id)).closeDate).toBe('2032-01-01')
    })

    test('many are changed after a preview, and taken back but for what has changed since', async () => {
      const ids: string[] = []
      for (const row of [0, 1, 2]) {
        ids.push((await page.locator(`tr[data-row="${row}"]`).getAttribute('data-id')) ?? '')
        await page.locator(`tr[data-row="${row}"] .check`).click()
      }
      const read = () => Promise.all(ids.map(async (id) => (await deals().get(id)).source))
      const before = await read()
      await page.getByRole('button', { name: 'Change a field' }).click()
      await page.getByRole('menuitem', { name: 'Source', exact: true }).click()
      await page.locator('.bulk-field select').selectOption('referral')
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByRole('button', { name: 'Change 3' }).waitFor()
      await shown('list-bulk')
      expect(await read()).toEqual(before)
      await page.getByRole('button', { name: 'Change 3' }).click()
      await eventually(read).toEqual(['referral', 'referral', 'referral'])
      await deals(colleague).update({ id: ids[0] ?? '', version: 'any' }, { source: 'other' })
      await page.locator('.toast .act').click()
      await eventually(toast).toContain('1 was changed since')
      expect(await read()).toEqual(['other', before[1], before[2]])
    })

    test('a view is there after a reload, and only its owner may change it', async () => {
      await page.getByRole('button', { name: 'Save view' }).click()
      await page.locator('.panel input').first().fill('Big ones')
      await page.locator('.panel .switch').check()
      await page.keyboard.press('Tab')
      await page.locator('.panel').getByRole('button', { name: 'Save view' }).click()
      await page.locator('.tab', { hasText: 'Big ones' }).waitFor()
      await page.reload()
      await page.locator('.tab', { hasText: 'Big ones' }).waitFor()
      await shown('list-view')
      const { records } = await crm
        .as(colleague)
        .records(savedView)
        .find({ where: { object: 'deal', shared: true } })
      expect(records.map(({ name }) => name)).toEqual(['Big ones'])
      expect(problems).toEqual([])
    })

    const column = (name: string) => page.locator('[part~=column]', { has: page.getByText(name, { exact: true }) })
    const ids = (name: string) =>
      column(name)
        .locator('[data-card]')
        .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset.card))
    const stageIds = async () =>
      new Map((await crm.as(manager).records(stage).find({ limit: 100 })).records.map(({ id, nameEn }) => [nameEn, id]))

    test('a card is dragged to between two others, and stands there for everybody', async () => {
      await page.goto(boardHost.url)
      await column('Engaging').locator('[part~=card]').nth(3).waitFor()
      const [first, second] = await ids('Engaging')
      const card = column('Prospecting').locator('[part~=card]').first()
      const id = (await card.getAttribute('data-card')) ?? ''
      const from = await card.boundingBox()
      const to = await column('Engaging').locator('[part~=card]').nth(1).boundingBox()
      if (!from || !to) throw new Error('There is nothing to drag.')
      const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
      await page.mouse.move(from.x + from.width / 2, from.y + 20)
      await page.mouse.down()
      await page.mouse.move(to.x + to.width / 2, to.y + 4, { steps: 12 })
      await shown('board-drag')
      await page.mouse.up()
      expect((await saved).status()).toBe(200)
      expect((await ids('Engaging')).slice(0, 3)).toEqual([first, id, second])
      const engaging = (await stageIds()).get('Engaging')
      const { records } = await deals(colleague).find({ where: { stageId: engaging }, sort: ['rank'], limit: 3 })
      expect(records.map((record) => record.id)).toEqual([first, id, second])
      await page.locator('.toast .act').click()
      await eventually(async () => (await ids('Prospecting'))[0]).toBe(id)
    })

    test('a card is moved by keyboard alone, said aloud', async () => {
      const [id] = await ids('Prospecting')
      await column('Prospecting').locator('.card-open').first().focus()
      await page.keyboard.press('Space')
      await page.keyboard.press('ArrowRight')
      await eventually(() => page.locator('[data-announcer]').textContent()).toContain('Engaging, column 2 of 4')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await eventually(async () => (await ids('Engaging'))[1]).toBe(id)
      await shown('board-keyboard')
    })

    test('a lost deal is asked for its reason, and for the competitor', async () => {
      const [id = ''] = await ids('Engaging')
      await column('Engaging').locator('.card').first().hover()
      await column('Engaging').locator('.card-more').first().click()
      await page.getByRole('menuitemradio', { name: 'Lost' }).click()
      await page.locator('dialog.ask crm-field[name=lostReason] select').selectOption('competitor')
      await shown('board-ask')
      await page.locator('dialog.ask button[type=submit]').click()
      await page.locator('dialog.ask crm-field[name=competitor] input').fill('Acme')
      await page.locator('dialog.ask button[type=submit]').click()
      await eventually(async () => (await deals().get(id)).status).toBe('lost')
      expect(await deals().get(id)).toMatchObject({ lostReason: 'competitor', competitor: 'Acme' })
    })

    test('a card is dragged by finger', async () => {
      const touch = await browser.newPage({ viewport: { width: 1180, height: 820 }, hasTouch: true })
      const session = await touch.context().newCDPSession(touch)
      await touch.goto(boardHost.url)
      const prospecting = touch.locator('[part~=column]').nth(0)
      const card = prospecting.locator('[part~=card]').first()
      await card.waitFor()
      const id = await card.getAttribute('data-card')
      const from = await card.boundingBox()
      const to = await touch.locator('[part~=column]').nth(1).boundingBox()
      if (!from || !to) throw new Error('There is nothing to drag.')
      const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
      await send('touchStart', from.x + 80, from.y + 40)
      await touch.locator('[part~=drag-image]').waitFor()
      for (const share of [0.25, 0.5, 0.75, 1]) await send('touchMove', from.x + 80 + (to.x - from.x) * share, from.y + 60)
      await eventually(() => touch.locator('[part~=drag-image]').textContent()).toContain('Move to Engaging')
      await send('touchEnd')
      const engaging = (await stageIds()).get('Engaging')
      await eventually(async () => (await deals().get(id ?? '')).stageId).toBe(engaging)
      await touch.close()
      expect(problems).toEqual([])
    })
  })
}
