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
  { name: 'import', path: '/crm-import?', prepare: (page) => page.locator('.drop').waitFor() },
  { name: 'import-files', path: '/crm-import?', prepare: chooseFiles },
  { name: 'import-mapping', path: '/crm-import?', prepare: map },
  { name: 'import-settings', path: '/crm-import?', prepare: openSettings },
  { name: 'import-rehearsal', path: '/crm-import?', prepare: rehearse },
  { name: 'import-repaired', path: '/crm-import?', prepare: repaired },
  { name: 'import-running', path: '/crm-import?', prepare: start },
  { name: 'import-result', path: '/crm-import?', prepare: finish },
  { name: 'import-recent', path: '/crm-import?', prepare: again },
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

const customers = [
  '公司名称,类型,行业,电话,区域经理,备注,邮箱',
  '蓝海科技有限公司,company,软件,１３８００１３８０００,李蔚然,展会认识,li@lanhai.example',
  '云杉智造（苏州）有限公司,公司,制造业,13912345678,王璟,,sales@yunshan.example',
  '汉唐新材,company,新材,0512-62881234,李蔚燃,样品已寄,',
  '青禾医疗器械股份有限公司华东分公司,company,医疗,13700000000,孙悦,,qinghe@example.com',
  'Meridian Freight,company,物流,+1 415 555 0100,Wang,Renewal due in March,ops@meridian.example',
].join('\n')
const contacts = '姓名,电话,公司\n赵一,13800000001,蓝海科技有限公司\n钱二,13800000002,云杉智造（苏州）有限公司'

async function chooseFiles(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles([
    { name: '客户名单 2025.csv', mimeType: 'text/csv', buffer: Buffer.from(customers) },
    { name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(contacts) },
  ])
  await page.locator('.file .good').nth(1).waitFor()
}

async function map(page: Page): Promise<void> {
  await chooseFiles(page)
  await page.locator('.foot .btn-primary').click()
  await page.locator('.columns').waitFor()
}

async function openSettings(page: Page): Promise<void> {
  await map(page)
  await page.locator('.fold').nth(2).click()
  await page.locator('.fold-panel summary').first().click()
  await page.locator('.fold-panel .btn').first().click()
  await page.waitForTimeout(500)
  await page.locator('.column-settings').first().scrollIntoViewIfNeeded()
}

async function rehearse(page: Page): Promise<void> {
  await map(page)
  await page.locator('.foot .btn-primary:enabled').click()
  await page.locator('.row-list').waitFor()
}

async function repaired(page: Page): Promise<void> {
  await rehearse(page)
  await page.locator('[data-figure=repaired]').click()
}

async function start(page: Page): Promise<void> {
  await rehearse(page)
  await page.locator('.foot .btn-primary:enabled').click()
  await page.locator('.step-title').waitFor()
}

async function finish(page: Page): Promise<void> {
  await start(page)
  await page.locator('.bad-row').first().waitFor()
  await page.locator('.bad-cell .input').first().fill('软件')
}

async function again(page: Page): Promise<void> {
  await finish(page)
  await page.locator('.head .btn').click()
  await page.locator('.job-row').waitFor()
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
      const fake = new FakeServer({ now: Date.now() })
      fake.imports.pace = shot.name === 'import-running' ? 1 : 1000
      const { server, url } = await serve(fake, ui)
      problems.push(...(await shoot(browser, url, shot, width, scheme, lang)).map((problem) => `${shot.name} ${width} ${lang}: ${problem}`))
      server.close()
    }
  }
  await browser.close()
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}

await main()
