import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Gallery, policy, serveGallery } from '../../packages/ui-components/gallery/serve.ts'
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

afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

const host = `import { define } from '/second/ui.js'
await define('acme')`

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Two</title><link rel="icon" href="data:,">
<script type="module" src="/crm/ui.js"></script><script type="module" src="/host.js"></script></head>
<body><crm-list object="deal" src="/s/list/crm" open-in="dialog"></crm-list><acme-list object="deal" src="/s/list-fixed/crm" open-in="dialog"></acme-list></body></html>`

test('two copies with prefixes of their own, each with a tenant of its own, work on one page', async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 2000 }, locale: 'en' })
  const tab = await context.newPage()
  const problems: string[] = []
  tab.on('pageerror', (error) => problems.push(String(error)))
  // Each copy brings a Lit of its own, which makes its own policy under the same name.
  const headers = { 'content-security-policy': policy.replace('trusted-types lit-html', "trusted-types lit-html 'allow-duplicates'") }
  // The second copy is the same build under another address, which to a browser is other code.
  await tab.route('**/second/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace('/second/', '/crm/')
    return route.fulfill({ response: await route.fetch({ url: gallery.url + path }) })
  })
  await tab.route('**/host.js', (route) => route.fulfill({ contentType: 'text/javascript', body: host, headers }))
  await tab.route('**/two', (route) => route.fulfill({ contentType: 'text/html', body: page, headers }))
  // A server of the gallery begins with its page.
  for (const tenant of ['list', 'list-fixed']) await tab.request.get(`${gallery.url}/s/${tenant}?lang=en`)
  await tab.goto(`${gallery.url}/two`)
  for (const tag of ['crm-list', 'acme-list']) await tab.locator(`${tag} tbody tr[data-id]`).first().waitFor()
  const isSame = await tab.evaluate(() => customElements.get('crm-list') === customElements.get('acme-list'))
  expect(isSame).toBe(false)

  // What is changed for one tenant is not changed for the other, although the records have the same ids.
  await tab.locator('acme-list tbody tr[data-id="d4"] .open').click()
  await tab.locator('acme-list dialog acme-form').waitFor()
  expect(await tab.locator('acme-list crm-form, acme-list crm-field').count()).toBe(0)
  await tab.locator('acme-list dialog').getByRole('button', { name: 'Edit' }).click()
  await tab.locator('acme-list dialog acme-field[name=name] input').fill('Only for this tenant')
  await tab.locator('acme-list dialog').getByRole('button', { name: /^Save/ }).click()
  await expect.poll(() => tab.locator('acme-list tbody tr[data-id="d4"]').textContent()).toContain('Only for this tenant')
  expect(await tab.locator('crm-list tbody tr[data-id="d4"]').textContent()).not.toContain('Only for this tenant')
  await tab.locator('crm-list').getByRole('button', { name: 'Filter', exact: true }).click()
  await tab.locator('crm-list .panel input').waitFor()
  expect(problems).toEqual([])
  await context.close()
})
