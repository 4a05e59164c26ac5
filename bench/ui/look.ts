import type { Browser, CDPSession, Page } from 'playwright-core'
import type { Contender } from './contenders.ts'
import type {} from './scroll.ts'
import type {} from './start.ts'

/** What one round measured, in milliseconds; `work` is the main thread's own processor time. */
export interface Round {
  /** From the first statement of the page's code to after the frame that shows it. */
  readonly first: number
  readonly firstWork: number
  /** Processor time a key or a move costs, idle subtracted. */
  readonly actWork: number
  readonly frames: readonly number[]
  readonly longTasks: number
  readonly elements: number
}

const KEYS = 10
const PAUSE = 50
const SETTLE = 400
/** Until what comes while the browser is idle has come. */
const SETTLED = 1000

/** Opens a contender in a fresh context and does with it what its subject is measured by. */
export async function lookAt(browser: Browser, url: string, { subject }: Contender, path: string): Promise<Round> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' })
  try {
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    await page.goto(`${url}/blank`)
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const before = await workOf(session)
    await page.goto(`${url}${path}`)
    await page.waitForFunction('window.first !== undefined', undefined, { timeout: 120_000 }).catch((error) => {
      throw new Error(`${path} was never painted: ${problems.join('; ') || error}`)
    })
    const firstWork = (await workOf(session)) - before
    const first = await page.evaluate(() => window.first ?? Number.NaN)
    await page.evaluate(() => window.settled)
    await page.waitForTimeout(SETTLED)
    const actWork = subject === 'form' ? await keyWork(page, session) : subject === 'board' ? await moveWork(page, session) : 0
    const scrolled = subject === 'form' ? null : await scroll(page)
    const { metrics } = await session.send('Performance.getMetrics')
    const elements = metrics.find(({ name }) => name === 'Nodes')?.value ?? 0
    if (problems.length > 0) throw new Error(`${path}: ${problems.join('; ')}`)
    return { first, firstWork, actWork, frames: scrolled?.frames ?? [], longTasks: scrolled?.longTasks ?? 0, elements }
  } finally {
    await context.close()
  }
}

async function keyWork(page: Page, session: CDPSession): Promise<number> {
  await page.evaluate(() => window.act?.('focus'))
  // The first key makes what all later ones use.
  await page.keyboard.press('a')
  await page.waitForTimeout(SETTLE)
  const whole = await during(session, async () => {
    for (let key = 0; key < KEYS; key += 1) {
      await page.keyboard.press('b')
      await page.waitForTimeout(PAUSE)
    }
    await page.waitForTimeout(SETTLE)
  })
  const idle = await during(session, async () => {
    for (let key = 0; key < KEYS; key += 1) await page.waitForTimeout(PAUSE)
    await page.waitForTimeout(SETTLE)
  })
  return Math.max(0, whole - idle) / KEYS
}

async function moveWork(page: Page, session: CDPSession): Promise<number> {
  // The first move makes what all later ones use.
  await page.evaluate(() => window.act?.('move'))
  await page.waitForTimeout(SETTLE)
  const whole = await during(session, async () => {
    await page.evaluate(() => window.act?.('move'))
    await page.waitForTimeout(SETTLE)
  })
  const idle = await during(session, () => page.waitForTimeout(SETTLE))
  return Math.max(0, whole - idle)
}

async function scroll(page: Page) {
  await page.evaluate(() => window.act?.('scroll'))
  return page.evaluate(() => window.scrolled ?? null)
}

async function during(session: CDPSession, act: () => Promise<void>): Promise<number> {
  const before = await workOf(session)
  await act()
  return (await workOf(session)) - before
}

/** Processor time of the page's main thread so far, in milliseconds. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}
