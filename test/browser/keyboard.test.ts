import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { look } from '../../packages/ui-components/gallery/look.ts'
import { type Gallery, serveGallery } from '../../packages/ui-components/gallery/serve.ts'
import { states } from '../../packages/ui-components/gallery/states.ts'

vi.setConfig({ testTimeout: 90_000 })

/** Waits until something holds; long enough for a busy machine. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })

let browser: Browser
let gallery: Gallery

beforeAll(async () => {
  gallery = await serveGallery(states, Date.UTC(2026, 2, 12, 2))
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => arg !== '--single-process'),
  })
})

afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

/** What has the focus, through all shadow roots: its name, or its text. */
const focused = `(() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return (at?.getAttribute('aria-label') || at?.getAttribute('placeholder') || at?.getAttribute('name') || at?.textContent || '').trim()
})()`

async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press('Tab')
    if (name.test(await page.evaluate<string>(focused))) return
  }
  throw new Error(`The Tab key never reaches ${name}.`)
}

async function open(name: string): Promise<{ page: Page; problems: string[]; close(): Promise<void> }> {
  const state = states.find((one) => one.name === name)
  if (!state) throw new Error(`There is no state ${name}.`)
  return look(browser, gallery.url, state, { width: 1440, scheme: 'light', lang: 'en' })
}

describe('with the keyboard alone', () => {
  test('a list is searched, filtered, edited, and a record is chosen and changed', async () => {
    const { page, problems, close } = await open('list-dialog')
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await tabTo(page, /^Filter$/)
    await page.keyboard.press('Enter')
    await page.locator('.panel input').waitFor()
    await page.keyboard.type('Close date')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.panel select[data-first]').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await eventually(() => page.locator('.chip').count()).toBe(1)
    await tabTo(page, /^Remove filter Close date$/)
    await page.keyboard.press('Enter')
    await eventually(() => page.locator('.chip').count()).toBe(0)

    await tabTo(page, /^Select 客户管理一期/)
    await page.keyboard.press('ArrowRight')
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('F2')
    await page.locator('.cell-editor input').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Space')
    await page.locator('.bulk').waitFor()
    await tabTo(page, /^Delete$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Delete 1$/)
    await page.keyboard.press('Enter')
    await page.locator('.toast:popover-open').waitFor()
    expect(problems).toEqual([])
    await close()
  })

  test('a card is moved and opened on a board', async () => {
    const { page, problems, close } = await open('board')
    await tabTo(page, /^华信科技/)
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await eventually(() => page.locator('[data-announcer]').textContent()).toContain('Moved 华信科技 to Qualified')
    await page.keyboard.press('Enter')
    await page.locator('dialog[open] crm-form').locator('.title').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    expect(problems).toEqual([])
    await close()
  })

  test('a form is filled and saved, and a wrong one leads to what is wrong', async () => {
    const { page, problems, close } = await open('form-new')
    await tabTo(page, /^Save customer$/)
    await page.keyboard.press('Enter')
    await page.locator('.summary').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(focused)).toMatch(/name/)
    await page.keyboard.type('蓝海科技')
    await page.keyboard.press('Enter')
    await eventually(() => page.locator('.toast:popover-open').textContent()).toContain('蓝海科技')
    expect(problems).toEqual([])
    await close()
  })
})
