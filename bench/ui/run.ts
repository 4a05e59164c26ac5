import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'
import { contenders } from './contenders.ts'
import { lookAt, type Round } from './look.ts'
import { servePages } from './pages.ts'
import { report } from './report.ts'

/** `--rounds=3` for a short run, `--only=form,board` for some subjects; only a whole run of nine rounds or more is written down. */
const { values } = parseArgs({ options: { rounds: { type: 'string' }, only: { type: 'string' } } })
const count = Number(values.rounds ?? 9)
const only = values.only?.split(',')
const all = contenders().filter(({ subject }) => !only || only.includes(subject))
const pages = await servePages(all)
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote'),
})
const rounds = all.map((): Round[] => [])
// One round first that does not count: it fills the caches of the browser's own code.
for (let round = 0; round <= count; round += 1) {
  for (const [index, contender] of all.entries()) {
    const measured = await lookAt(browser, pages.url, contender, `/p${index}`)
    if (round > 0) rounds[index]?.push(measured)
  }
  console.log(`round ${round} of ${count}`)
}
await browser.close()
pages.close()

const command = [
  'npm run bench:ui',
  ...(values.rounds ? [`--rounds=${count}`] : []),
  ...(values.only ? [`--only=${values.only}`] : []),
].join(' ')
const text = await report(
  all.map((contender, index) => ({ contender, rounds: rounds[index] ?? [], weight: pages.weight.get(contender) ?? Number.NaN })),
  count,
  command,
)
console.log(text)
if (count >= 9 && !only) await writeFile(join(import.meta.dirname, '..', 'UI.md'), text)
