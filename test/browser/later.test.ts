import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright, type Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Gallery, serveGallery } from '../../packages/ui-components/gallery/serve.ts'
import { states } from '../../packages/ui-components/gallery/states.ts'

vi.setConfig({ testTimeout: 60_000 })

let browser: Browser
let gallery: Gallery

beforeAll(async () => {
  gallery = await serveGallery(states, Date.UTC(2026, 2, 12, 2))
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => arg !== '--single-process'),
  })
})

/** Files that are still on their way arrive first: they are read ahead while nobody waits for them. */
async function leave(page: Page): Promise<void> {
  await page.unrouteAll({ behavior: 'wait' })
  await page.close()
}

afterAll(async () => {
  for (const context of browser?.contexts() ?? []) for (const page of context.pages()) await leave(page)
  await browser?.close()
  await gallery?.close()
})

/** A page on which files that say something (or, after a slash, are called so) do not arrive while `lost` holds it; `files` are the texts that did. */
async function open(state: string, lost: string | null): Promise<{ page: Page; files: string[]; find(): void; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en' })
  const files: string[] = []
  const errors: string[] = []
  const missing = { text: lost }
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.route(/\/crm\/ui\/[\w-]+\.js/, async (route: Route) => {
    const response = await route.fetch()
    const text = await response.text()
    const where = missing.text?.startsWith('/') ? route.request().url() : text
    if (missing.text !== null && where.includes(missing.text)) return route.abort('connectionrefused')
    files.push(text)
    return route.fulfill({ response })
  })
  await page.goto(`${gallery.url}/s/${state}?lang=en`)
  return {
    page,
    files,
    errors,
    find: () => {
      missing.text = null
    },
  }
}

describe('What is loaded when it is needed', () => {
  test('a part that does not arrive says so, and comes with Retry to where it was asked for', async () => {
    const { page, find, errors } = await open('list', '/openers-')
    const filter = page.getByRole('button', { name: 'Filter', exact: true })
    await filter.click()
    const told = page.locator('.lost')
    expect(await told.getAttribute('role')).toBe('alert')
    expect(await told.textContent()).toContain('could not be loaded')
    find()
    await page.getByRole('button', { name: 'Retry' }).click()
    await page.locator('.panel input').waitFor()
    expect(await page.locator('.panel input').evaluate((input) => input.matches(':focus'))).toBe(true)
    await expect.poll(() => told.count()).toBe(0)
    await page.keyboard.press('Escape')
    await expect.poll(() => filter.evaluate((button) => button.matches(':focus'))).toBe(true)
    expect(errors).toEqual([])
    await leave(page)
  })

  test('a cell that is pressed before its field is loaded takes what is typed', async () => {
    const { page, errors } = await open('list', null)
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/\/crm\/ui\/field-/, async (route: Route) => {
      await held
      return route.fallback()
    })
    const cell = page.locator('tr[data-row="2"] td[data-col=phone]')
    await cell.hover()
    await cell.locator('.pen').click()
    await page.locator('.cell-editor').waitFor()
    release()
    const input = page.locator('.cell-editor input')
    await expect.poll(() => input.evaluate((control) => control.matches(':focus'))).toBe(true)
    expect(errors).toEqual([])
    await leave(page)
  })

  test('what is typed and pressed in a form before entries can be checked is kept, found and checked', async () => {
    const { page, errors } = await open('form-lookup', null)
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/\/crm\/ui\/typing-/, async (route: Route) => {
      await held
      return route.fallback()
    })
    await page.goto(`${gallery.url}/s/form-new?lang=en`)
    const control = (name: string) => page.locator(`crm-field[name=${name}] #control`)
    await control('name').fill('Blue Hill')
    await control('phone').fill('12')
    await control('name').focus()
    expect(await control('phone').inputValue()).toBe('12')
    expect(await page.locator('crm-field[name=phone]').evaluate((field) => (field as unknown as HTMLInputElement).checkValidity())).toBe(
      false,
    )
    const owner = page.locator('crm-field[name=ownerId]')
    await owner.locator('#control').pressSequentially('李')
    await page.keyboard.press('ArrowDown')
    expect(await owner.locator('#control').inputValue()).toBe('李')
    release()
    await owner.locator('[role=option]').first().waitFor()
    expect(await owner.locator('#control').inputValue()).toBe('李')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('crm-field[name=phone] .error').waitFor()
    expect(await control('name').inputValue()).toBe('Blue Hill')
    expect(errors).toEqual([])
    await leave(page)
  })

  test('words that do not arrive are told in both languages, never as keys, and can be asked for again', async () => {
    const { page, find } = await open('list', 'Search name, phone')
    const told = page.locator('crm-list [role=alert]')
    await told.waitFor()
    expect(await told.textContent()).toMatch(/未能加载。.*Could not load\./)
    find()
    await page.getByRole('button', { name: 'Retry' }).click()
    await page.getByPlaceholder('Search name, phone').waitFor()
    await page.locator('crm-list tbody tr[data-id]').first().waitFor()
    await leave(page)
  })

  test('only the language in use is loaded; another one is there before it is drawn', async () => {
    const { page, files } = await open('list', null)
    await page.locator('crm-list tbody tr[data-id]').first().waitFor()
    await page.waitForLoadState('networkidle')
    const chinese = () => files.filter((text) => text.includes('搜索名称') || text.includes('筛选条件')).length
    expect(chinese()).toBe(0)
    const seen = await page.evaluate(async () => {
      const list = document.querySelector('crm-list') as unknown as { locale: string; renderRoot: ShadowRoot }
      const labels: string[] = []
      const note = () => labels.push(list.renderRoot.querySelector('input')?.placeholder ?? '')
      new MutationObserver(note).observe(list.renderRoot, { subtree: true, attributes: true, childList: true })
      list.locale = 'zh-CN'
      await new Promise((resolve) => setTimeout(resolve, 0))
      note()
      while (!labels.some((label) => label.startsWith('搜索'))) await new Promise((resolve) => requestAnimationFrame(resolve))
      return [...new Set(labels)]
    })
    expect(seen).toEqual(['Search name, phone…', '搜索名称、电话…'])
    expect(chinese()).toBeGreaterThan(0)
    await leave(page)
  })
})
