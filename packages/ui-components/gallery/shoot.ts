import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import { FakeServer } from '../test/support/fake-server.ts'
import { bundle, serve } from './serve.ts'

/** A picture to take: which page, and what to do on it first. */
interface Shot {
  readonly name: string
  readonly path: string
  readonly prepare?: (page: Page) => Promise<void>
}

const { values } = parseArgs({
  options: { out: { type: 'string', default: join(tmpdir(), 'shots') }, only: { type: 'string', default: '' } },
})

const shots: readonly Shot[] = [
  { name: 'board', path: '/crm-board?object=deal&open-in=dialog' },
  { name: 'board-drag', path: '/crm-board?object=deal', prepare: drag },
  { name: 'board-moved', path: '/crm-board?object=deal', prepare: dragAndDrop },
  { name: 'board-menu', path: '/crm-board?object=deal', prepare: (page) => page.locator('.card-more').first().click({ force: true }) },
  { name: 'list', path: '/crm-list?object=customer&open-in=dialog' },
  { name: 'list-filter', path: '/crm-list?object=customer', prepare: filter },
  { name: 'list-dialog', path: '/crm-list?object=deal&open-in=dialog', prepare: open },
  { name: 'list-none', path: '/crm-list?object=customer', prepare: (page) => page.locator('input[type=search]').fill('没有这家公司') },
  { name: 'form', path: '/crm-form?object=deal&record-id=d4' },
  { name: 'form-new', path: '/crm-form?object=customer', prepare: submitWrong },
  { name: 'form-read', path: '/crm-form?object=deal&record-id=d4&mode=read' },
  { name: 'form-lookup', path: '/crm-form?object=deal', prepare: lookUp },
  { name: 'form-conflict', path: '/crm-form?object=deal&record-id=d4', prepare: conflict },
  { name: 'board-offline', path: '/crm-board?object=deal', prepare: offline },
  { name: 'board-keyboard', path: '/crm-board?object=deal', prepare: carry },
  { name: 'form-denied', path: '/crm-form?object=deal&record-id=nobody' },
]

async function drag(page: Page): Promise<void> {
  const cards = page.locator('[data-card]')
  if ((page.viewportSize()?.width ?? 0) < 640) return
  const card = await cards.nth(6).boundingBox()
  if (!card) return
  await page.mouse.move(card.x + 60, card.y + 40)
  await page.mouse.down()
  await page.mouse.move(card.x + 120, card.y + 60, { steps: 4 })
  const target = await page.locator('[data-column]').nth(2).boundingBox()
  if (target) await page.mouse.move(target.x + 120, target.y + 260, { steps: 8 })
}

async function dragAndDrop(page: Page): Promise<void> {
  await drag(page)
  await page.mouse.up()
}

async function filter(page: Page): Promise<void> {
  await page.locator('[part=filter]').nth(1).click()
  await page.locator('.menu-item').nth(0).click()
}

async function open(page: Page): Promise<void> {
  await page.locator('.open').first().click()
  await page.locator('dialog crm-form').locator('.title').waitFor()
}

async function submitWrong(page: Page): Promise<void> {
  await page.locator('crm-field[name=phone]').locator('input').fill('13')
  await page.locator('crm-field[name=uscc]').locator('input').fill('91350100M000100Y4')
  await page.locator('button[type=submit]').click()
}

async function lookUp(page: Page): Promise<void> {
  const input = page.locator('crm-field[name=customerId]').locator('input')
  await input.click()
  await input.pressSequentially('物流', { delay: 20 })
  await page.waitForTimeout(500)
}

async function conflict(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const body = JSON.stringify({ amount: { minor: 22_600_000, currency: 'CNY' }, closeDate: '2027-03-01' })
    await fetch('/crm/api/records/deal/d4', { method: 'PATCH', headers: { 'if-match': '"any"', 'content-type': 'application/json' }, body })
  })
  await page.locator('crm-field[name=amount]').locator('input').fill('240000')
  await page.locator('crm-field[name=closeDate]').locator('input').fill('2027-02-01')
  await page.locator('button[type=submit]').click()
  await page.locator('.conflict button').first().click()
}

async function offline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.locator('input[type=search]').fill('云杉')
  await page.waitForTimeout(600)
}

async function carry(page: Page): Promise<void> {
  await page.locator('.card-open').nth(2).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
}

async function shoot(
  browser: Browser,
  url: string,
  shot: Shot,
  width: number,
  scheme: 'light' | 'dark',
  lang: string,
): Promise<readonly string[]> {
  const narrow = width < 640
  const context = await browser.newContext({
    viewport: { width, height: narrow ? 844 : 900 },
    deviceScaleFactor: narrow ? 2 : 1,
    colorScheme: scheme,
    locale: lang,
    hasTouch: narrow,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on(
    'console',
    (message) => message.type() === 'error' && !/404|409|ERR_INTERNET_DISCONNECTED/.test(message.text()) && problems.push(message.text()),
  )
  await page.goto(`${url}${shot.path}&lang=${lang}`)
  await page.waitForLoadState('networkidle')
  await shot.prepare?.(page).catch((error) => problems.push(`${shot.name}: ${error}`))
  await page.waitForTimeout(350)
  await page.screenshot({ path: `${values.out}/${shot.name}-${width}-${scheme}-${lang}.png` })
  problems.push(...(await page.evaluate<string[]>('window.violations')))
  await context.close()
  return problems
}

async function main(): Promise<void> {
  await mkdir(values.out, { recursive: true })
  const ui = await bundle()
  console.log(`ui.js ${ui.length} bytes, ${gzipSync(ui, { level: 9 }).length} gzip`)
  // In one process, Chromium dies with the first context that closes.
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => arg !== '--single-process'),
  })
  const problems: string[] = []
  for (const shot of shots.filter(({ name }) => name.startsWith(values.only))) {
    for (const [width, scheme, lang] of [
      [1440, 'light', 'zh-CN'],
      [1440, 'dark', 'en'],
      [390, 'light', 'zh-CN'],
      [390, 'dark', 'en'],
    ] as const) {
      // Every picture begins with the same records.
      const { server, url } = await serve(new FakeServer({ now: Date.now() }), ui)
      problems.push(...(await shoot(browser, url, shot, width, scheme, lang)).map((problem) => `${shot.name} ${width} ${lang}: ${problem}`))
      server.close()
    }
  }
  await browser.close()
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}

await main()
