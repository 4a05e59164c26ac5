import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Crm } from '@guanxi/core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin, readyCrm } from '../import/maven/setting.ts'
import { openBrowser } from '../support/browser.ts'
import { type Database, engines } from '../support/engines.ts'
import { type HostPage, serveHostPage } from './host-page.ts'

const engine = engines.filter(({ name }) => name === 'better-sqlite3')

describe.each(engine)('files on their way to a real server, on $name', (one) => {
  let database: Database
  let crm: Crm
  let host: HostPage
  let browser: Browser
  let page: Page
  let folder: string
  const problems: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guanxi-uploads-'))
    database = await one.create()
    crm = await readyCrm(database, () => ({ ...admin, locale: 'zh-CN' }))
    host = await serveHostPage(crm, '<crm-import src="/crm"></crm-import>', 'zh-CN', { imports: { folder, maxBytes: 3_000_000 } })
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(host.url)
    await page.locator('.drop').waitFor()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await host?.close()
    await crm?.close()
    await database?.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const choose = (name: string, buffer: Buffer) =>
    page.locator('.drop-input').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  const remove = (name: string) => page.getByRole('button', { name: `移除${name}` }).click()

  test('a large file shows how far it is, and leaves nothing behind when it is called off', async () => {
    const network = await page.context().newCDPSession(page)
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 200_000,
    })
    await choose('客户.csv', Buffer.from(`客户名称\n${'蓝海科技\n'.repeat(150_000)}`))
    await expect
      .poll(() => page.locator('progress').evaluate((bar) => Number((bar as HTMLProgressElement).value)), { timeout: 30_000 })
      .toBeGreaterThan(0)
    expect(await page.locator('.file').textContent()).toMatch(/已上传 \d+%/)
    await remove('客户.csv')
    await page.locator('.file').waitFor({ state: 'detached' })
    await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
    await expect.poll(() => readdir(folder), { timeout: 30_000 }).toEqual([])
  }, 120_000)

  test('a file that is too large, and one that is no table, are refused in the reader’s words', async () => {
    await choose('大.csv', Buffer.alloc(3_000_001, 'a'))
    await page.locator('.file [role=alert]', { hasText: '3' }).waitFor()
    await remove('大.csv')
    await choose('照片.xlsx', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]))
    await page.getByText('这不是 Excel（.xlsx）或 CSV 文件。').waitFor()
    await remove('照片.xlsx')
    expect(await readdir(folder)).toEqual([])
  }, 120_000)

  test('a Chinese Excel’s CSV in GB18030 is read as it was written', async () => {
    const bytes = Buffer.from('bfcdbba7c3fbb3c62cb5e7bbb00ac0b6baa3bfc6bcbc2c31333830303133383030300a', 'hex')
    await choose('客户.csv', bytes)
    await page.locator('.file .good').waitFor()
    await page.locator('.foot .btn-primary:enabled').click()
    await page.locator('.columns').waitFor()
    expect(await page.locator('.column b').allTextContents()).toEqual(['客户名称', '电话'])
    expect(await page.locator('.column .samples').first().textContent()).toBe('蓝海科技')
    expect(problems).toEqual([])
  }, 120_000)
})
