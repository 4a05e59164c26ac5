import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { look, type View } from './look.ts'
import { serveGallery } from './serve.ts'
import { states } from './states.ts'

/**
 * `npm run gallery` serves every component in every state. With `-- --shoot <folder>` it takes pictures instead; `--only list-` takes
 * those whose names begin so, `--only list` that one alone.
 */
const { values } = parseArgs({
  options: { shoot: { type: 'string' }, only: { type: 'string', default: '' }, port: { type: 'string', default: '4040' } },
})

const views: readonly View[] = [
  { width: 1440, scheme: 'light', lang: 'zh-CN' },
  { width: 1440, scheme: 'dark', lang: 'en' },
  { width: 390, scheme: 'light', lang: 'zh-CN' },
  { width: 390, scheme: 'dark', lang: 'en' },
]

async function shoot(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const gallery = await serveGallery(states)
  // In one process, Chromium dies with the first context that closes.
  const args = chromium.args.filter((arg) => arg !== '--single-process')
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args })
  const problems: string[] = []
  for (const state of states.filter(({ name }) =>
    values.only.endsWith('-') ? name.startsWith(values.only) : values.only === '' || name === values.only,
  )) {
    for (const view of views.filter(({ width }) => width > 640 || !state.wideOnly)) {
      problems.push(...(await picture(browser, gallery.url, state, view, folder)))
    }
  }
  await browser.close()
  await gallery.close()
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}

async function picture(browser: Browser, url: string, state: (typeof states)[number], view: View, folder: string): Promise<string[]> {
  const name = `${state.name}-${view.width}-${view.scheme}-${view.lang}`
  try {
    const { page, problems, close } = await look(browser, url, state, view)
    await page.waitForTimeout(250)
    await page.screenshot({ path: join(folder, `${name}.png`) })
    await close()
    return problems.map((problem) => `${name}: ${problem}`)
  } catch (error) {
    return [`${name}: ${error}`]
  }
}

if (values.shoot) await shoot(values.shoot)
else console.log(`The gallery is at ${(await serveGallery(states, Date.now(), Number(values.port))).url}`)
