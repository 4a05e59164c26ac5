import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
// The gallery is no part of the package: tests and people look at the same pages.
import { look } from '../../packages/ui-components/gallery/look.ts'
import { type Gallery, serveGallery } from '../../packages/ui-components/gallery/serve.ts'
import { states } from '../../packages/ui-components/gallery/states.ts'

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = { region: { enabled: false }, 'page-has-heading-one': { enabled: false } }
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** How a page is looked at. */
export interface View {
  readonly width: number
  readonly scheme: 'light' | 'dark'
  readonly lang: 'zh-CN' | 'en'
}

/** Walks through the states. All of them take minutes: the daily tests walk every eighth one, the long suites all, in two views. */
export function walkGallery(view: View, every = 1): void {
  vi.setConfig({ testTimeout: 90_000 })

  let browser: Browser
  let gallery: Gallery

  beforeAll(async () => {
    gallery = await serveGallery(states, Date.UTC(2026, 2, 12, 2))
    // In one process, Chromium dies with the first context that closes.
    browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: chromium.args.filter((arg) => arg !== '--single-process'),
    })
  })

  afterAll(async () => {
    await browser?.close()
    await gallery?.close()
  })

  describe(`attack:U05 ${every === 1 ? 'every state' : 'some states'} at ${view.width} px, ${view.scheme}, in ${view.lang}`, () => {
    const shown = states.filter((state, index) => index % every === 0 && (view.width > 640 || !state.wideOnly))

    test.concurrent.each(shown)('$name works under a strict policy and has no accessibility violation', async (state) => {
      const { page, problems, close } = await look(browser, gallery.url, state, view)
      expect(problems).toEqual([])
      // Nothing scrolls the page sideways.
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      // Room for the whole of it: what a sticky foot covers half is no smaller for that.
      if (state.tag === 'crm-form' && !state.act) await page.setViewportSize({ width: view.width, height: 2400 })
      await page.evaluate(axeSource)
      const found = await page.evaluate<string[]>(
        `axe.run(document, ${JSON.stringify({ runOnly: tags, rules })}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160))))`,
      )
      expect(found).toEqual([])
      await close()
    })
  })
}
