import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { GalleryState } from './states.ts'

/** How somebody looks at a state. */
export interface View {
  readonly width: number
  readonly scheme: 'light' | 'dark'
  readonly lang: 'zh-CN' | 'en'
}

/** A state on a page, acted out, and what the browser had to complain of. */
export interface Look {
  readonly page: Page
  readonly problems: string[]
  close(): Promise<void>
}

/** What a refused request leaves in the console is what the state is about. */
const expected = /Failed to load resource|status of (4|5)\d\d|ERR_/

/** Opens a state and acts it out with real clicks and keys. */
export async function look(browser: Browser, url: string, state: GalleryState, { width, scheme, lang }: View): Promise<Look> {
  const isNarrow = width < 640
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: isNarrow ? 844 : 900 },
    deviceScaleFactor: isNarrow ? 2 : 1,
    colorScheme: scheme,
    locale: lang,
    hasTouch: isNarrow,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && !expected.test(message.text()) && problems.push(message.text()))
  await page.goto(`${url}/s/${state.name}?lang=${lang}`)
  await page.locator(state.tag).locator('.view > *').first().waitFor()
  if (!state.name.endsWith('-loading')) await page.waitForLoadState('networkidle')
  await state.act?.(page)
  problems.push(...(await page.evaluate<string[]>('window.violations')))
  return { page, problems, close: () => context.close() }
}
